"""Who acts for a member organisation: a representative and a deputy, named by itself and replaced in one step."""

from datetime import date, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Membership, Participation, Profile, Seat
from partnerships.told import participation as told

from .history import record
from .participation import lasting, things
from .refusals import Invalid, NotAllowed, WrongState
from .terms import in_order, overlapping

Verb = HistoryEntry.Verb


@transaction.atomic
def name_representative(
    *,
    participation: Participation,
    profile: Profile,
    actor: models.Model,
    role: str = Seat.Role.REPRESENTATIVE,
    since: date | None = None,
    until: date | None = None,
    replaces: Seat | None = None,
) -> Seat:
    """A person of the organisation acts for it from `since`. Whoever acts now (`replaces`, as the actor saw it) goes on to
    the day before; if somebody else has been named meanwhile, nothing is changed."""
    _may_name(participation, actor, role)
    participation = lasting(participation)
    seat = Seat(partnership=participation.partnership, participation=participation, profile=profile, role=role)
    seat.since, seat.until = since or clock.today(), _within(participation, until)
    _can_begin(seat)
    _make_room(seat, replaces, actor)
    seat.save()
    record(Verb.REPRESENTATIVE_NAMED, actor, note=role, **{**things(participation), "profile": profile})
    told.representative_named(seat, actor)
    return seat


@transaction.atomic
def end_representation(*, seat: Seat, actor: models.Model) -> Seat:
    """Today is the last day. The organisation then has nobody to act for it until it names another."""
    _may_name(seat.participation, actor, seat.role)
    lasting(seat.participation)
    seat = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("participation__partnership", "profile")
        .get(pk=seat.pk)
    )
    if seat.until and seat.until <= clock.today():
        raise WrongState(_("The seat has ended already."))
    _end(seat, clock.today(), actor)
    return seat


def _may_name(participation: Participation, actor: models.Model, role: str) -> None:
    if not permissions.may_name_representative(actor, participation):
        raise NotAllowed(_("Only the organisation's administrators may name who acts for it."))
    if role not in Seat.FOR_AN_ORGANISATION:
        raise Invalid(_("Choose a role from the list."), field="role")


def _within(participation: Participation, until: date | None) -> date | None:
    """Nobody acts for longer than the membership lasts."""
    days = [day for day in (until, participation.until) if day]
    return min(days) if days else None


def _can_begin(seat: Seat) -> None:
    in_order(seat)
    if seat.since < clock.today() - timedelta(days=31):
        raise Invalid(_("Choose a day within the last month or later."), field="since")
    belongs = Membership.objects.current().filter(organisation=seat.participation.organisation, profile=seat.profile)
    if not belongs.exists():
        raise Invalid(_("Choose a person who belongs to the organisation."), field="profile")


def _make_room(seat: Seat, replaces: Seat | None, actor: models.Model) -> None:
    held = overlapping(Seat.objects.filter(participation=seat.participation, role=seat.role), seat)
    others = list(held.select_for_update().order_by("since"))
    if {one.pk for one in others} - {replaces.pk if replaces else None}:
        raise WrongState(_("Somebody else has been named meanwhile. Look again."))
    for one in others:
        if one.profile_id == seat.profile_id:
            raise WrongState(_("The person holds that seat already."), field="profile")
        _end(one, max(one.since, seat.since - timedelta(days=1)), actor)


def _end(seat: Seat, day: date, actor: models.Model) -> None:
    """Somebody of the organisation's ended it, so that it is no news that it ends."""
    seat.until, seat.told_ending, seat.told_ended = max(day, seat.since), clock.today(), None
    seat.save()
    record(Verb.SEAT_ENDED, actor, note=seat.role, **{**things(seat.participation), "profile": seat.profile})
