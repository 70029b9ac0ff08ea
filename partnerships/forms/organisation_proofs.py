from django import forms
from django.utils.translation import gettext_lazy as _


class ProofForm(forms.Form):
    address = forms.CharField(
        label=_("E-mail address at the organisation's domain"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("A shared one or your own. It is not shown to anybody."),
    )


class ClaimForm(forms.Form):
    message = forms.CharField(
        label=_("Who are you in the organisation?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example your position, and who can confirm it. Never write civil registration numbers."),
    )
