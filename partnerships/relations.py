"""How partnerships stand to each other, as this viewer may know of it; one query."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet

from partnerships.models import Partnership


@dataclass(frozen=True)
class Relations:
    successor: Partnership | None = None
    parent: Partnership | None = None
    predecessors: list[Partnership] = field(default_factory=list)
    working_groups: list[Partnership] = field(default_factory=list)


def with_relations(rows: QuerySet[Partnership], slug: str) -> tuple[Partnership | None, Relations]:
    """The one at this address among `rows`, those that its reader may know of, and what stands near it."""
    own = Partnership.objects.filter(slug=slug).order_by()
    above = Q(pk__in=own.values("successor")) | Q(pk__in=own.values("parent"))
    near = list(rows.filter(Q(slug=slug) | above | Q(successor__in=own) | Q(parent__in=own)))
    found = next((row for row in near if row.slug == slug), None)
    return found, relations_among(found, near) if found else Relations()


def relations_among(partnership: Partnership, rows: Iterable[Partnership]) -> Relations:
    by_pk = {row.pk: row for row in rows}
    return Relations(
        successor=by_pk.get(partnership.successor_id),
        parent=by_pk.get(partnership.parent_id),
        predecessors=[row for row in by_pk.values() if row.successor_id == partnership.pk],
        working_groups=[row for row in by_pk.values() if row.parent_id == partnership.pk],
    )
