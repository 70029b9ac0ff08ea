"""What becomes of a partnership's members, seats and followers when it goes on as part of another."""

from django.db import models
from django.db.models import Q

from partnerships import clock
from partnerships.models import Follow, HistoryEntry, Participation, Partnership, Seat, Tier

from .history import record

Verb = HistoryEntry.Verb


def take_over(old: Partnership, new: Partnership, actor: models.Model) -> None:
    """Whoever takes part in the old one takes part in the new one as well; nothing of the old one is changed."""
    members = _members(old, new, actor)
    for seat in old.seats.current().select_related("profile"):
        _sit(seat, new, members, actor)
    _follow(old, new)


def _members(old: Partnership, new: Partnership, actor: models.Model) -> dict[int, Participation]:
    """Old participation → the one in the new partnership: the one that is there, or a new one of the same kind, with the
    same last day."""
    there = {_who(row): row for row in new.participations.lasting()}
    tiers = list(new.tiers.all())
    found = {}
    for row in old.participations.current().select_related("tier", "organisation", "profile"):
        if _who(row) not in there:
            tier, who = _tier_like(row.tier, tiers), {"organisation": row.organisation, "profile": row.profile}
            there[_who(row)] = new.participations.create(**who, tier=tier, since=clock.today(), until=row.until)
            record(Verb.PARTICIPATION_BEGUN, actor, partnership=new, **who, note=tier.kind)
        found[row.pk] = there[_who(row)]
    return found


def _who(row: Participation) -> tuple[int | None, int | None]:
    """An organisation takes part, or a person by themselves."""
    return row.organisation_id, row.profile_id


def _tier_like(tier: Tier, offered: list[Tier]) -> Tier:
    return next((one for one in offered if one.kind == tier.kind), offered[0])


def _sit(seat: Seat, new: Partnership, members: dict[int, Participation], actor: models.Model) -> None:
    """One acts for an organisation: who does so in the new partnership already goes on."""
    participation = members.get(seat.participation_id) if seat.participation_id else None
    if seat.participation_id and participation is None:
        return
    held = new.seats.filter(Q(until=None) | Q(until__gte=clock.today()), role=seat.role, participation=participation)
    if (held if participation else held.filter(profile=seat.profile)).exists():
        return
    new.seats.create(
        profile=seat.profile, role=seat.role, participation=participation, since=clock.today(), until=seat.until
    )
    record(Verb.SEAT_TAKEN, actor, partnership=new, profile=seat.profile, note=seat.role)


def _follow(old: Partnership, new: Partnership) -> None:
    """Followers of the old one follow the new one, in their rhythm; nobody follows twice."""
    have = set(Follow.objects.filter(partnership=new).values_list("user_id", flat=True))
    for follow in Follow.objects.filter(partnership=old).exclude(user__in=have):
        Follow.objects.create(user_id=follow.user_id, partnership=new, rhythm=follow.rhythm)
