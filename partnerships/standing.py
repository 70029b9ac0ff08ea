"""How organisations and people stand in partnerships, as a public page tells it: only who consented is named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from partnerships import clock
from partnerships.models import Consent, Membership, Organisation, Participation, Partnership, Profile, Seat, Tier
from partnerships.models.organisations import of_public

FIRST_MEMBERS = 24


@dataclass(frozen=True)
class Stand:
    """An organisation's place in a partnership. `unnamed` counts representatives who have not agreed to be shown."""

    participation: Participation
    named: list[Seat] = field(default_factory=list)
    unnamed: int = 0

    @property
    def is_past(self) -> bool:
        ended = self.participation.until is not None and self.participation.until < clock.today()
        return ended or self.participation.partnership.state in Partnership.OVER

    @property
    def is_vacant(self) -> bool:
        return not self.is_past and not self.named and not self.unnamed


@dataclass(frozen=True)
class TierStanding:
    """`stands` are the first of those organisations that have it, `organisations` is how many there are; `people` take part
    by themselves, and `unnamed` counts those who have not agreed to be shown."""

    tier: Tier
    stands: list[Stand]
    organisations: int
    people: list[Participation] = field(default_factory=list)
    unnamed: int = 0

    @property
    def total(self) -> int:
        return self.organisations + len(self.people) + self.unnamed

    @property
    def vacancies(self) -> int:
        """Zero also where there is no limit."""
        return max(0, (self.tier.places or 0) - self.total)

    @property
    def more(self) -> bool:
        return self.organisations > len(self.stands)


@dataclass(frozen=True)
class Staff:
    """The people of an organisation who agreed to be shown, and how many there are in all."""

    named: list[Membership]
    total: int


def with_consent(rows: QuerySet) -> QuerySet:
    """Marks rows that point at a profile with `is_named`: whether that person now agrees to be shown and is there to answer."""
    given = Consent.objects.answering().filter(profile=OuterRef("profile"))
    return rows.select_related("profile").annotate(is_named=Exists(given))


def stands_of(organisation: Organisation, viewer: Model | None) -> list[Stand]:
    """Where it takes part and took part, what holds now first; never what has not begun, or what this viewer may not see."""
    shown = Partnership.objects.shown_whole_to(viewer)
    begun = organisation.participations.filter(since__lte=clock.today(), partnership__in=shown)
    rows = begun.select_related("partnership", "tier").order_by("-since")
    stands = standing_of(rows)
    return sorted(stands, key=lambda stand: (stand.is_past, stand.participation.tier.rank))


def tiers_of(partnership: Partnership) -> list[TierStanding]:
    """Each kind of membership with the first of those who now have it: a page of five hundred is read by nobody."""
    place = Window(RowNumber(), partition_by="tier", order_by=["organisation__sort_key", "pk"])
    rows = members_of(partnership).annotate(place=place, of_tier=Window(Count("pk"), partition_by="tier"))
    by_tier: dict[int, list[Stand]] = defaultdict(list)
    totals: dict[int, int] = {}
    for stand in standing_of(rows.filter(place__lte=FIRST_MEMBERS)):
        by_tier[stand.participation.tier_id].append(stand)
        totals[stand.participation.tier_id] = stand.participation.of_tier
    alone = list(with_consent(partnership.participations.current().filter(organisation=None)))
    return [_tier_standing(tier, by_tier[tier.pk], totals.get(tier.pk, 0), alone) for tier in partnership.tiers.all()]


def _tier_standing(tier: Tier, stands: list[Stand], total: int, alone: list[Participation]) -> TierStanding:
    here = [row for row in alone if row.tier_id == tier.pk]
    named = [row for row in here if row.is_named]
    return TierStanding(tier, stands, total, named, len(here) - len(named))


def members_of(partnership: Partnership) -> QuerySet[Participation]:
    """Those who now take part, as a page tells it."""
    return partnership.participations.current().filter(of_public()).select_related("organisation", "tier")


def standing_of(participations: Iterable[Participation]) -> list[Stand]:
    rows = list(participations)
    seats: dict[int, list[Seat]] = defaultdict(list)
    for seat in with_consent(Seat.objects.current().filter(participation__in=[row.pk for row in rows])):
        seats[seat.participation_id].append(seat)
    return [_stand(row, seats[row.pk]) for row in rows]


def _stand(participation: Participation, seats: list[Seat]) -> Stand:
    named = [seat for seat in seats if seat.is_named]
    return Stand(participation, named, len(seats) - len(named))


def staff_of(organisation: Organisation) -> Staff:
    memberships = list(with_consent(organisation.memberships.current()).prefetch_related("profile__topics"))
    return Staff([row for row in memberships if row.is_named], len(memberships))


def speakers_of(partnership: Partnership) -> list[Seat]:
    """The secretariat, or where none is named the administrators, who agreed to be shown."""
    roles = (Seat.Role.SECRETARY, Seat.Role.ADMINISTRATOR)
    seats = list(with_consent(partnership.seats.current().filter(role__in=roles)))
    named = [seat for seat in seats if seat.is_named]
    return [seat for seat in named if seat.role == Seat.Role.SECRETARY] or named


def places_held_by(profile: Profile, viewer: Model | None) -> list[Seat]:
    shown = Q(participation=None) | of_public("participation__organisation")
    seats = profile.seats.current().filter(shown, partnership__in=Partnership.objects.shown_whole_to(viewer))
    return list(seats.select_related("partnership", "participation__organisation"))


def memberships_over_time(profile: Profile, viewer: Model | None = None) -> list[Membership]:
    """Where the person belongs and belonged, what holds now first; never what was only asked for or has not begun, nor a
    draft that this viewer does not see."""
    statuses = (Membership.Status.ACTIVE, Membership.Status.ENDED)
    shown = Organisation.objects.visible_to(viewer).order_by().values("pk")
    begun = profile.memberships.filter(status__in=statuses, since__lte=clock.today(), organisation__in=shown)
    found = begun.select_related("organisation")
    rows = list(found.order_by("-since"))
    for row in rows:
        row.is_now = is_current(row)
    return sorted(rows, key=lambda row: not row.is_now)


def is_current(membership: Membership) -> bool:
    """The same rule as `Membership.objects.current()`, for a row at hand."""
    if membership.status != Membership.Status.ACTIVE or membership.since > clock.today():
        return False
    return membership.until is None or membership.until >= clock.today()
