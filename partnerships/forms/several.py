from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

LONGEST_ID = 18


class Several(forms.ModelMultipleChoiceField):
    """Rows to choose among as boxes. A number longer than any id is no choice; databases refuse even to compare it."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Iterable[object]) -> QuerySet:
        for one in self.prepare_value(value) or ():
            if len(str(one)) > LONGEST_ID:
                params = {"value": str(one)[:LONGEST_ID] + "…"}
                raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params=params)
        return super().clean(value)


class One(forms.ModelChoiceField):
    """One row, or in words none; a number longer than any id is no choice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", _("Choose") if kwargs.get("required", True) else _("None"))
        super().__init__(*args, **kwargs)

    def to_python(self, value: object) -> Model | None:
        if len(str(value)) > LONGEST_ID and value not in self.empty_values:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": "…"})
        return super().to_python(value)
