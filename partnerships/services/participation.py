"""Members of a partnership: entered, leaving, ended. Representatives stand in representing.py, proposals in proposals.py."""

from datetime import date, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Organisation, Participation, Partnership, Profile, Proposal, Tier
from partnerships.told import participation as told

from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold, in_order, overlapping
from .typed import lines

Verb = HistoryEntry.Verb
LONGEST_NOTICE = timedelta(days=366)


@transaction.atomic
def begin_participation(
    *,
    partnership: Partnership,
    tier: Tier,
    actor: models.Model,
    organisation: Organisation | None = None,
    profile: Profile | None = None,
    since: date | None = None,
    until: date | None = None,
    since_is_known: bool = True,
) -> Participation:
    """Enters a member without an application, for members from before the portal."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may enter members."))
    term = {"since": since or clock.today(), "until": until, "since_is_known": since_is_known}
    return enter_as_member(partnership, organisation, tier, actor, profile=profile, **term)


@transaction.atomic
def end_participation(*, participation: Participation, actor: models.Model) -> Participation:
    """Today is the last day; the seats held for it end with it."""
    if not permissions.may_run_partnership(actor, participation.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a membership."))
    participation = lasting(participation)
    _over(participation, clock.today())
    record(Verb.PARTICIPATION_ENDED, actor, **things(participation))
    told.membership_ends(participation, "ended", actor)
    return participation


@transaction.atomic
def leave(
    *, participation: Participation, actor: models.Model, last_day: date | None = None, reason: str = ""
) -> Participation:
    """The member goes, today or on a later day; until then everything holds. It may join again later."""
    if not permissions.may_act_for_member(actor, participation):
        raise NotAllowed(_("Only the organisation's administrators may leave the partnership for it."))
    participation = lasting(participation)
    day = last_day or clock.today()
    if not clock.today() <= day <= clock.today() + LONGEST_NOTICE:
        raise Invalid(_("Choose a day from today and within a year."), field="last_day")
    _over(participation, day)
    note = lines(reason, field="reason", longest=2000)
    record(Verb.PARTICIPATION_LEFT, actor, note=_with_day(day, note), **things(participation))
    told.membership_ends(participation, "left", actor, note)
    return participation


@transaction.atomic
def stay(*, participation: Participation, actor: models.Model) -> Participation:
    """Takes a leaving back whose day has not come. Seats that were to end with it go on."""
    if not permissions.may_act_for_member(actor, participation):
        raise NotAllowed(_("Only the organisation's administrators may leave the partnership for it."))
    participation = lasting(participation)
    last = participation.history.filter(verb__in=ENDINGS).first()
    if participation.until is None or last is None or last.verb != Verb.PARTICIPATION_LEFT:
        raise WrongState(_("The membership does not end."))
    participation.seats.filter(until=participation.until).update(until=None)
    participation.until = None
    participation.save()
    record(Verb.PARTICIPATION_STAYED, actor, **things(participation))
    told.membership_ends(participation, "stayed", actor)
    return participation


ENDINGS = (Verb.PARTICIPATION_LEFT, Verb.PARTICIPATION_STAYED, Verb.PARTICIPATION_ENDED, Verb.PARTICIPATION_EXCLUDED)


def enter_as_member(
    partnership: Partnership,
    organisation: Organisation | None,
    tier: Tier,
    actor: models.Model,
    since: date,
    until: date | None = None,
    since_is_known: bool = True,
    *,
    profile: Profile | None = None,
) -> Participation:
    """An organisation, or a person by themselves."""
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    if (organisation is None) == (profile is None):
        raise Invalid(_("Choose an organisation or a person."), field="organisation")
    member = {"organisation": organisation, "profile": profile}
    term = {"since": since, "until": until, "since_is_known": since_is_known}
    participation = Participation(partnership=partnership, tier=tier, **member, **term)
    in_order(participation)
    hold(partnership)
    if overlapping(Participation.objects.filter(partnership=partnership, **member), participation).exists():
        raise WrongState(_("The organisation is a member already.") if organisation else _("Is a member already."))
    participation.save()
    record(Verb.PARTICIPATION_BEGUN, actor, note=tier.kind, **things(participation))
    return participation


def things(participation: Participation) -> dict[str, models.Model]:
    """What the history's entries about it point at."""
    named = {"organisation": participation.organisation, "profile": participation.profile}
    own = {"participation": participation, "partnership": participation.partnership}
    return {**own, **{name: thing for name, thing in named.items() if thing}}


def lasting(participation: Participation) -> Participation:
    """The row as it is now, held until the transaction ends; of two who end it at once the second comes too late."""
    hold(participation.partnership)
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    if participation.until and participation.until <= clock.today():
        raise WrongState(_("The membership has ended already."))
    if participation.since > clock.today():
        raise WrongState(_("The membership has not begun."))
    return participation


def _over(participation: Participation, day: date) -> None:
    """What is held for it ends with it, and so does what was proposed, once nobody is left to decide on."""
    participation.until = day
    participation.save()
    for seat in participation.seats.filter(models.Q(until=None) | models.Q(until__gt=day)):
        seat.until = max(day, seat.since)
        seat.save()
    if day <= clock.today():
        participation.proposals.open().update(state=Proposal.State.WITHDRAWN, decided=clock.now())


def exclude(participation: Participation, actor: models.Model, note: str) -> None:
    """Today is the last day; called once a proposal has been heard and decided."""
    _over(participation, clock.today())
    record(Verb.PARTICIPATION_EXCLUDED, actor, note=note, **things(participation))


def _with_day(day: date, note: str) -> str:
    return f"{day.isoformat()} {note}".strip()
