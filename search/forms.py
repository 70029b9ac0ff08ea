from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.following import of_its_own


class SavedSearchForm(forms.Form):
    """Under which name, and how often one wants to hear of it."""

    name = forms.CharField(label=_("Name"), max_length=120)
    rhythm = forms.ChoiceField(
        label=_("When do you want to be told that something is new?"),
        choices=of_its_own,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("By mail and here on your page. You can change it or stop it at any time."),
    )
