"""Organisations in a partnership: entered, and ended."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Organisation, Participation, Partnership, Tier

from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold, in_order, overlapping

Verb = HistoryEntry.Verb


@transaction.atomic
def begin_participation(
    *,
    partnership: Partnership,
    organisation: Organisation,
    tier: Tier,
    actor: models.Model,
    since: date | None = None,
    until: date | None = None,
    since_is_known: bool = True,
) -> Participation:
    """Enters an organisation as a member without an application, for members from before the portal."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may enter members."))
    term = {"since": since or clock.today(), "until": until, "since_is_known": since_is_known}
    return enter_as_member(partnership, organisation, tier, actor, **term)


@transaction.atomic
def end_participation(*, participation: Participation, actor: models.Model) -> Participation:
    """Today is the last day; the seats held for it end with it."""
    if not permissions.may_run_partnership(actor, participation.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a membership."))
    participation = Participation.objects.select_for_update().get(pk=participation.pk)
    if participation.until and participation.until <= clock.today():
        raise WrongState(_("The membership has ended already."))
    if participation.since > clock.today():
        raise WrongState(_("The membership has not begun."))
    participation.until = clock.today()
    participation.save()
    for seat in participation.seats.filter(models.Q(until=None) | models.Q(until__gt=participation.until)):
        seat.until = participation.until
        seat.save()
    things = {"partnership": participation.partnership, "organisation": participation.organisation}
    record(Verb.PARTICIPATION_ENDED, actor, **things)
    return participation


def enter_as_member(
    partnership: Partnership,
    organisation: Organisation,
    tier: Tier,
    actor: models.Model,
    since: date,
    until: date | None = None,
    since_is_known: bool = True,
) -> Participation:
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    participation = Participation(
        partnership=partnership,
        organisation=organisation,
        tier=tier,
        since=since,
        until=until,
        since_is_known=since_is_known,
    )
    in_order(participation)
    hold(partnership)
    same = Participation.objects.filter(partnership=partnership, organisation=organisation)
    if overlapping(same, participation).exists():
        raise WrongState(_("The organisation is a member already."))
    participation.save()
    record(Verb.PARTICIPATION_BEGUN, actor, partnership=partnership, organisation=organisation, note=tier.kind)
    return participation
