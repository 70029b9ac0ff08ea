"""The queue of an organisation, and whether there is one for somebody's desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from partnerships.models import Membership, Organisation
from partnerships.visibility import organisations_of

from .gone import BELONGED, Gone, gone_among, is_gone, known_in
from .kinds import KINDS, Item, Kind

AT_MOST = 300
"""Of one kind on one page; the rest follows when these are handed over."""


@dataclass(frozen=True)
class Left:
    """What one person left behind."""

    gone: Gone
    items: list[Item] = field(default_factory=list)

    @property
    def keys(self) -> list[str]:
        return [item.key for item in self.items]


def queue_of(organisation: Organisation, user: Model, known: Iterable[Membership] | None = None) -> list[Left]:
    """By person, whoever went first in front; a page and its translation are one thing. `known` are those of
    `known_in`, where they are at hand."""
    items = [item for kind in KINDS for item in _items(kind, organisation, user)]
    gone = gone_among(known_in(organisation) if known is None else known, (item.from_person for item in items))
    by_person = {pk: Left(gone[pk]) for pk in gone}
    for item in _once(items):
        by_person[item.from_person].items.append(item)
    return sorted(by_person.values(), key=lambda left: (str(left.gone.since or ""), left.gone.person.sort_key))


def _items(kind: Kind, organisation: Organisation, user: Model) -> Iterable[Item]:
    return map(kind.item, kind.rows(user).filter(from_organisation=organisation.pk)[:AT_MOST])


def _once(items: Iterable[Item]) -> Iterable[Item]:
    seen = set()
    for item in items:
        if item.alike and item.alike in seen:
            continue
        seen.add(item.alike)
        yield item


def somebody_is_gone(user: Model) -> bool:
    """Whether anybody left, is away or gets no mail in what this user administers: mostly not, and this is asked in a
    tenth of the time that the queues take."""
    own = organisations_of(user, Membership.Role.ADMINISTRATOR)
    belonged = Membership.objects.filter(organisation__in=own, status__in=BELONGED)
    return belonged.filter(is_gone("profile", "organisation")).exists()


def organisations_with_a_queue(user: Model) -> QuerySet[Organisation]:
    """Those this user administers in which something waits to be handed over."""
    found = Q(pk__in=[])
    for kind in KINDS:
        found |= Q(Exists(kind.rows(user).filter(from_organisation=OuterRef("pk")).order_by()))
    own = Organisation.objects.filter(pk__in=organisations_of(user, Membership.Role.ADMINISTRATOR))
    return own.filter(found).order_by("sort_key")
