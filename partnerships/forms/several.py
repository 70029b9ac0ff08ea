from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

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
