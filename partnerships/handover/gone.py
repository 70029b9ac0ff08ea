"""Who no longer looks after what they did for an organisation: they left it, their mail comes back, or they are away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.models import Consent, DeadAddress, Membership, Organisation, Profile

BELONGED = (Membership.Status.ACTIVE, Membership.Status.ENDED)


class Why(Enum):
    LEFT = _("has left")
    BOUNCED = _("mail comes back")
    AWAY = _("is away")


@dataclass(frozen=True)
class Gone:
    """`since` is the first day; `until` the last one, where somebody said when they are back."""

    person: Profile
    why: Why
    since: date | None
    until: date | None = None


def has_left(person: str, organisation: str) -> Q:
    """For rows that name both: belonged there once and does no longer."""
    both = {"profile": OuterRef(person), "organisation": OuterRef(organisation)}
    belonged = Membership.objects.filter(**both, status__in=BELONGED, since__lte=clock.today())
    return Q(Exists(belonged)) & ~Q(Exists(Membership.objects.current().filter(**both)))


def is_gone(person: str, organisation: str) -> Q:
    both = {"profile": OuterRef(person), "organisation": OuterRef(organisation)}
    absent = Profile.objects.absent().filter(pk=OuterRef(person)).order_by()
    return has_left(person, organisation) | (Q(Exists(Membership.objects.current().filter(**both))) & Q(Exists(absent)))


def may_take_on(organisation: Organisation) -> QuerySet[Profile]:
    """People of the organisation who are there and can sign in."""
    here = Membership.objects.current().filter(organisation=organisation).order_by().values("profile_id")
    return Profile.objects.present().filter(pk__in=here, user__is_active=True)


def answering_for(organisation: Organisation, people: Iterable[int]) -> set[int]:
    """Those who belong there, agreed to be shown as contact and are there to answer."""
    given = Consent.objects.answering().filter(profile=OuterRef("profile"))
    rows = Membership.objects.current().filter(Exists(given), organisation=organisation, profile__in=set(people))
    return set(rows.values_list("profile_id", flat=True))


def known_in(organisation: Organisation) -> list[Membership]:
    """Who belongs there or did, each once, as they stand there last; marked with `came_back`, when mail to them began to,
    and `is_shown`, whether they agreed to be shown as contact. One query."""
    dead = DeadAddress.objects.filter(address=Lower(OuterRef("profile__user__email"))).values("since")[:1]
    shown = Consent.objects.as_contact().filter(profile=OuterRef("profile"))
    begun = organisation.memberships.filter(status__in=BELONGED, since__lte=clock.today())
    rows = begun.annotate(came_back=Subquery(dead), is_shown=Exists(shown)).select_related("profile__user")
    ordered = sorted(rows.order_by("since", "pk"), key=lambda row: (_is_now(row), row.until or date.max))
    return list({row.profile_id: row for row in ordered}.values())


def gone_among(rows: Iterable[Membership], people: Iterable[int]) -> dict[int, Gone]:
    """Why, and since when, for those who are known to be gone."""
    wanted = set(people)
    return {row.profile_id: _gone(row) for row in rows if row.profile_id in wanted}


def successors_among(rows: Iterable[Membership]) -> list[Membership]:
    """The same rule as `may_take_on`, for rows at hand."""
    there = [row for row in rows if _is_now(row) and not row.came_back and not row.profile.is_away]
    return sorted((row for row in there if _can_sign_in(row.profile)), key=lambda row: row.profile.sort_key)


def _can_sign_in(person: Profile) -> bool:
    return person.user is not None and person.user.is_active


def _gone(row: Membership) -> Gone:
    person = row.profile
    if not _is_now(row):
        return Gone(person, Why.LEFT, row.until)
    if row.came_back:
        return Gone(person, Why.BOUNCED, timezone.localdate(row.came_back))
    return Gone(person, Why.AWAY, person.away_from, person.away_until)


def _is_now(row: Membership) -> bool:
    return row.status == Membership.Status.ACTIVE and (row.until is None or row.until >= clock.today())
