"""What the two sides of a membership may do, each act a form of its own."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.models import Participation, Profile, Seat, Tier
from partnerships.services.proposals import HEARING_DAYS


class Day(forms.DateField):
    """A day from the browser's calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class ActForm(forms.Form):
    """Several of them stand on one page: their fields' ids begin with the act's name."""

    def __init__(self, *args: Any, act: str, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{act}_%s", **kwargs)
        self.participation = participation


def reason(label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=4000,
        required=required,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Both sides read it. Never write civil registration numbers."),
        error_messages={"required": _("Write the reason")},
    )


class RepresentativeForm(ActForm):
    profile = forms.ModelChoiceField(
        label=_("Who acts for the organisation?"),
        queryset=Profile.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Those who belong to the organisation. Invite a colleague who is not on the list."),
        error_messages={"required": _("Choose who acts for the organisation")},
    )
    role = forms.ChoiceField(
        label=_("As"),
        choices=[(role.value, role.label) for role in Seat.FOR_AN_ORGANISATION],
        initial=Seat.Role.REPRESENTATIVE,
        widget=forms.RadioSelect,
    )
    since = Day(label=_("From"), required=False, help_text=_("Empty: from today."))
    until = Day(label=_("To"), required=False, help_text=_("Empty: until somebody else is named."))
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, participation=participation, **kwargs)
        members = Profile.objects.filter(memberships__in=participation.organisation.memberships.current())
        self.fields["profile"].queryset = members.distinct()
        self.fields["seen"].initial = ",".join(str(key) for key in self._held())

    def _held(self) -> list[int]:
        lasting = self.participation.seats.filter(role__in=Seat.FOR_AN_ORGANISATION).exclude(until__lt=clock.today())
        return sorted(lasting.values_list("pk", flat=True))

    @property
    def replaces(self) -> Seat | None:
        """Who held the role when the page was shown."""
        seen = [int(key) for key in self.cleaned_data["seen"].split(",") if key.isdecimal() and len(key) < 19]
        lasting = self.participation.seats.filter(pk__in=seen, role=self.cleaned_data["role"])
        return lasting.order_by("-since").first()

    @property
    def more_has_errors(self) -> bool:
        return bool({"since", "until"} & set(self.errors))


class LeaveForm(ActForm):
    last_day = Day(label=_("Last day"), required=False, help_text=_("Empty: today."))
    reason = reason(_("Do you want to say why?"), required=False)


class TierForm(ActForm):
    tier = forms.ModelChoiceField(
        label=_("Which kind of membership?"),
        queryset=Tier.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a kind of membership")},
    )
    reason = reason(_("Do you want to say why?"), required=False)

    def __init__(self, *args: Any, participation: Participation, **kwargs: Any) -> None:
        super().__init__(*args, participation=participation, **kwargs)
        self.fields["tier"].queryset = participation.partnership.tiers.exclude(pk=participation.tier_id)


class ExclusionForm(ActForm):
    reason = reason(_("Why should it be excluded?"), required=True)
    answer_by = Day(label=_("To be answered by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = clock.today() + timedelta(days=HEARING_DAYS)
        self.fields["answer_by"].initial = first
        self.fields["answer_by"].help_text = _("At least %(days)s days from now.") % {"days": HEARING_DAYS}


class AnswerForm(ActForm):
    text = reason(_("What do you answer?"), required=True)


class AgreeForm(ActForm):
    reason = reason(_("Reason"), required=False)


class RejectForm(ActForm):
    reason = reason(_("Reason"), required=True)
