"""What editors type on the search desk."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.widgets import AdminDateInput

from search.models import Synonym
from search.query import LONGEST_TEXT


class SynonymTrialForm(forms.ModelForm):
    """A row of synonyms, and the search that it is tried with."""

    q = forms.CharField(
        label=_("Try it with the search"),
        max_length=LONGEST_TEXT,
        help_text=_("You see what everybody finds for it now, and what they would find."),
    )

    class Meta:
        model = Synonym
        fields = ["word", "others", "both_ways", "lang"]

    field_order = ["q", "word", "others", "both_ways", "lang"]

    def _post_clean(self) -> None:
        """Whether the row can be kept is the service's to say; what is tried need not be new."""


class PromotionForm(forms.Form):
    words = forms.CharField(
        label=pgettext_lazy("what is searched", "Search"),
        max_length=120,
        help_text=_("The words that people search for. Their order and their endings do not matter."),
    )
    lang = forms.ChoiceField(label=_("Language"), choices=Synonym.Lang.choices, required=False)
    until = forms.DateField(
        label=_("Until and with"),
        required=False,
        widget=AdminDateInput,
        help_text=_("Without a date it stays until you take it away."),
    )
    key = forms.CharField(label=_("What is put first"), max_length=60, widget=forms.HiddenInput)
