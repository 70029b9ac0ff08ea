from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import Organisation, Partnership, Tier


class ApplyForm(forms.Form):
    """An organisation asks to join. Who sends it must say that they may speak for it."""

    organisation = forms.ModelChoiceField(
        label=_("Who applies?"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        help_text=_("You may apply for organisations where you are an administrator or editor."),
    )
    tier = forms.ModelChoiceField(
        label=_("How do you want to take part?"),
        queryset=Tier.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want to take part")},
    )
    message = forms.CharField(
        label=_("Why do you want to join?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A few sentences are enough. Those who decide read it. Never write civil registration numbers."),
        error_messages={"required": _("Write why you want to join")},
    )
    confirmed = forms.BooleanField(
        label=_("I may act for the organisation in this matter"),
        error_messages={"required": _("Confirm that you may act for the organisation")},
    )

    def __init__(
        self, *args: object, partnership: Partnership, organisations: list[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=[o.pk for o in organisations])
        self.fields["tier"].queryset = partnership.tiers.all()


class AcceptForm(forms.Form):
    message = forms.CharField(
        label=_("Greeting"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefuseForm(forms.Form):
    """A no is always explained: to an application and to a person who asked to join an organisation."""

    reason = forms.CharField(
        label=_("The reason in your own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Write what would have to be different. Never write civil registration numbers."),
        error_messages={"required": _("Write the reason")},
    )
