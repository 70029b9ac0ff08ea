"""How organisations and people stand in partnerships, as a public page tells it: only who consented is named."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
    Window,
    prefetch_related_objects,
)
from django.db.models.functions import RowNumber

from partnerships import clock
from partnerships.models import Consent, Membership, Organisation, Participation, Partnership, Profile, Seat, Tier
from partnerships.models.organisations import of_public

FIRST_MEMBERS = 24
SPEAK = (Seat.Role.SECRETARY, Seat.Role.ADMINISTRATOR)


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
class TakingPart:
    """In one partnership: each kind of membership with those who have it, who speaks for it, and how many administer it."""

    tiers: list[TierStanding]
    speakers: list[Seat]
    administrators: int


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


def taking_part(partnership: Partnership) -> TakingPart:
    """The first of each kind of membership: a page of five hundred is read by nobody."""
    rows = list(_first_of_each_tier(partnership))
    held = [row.held for row in rows if hasattr(row, "held")]
    shown = Q(participation__in=[one.pk for one in held]) | Q(role__in=SPEAK)
    acts = F("profile__user__is_active")
    seats = list(with_consent(partnership.seats.current().filter(shown)).annotate(acts=acts))
    tiers = [_tier_standing(list(own), seats) for _tier, own in groupby(rows)]
    administrators = {seat.profile_id for seat in seats if seat.acts and seat.role == Seat.Role.ADMINISTRATOR}
    return TakingPart(tiers, _speaking(seats), len(administrators))


def _first_of_each_tier(partnership: Partnership) -> QuerySet[Tier]:
    """A row for each of its first organisations and each of its people, as `held`; an empty tier has one row without."""
    taking = partnership.participations.current().filter(of_public() | Q(organisation=None)).order_by().values("pk")
    held = FilteredRelation("participations", condition=Q(participations__in=Subquery(taking)))
    order = [F("held__organisation__sort_key").asc(nulls_last=True), "held__pk"]
    place = Window(RowNumber(), partition_by="pk", order_by=order)
    rows = partnership.tiers.annotate(
        held=held,
        place=Case(When(held__profile=None, then=place), default=0),
        organisations=Window(Count("held__organisation"), partition_by="pk"),
        is_named=Exists(Consent.objects.answering().filter(profile=OuterRef("held__profile"))),
    )
    first = rows.filter(place__lte=FIRST_MEMBERS).order_by("order", "pk", "place", "held__profile__sort_key")
    return first.select_related("held__organisation", "held__profile")


def _tier_standing(rows: list[Tier], seats: Iterable[Seat]) -> TierStanding:
    """Of the rows of one tier."""
    held = [row.held for row in rows if hasattr(row, "held")]
    people = [row for row in rows if hasattr(row, "held") and row.held.profile_id]
    named = [row.held for row in people if row.is_named]
    stands = stands_with((one for one in held if one.organisation_id), seats)
    return TierStanding(rows[0], stands, rows[0].organisations, named, len(people) - len(named))


def members_of(partnership: Partnership) -> QuerySet[Participation]:
    """Those who now take part, as a page tells it."""
    return partnership.participations.current().filter(of_public()).select_related("organisation", "tier")


def standing_of(participations: Iterable[Participation]) -> list[Stand]:
    rows = list(participations)
    return stands_with(rows, with_consent(Seat.objects.current().filter(participation__in=[row.pk for row in rows])))


def stands_with(participations: Iterable[Participation], seats: Iterable[Seat]) -> list[Stand]:
    """`seats` are marked with consent; those of other participations are passed over."""
    by_row: dict[int, list[Seat]] = defaultdict(list)
    for seat in seats:
        by_row[seat.participation_id].append(seat)
    return [_stand(row, by_row[row.pk]) for row in participations]


def _stand(participation: Participation, seats: list[Seat]) -> Stand:
    named = [seat for seat in seats if seat.is_named]
    return Stand(participation, named, len(seats) - len(named))


def open_memberships(organisation: Organisation) -> list[Membership]:
    """Those who belong there, and those who have asked to."""
    return list(with_consent(organisation.memberships.filter(status__in=Membership.OPEN)))


def staff_among(memberships: Iterable[Membership]) -> Staff:
    current = [row for row in memberships if is_current(row)]
    named = [row for row in current if row.is_named]
    prefetch_related_objects(named, "profile__topics")
    return Staff(named, len(current))


def speakers_of(partnership: Partnership) -> list[Seat]:
    """The secretariat, or where none is named the administrators, who agreed to be shown."""
    return _speaking(with_consent(partnership.seats.current().filter(role__in=SPEAK)))


def _speaking(seats: Iterable[Seat]) -> list[Seat]:
    named = [seat for seat in seats if seat.is_named and seat.role in SPEAK]
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
