"""How a partnership lets in: who decides first, the rest folded away with good defaults."""

from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from partnerships.models import AdmissionQuestion, AdmissionRule, Organisation, Partnership, Tier

from .needed import for_some

Kind = AdmissionRule.Kind
VOTE_DAYS, NEEDED = 5, 2
FOLDED = {"quorum", "majority", "veto", "undecided", "seen_by", "persons", "again_months", "reply_days"}


class RuleForm(forms.ModelForm):
    """Only what the chosen kind needs is asked for; what it does not use is set aside."""

    kinds = forms.MultipleChoiceField(
        label=_("Open to"),
        choices=Organisation.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose at least one. Only organisations that the municipality has confirmed enter at once."),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = AdmissionRule
        fields = [
            *("kind", "needed", "vote_days", "kinds", "tier"),
            *("persons", "again_months", "reply_days", "quorum", "majority", "undecided", "veto", "seen_by"),
        ]
        widgets = {"kind": forms.RadioSelect}
        labels = {
            "kind": _("Who decides?"),
            "needed": _("How many administrators must say yes?"),
            "vote_days": _("How many working days does the board have to vote?"),
            "tier": _("They enter as"),
            "persons": _("People may join on their own, too"),
            "again_months": _("Months before one may apply again after a refusal"),
            "reply_days": _("Working days to answer a question"),
            "quorum": _("How many of the board must vote, in percent?"),
            "majority": _("Accepted when"),
            "undecided": _("In a tie, or when too few vote"),
            "veto": _("Any member of the board may veto, with a reason"),
            "seen_by": _("Who sees the votes?"),
        }
        help_texts = {
            "needed": _("Must be filled in where several administrators must say yes. At least two."),
            "vote_days": _("Must be filled in where the board votes."),
            "tier": _("Must be chosen where all of certain kinds are let in."),
        }

    def __init__(self, *args: Any, partnership: Partnership, rule: AdmissionRule, **kwargs: Any) -> None:
        super().__init__(*args, instance=AdmissionRule(partnership=partnership), initial=_as_initial(rule), **kwargs)
        self.fields["kind"].choices = Kind.choices
        self.fields["tier"].queryset = Tier.objects.filter(partnership=partnership)
        self.fields["kinds"].label = _("Open to")
        for name in ("needed", "vote_days", "kinds", "tier"):
            for_some(self.fields[name])
        for name in ("quorum", "reply_days", "again_months"):
            self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """An empty number means the usual one."""
        data = super().clean()
        for name in ("quorum", "reply_days", "again_months"):
            if data.get(name) is None and name not in self.errors:
                data[name] = AdmissionRule._meta.get_field(name).default
        return data

    def _post_clean(self) -> None:
        """The service looks at the whole."""

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)

    @property
    def more_has_errors(self) -> bool:
        return bool(FOLDED & set(self.errors))


def _as_initial(rule: AdmissionRule) -> dict[str, Any]:
    shown = {name: getattr(rule, name) for name in RuleForm.Meta.fields if name != "tier"}
    filled = {"needed": rule.needed or NEEDED, "vote_days": rule.vote_days or VOTE_DAYS}
    return {**shown, **filled, "tier": rule.tier_id, "seen": rule.version}


class QuestionForm(forms.Form):
    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    text_da = for_some(forms.CharField(label=_("Question"), max_length=300))
    kind = for_some(forms.ChoiceField(label=_("Kind of answer"), choices=AdmissionQuestion.Kind.choices))
    choices_da = forms.CharField(
        label=_("Choices, one on each line"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only where one chooses from a list."),
    )
    required = forms.BooleanField(label=_("Must be answered"), required=False)
    text_en = forms.CharField(label=_("Question in English"), max_length=300, required=False)
    choices_en = forms.CharField(
        label=_("Choices in English, in the same order"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    place = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=99, required=False)

    @property
    def more_has_errors(self) -> bool:
        return bool({"text_en", "choices_en", "place"} & set(self.errors))


class QuestionList(BaseFormSet):
    """Whole: an empty question is none, and a taken out one is gone."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        kept = [
            {**form.cleaned_data, "form": number}
            for number, form in enumerate(self.forms)
            if form.cleaned_data.get("text_da", "").strip() and form not in self.deleted_forms
        ]
        return sorted(kept, key=lambda row: (row.get("place") or 99, row["form"]))


Questions = formset_factory(
    QuestionForm, formset=QuestionList, extra=1, can_delete=True, max_num=20, absolute_max=25, validate_max=True
)
