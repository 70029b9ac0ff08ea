from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation, Partnership, Topic

from .several import One, Several

NEVER_NUMBERS = _("A few sentences are enough. Never write civil registration numbers.")


class ProposalForm(forms.Form):
    """What it takes to propose a partnership: four things, and a few more for those who want."""

    MORE = ("summary", "kind", "visibility", "topics")

    name = forms.CharField(label=_("Name of the partnership"), max_length=200)
    purpose = forms.CharField(
        label=_("What do you want together?"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=NEVER_NUMBERS,
    )
    mailbox = forms.EmailField(
        label=_("Where can one write to you?"),
        help_text=_("Shown on the page when it is open. Better a shared mailbox than your own address."),
    )
    responsible = One(
        label=_("Who is responsible?"),
        queryset=Organisation.objects.none(),
        help_text=_(
            "The municipality or an association. It is responsible for personal data, and whether it is an authority "
            "decides what is kept as records and how one can complain."
        ),
    )
    summary = forms.CharField(label=_("In one sentence"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Partnership.Kind.choices, required=False)
    visibility = forms.ChoiceField(
        label=_("Who may see it?"),
        choices=Partnership.Visibility.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    topics = Several(label=_("Topics"), queryset=Topic.objects.all(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = Organisation.objects.public().filter(kind__in=Organisation.MAY_BE_RESPONSIBLE)
        self.fields["responsible"].queryset = may

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Partnership.Kind.NETWORK

    def clean_visibility(self) -> str:
        return self.cleaned_data["visibility"] or Partnership.Visibility.PUBLIC

    @property
    def more_is_used(self) -> bool:
        return any(name in self.errors for name in self.MORE)

    @classmethod
    def of(cls, partnership: Partnership) -> dict[str, Any]:
        """What stands in it, to begin with."""
        initial = {name: getattr(partnership, name) for name in cls.base_fields}
        return {**initial, "topics": list(partnership.topics.all())}


class ReasonForm(forms.Form):
    """Why: told to those it is about."""

    reason = forms.CharField(
        label=_("The reason in your own words"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the reason")},
        help_text=_("Never write civil registration numbers."),
    )
