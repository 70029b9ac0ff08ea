"""What those who decide on an application fill in, and what its applicant answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.models import AdmissionRule, Decision, Vote

from .admission import DAY, RefuseForm
from .needed import for_some

NEVER = _("Never write civil registration numbers.")
WHY_NOT = {"required": _("Write the reason")}


def again_from() -> forms.DateField:
    return forms.DateField(
        label=_("May apply again from"),
        required=False,
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        help_text=_("At most a year ahead. Empty means as the partnership's rule says."),
    )


class RefuseApplicationForm(RefuseForm):
    """The ground from the list, the words, and when one may come again."""

    field_order = ("ground", "reason", "again_from")

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(ground.value, ground.label) for ground in Decision.TO_CHOOSE],
        widget=forms.RadioSelect,
        help_text=_("The applicant sees it."),
        error_messages={"required": _("Choose a ground")},
    )
    again_from = again_from()


class VoteForm(forms.Form):
    choice = forms.ChoiceField(
        label=_("Your vote"), widget=forms.RadioSelect, error_messages={"required": _("Choose how you vote.")}
    )
    reason = for_some(
        forms.CharField(
            label=_("Why, if you vote no"),
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("The applicant reads it without your name, if the answer is no."),
        )
    )

    def __init__(self, *args: Any, rule: AdmissionRule, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="vote_%s", **kwargs)
        choices = [Vote.Choice.YES, Vote.Choice.NO]
        if rule.kind == AdmissionRule.Kind.BOARD_VOTE:
            choices.append(Vote.Choice.BLANK)
        self.fields["choice"].choices = [(choice.value, choice.label) for choice in choices]


class VetoForm(forms.Form):
    reason = forms.CharField(
        label=_("The reason in your own words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads it without your name."),
        error_messages=WHY_NOT,
    )
    again_from = again_from()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="veto_%s", **kwargs)


class AskForm(forms.Form):
    question = forms.CharField(
        label=_("What do you need to know?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write what you need to know")},
    )


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NEVER,
        error_messages={"required": _("Write your answer")},
    )
