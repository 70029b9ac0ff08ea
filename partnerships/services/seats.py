"""People's parts in a partnership: appointed, and ended."""

from datetime import date, timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Organisation, Participation, Partnership, Profile, Seat

from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold, in_order, overlapping

Verb = HistoryEntry.Verb


@transaction.atomic
def appoint(
    *,
    partnership: Partnership,
    profile: Profile,
    role: str,
    actor: models.Model,
    since: date | None = None,
    until: date | None = None,
    participation: Participation | None = None,
) -> Seat:
    """Gives a person a part in the partnership. Representatives and deputies act for a participation."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may appoint people."))
    _check_role(partnership, role, participation)
    seat = Seat(
        partnership=partnership,
        profile=profile,
        role=role,
        participation=participation,
        since=since or clock.today(),
        until=until,
    )
    return take_seat(seat, actor)


def take_seat(seat: Seat, actor: models.Model) -> Seat:
    """Nobody holds the same seat twice at a time."""
    in_order(seat)
    hold(seat.partnership)
    own = {"partnership": seat.partnership, "profile": seat.profile}
    same = Seat.objects.filter(**own, role=seat.role, participation=seat.participation)
    if overlapping(same, seat).exists():
        raise WrongState(_("The person holds that seat already."))
    if seat.participation and overlapping(seat.participation.seats.filter(role=seat.role), seat).exists():
        raise WrongState(_("Somebody acts for the organisation then already. Replace them on the membership's page."))
    seat.save()
    record(Verb.SEAT_TAKEN, actor, **own, note=seat.role)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, actor: models.Model) -> Seat:
    """Today is the last day. A partnership that takes applications is never left without an administrator."""
    if not permissions.may_run_partnership(actor, seat.partnership):
        raise NotAllowed(_("Only the partnership's administrators may end a seat."))
    hold(seat.partnership)
    seat = Seat.objects.select_related("partnership", "profile").get(pk=seat.pk)
    if seat.until and seat.until <= clock.today():
        raise WrongState(_("The seat has ended already."))
    if seat.role == Seat.Role.ADMINISTRATOR and not others_administer(seat):
        raise WrongState(_("The partnership needs an administrator. Appoint another first."))
    seat.until = max(clock.today(), seat.since)
    seat.save()
    record(Verb.SEAT_ENDED, actor, partnership=seat.partnership, profile=seat.profile, note=seat.role)
    return seat


def end_what_is_held_for(organisation: Organisation, profile: Profile, actor: models.Model) -> None:
    """Who leaves an organisation no longer acts for it: yesterday was the last day. A seat that began today lasts the day,
    since none ends before it began; one that was still to begin is gone."""
    end_all(Seat.objects.filter(profile=profile, participation__organisation=organisation), actor)


def end_all(seats: models.QuerySet[Seat], actor: models.Model) -> None:
    not_over = models.Q(until=None) | models.Q(until__gte=clock.today())
    for seat in seats.filter(not_over).select_related("partnership", "profile").select_for_update(of=("self",)):
        if seat.since > clock.today():
            seat.delete()
        else:
            seat.until = max(seat.since, clock.today() - timedelta(days=1))
            seat.save(update_fields=["until"])
        record(Verb.SEAT_ENDED, actor, partnership=seat.partnership, profile=seat.profile, note=seat.role)


def _check_role(partnership: Partnership, role: str, participation: Participation | None) -> None:
    if role not in Seat.Role.values:
        raise Invalid(_("Choose a role from the list."), field="role")
    if (role in Seat.FOR_AN_ORGANISATION) != (participation is not None):
        raise Invalid(_("Representatives and deputies act for a member organisation; others do not."), field="role")
    if participation and participation.partnership_id != partnership.pk:
        raise Invalid(_("Representatives and deputies act for a member organisation; others do not."), field="role")


def others_administer(seat: Seat) -> bool:
    """Somebody who can sign in goes on after today: two who leave on one day would leave nobody."""
    stays = models.Q(until=None) | models.Q(until__gt=clock.today())
    administer = Seat.objects.current().filter(stays, role=Seat.Role.ADMINISTRATOR, profile__user__is_active=True)
    return administer.filter(partnership=seat.partnership).exclude(pk=seat.pk).exists()
