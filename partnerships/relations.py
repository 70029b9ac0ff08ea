"""How partnerships stand to each other, as this viewer may know of it; one query."""

from dataclasses import dataclass, field

from django.db.models import Model, Q

from partnerships.models import Partnership


@dataclass(frozen=True)
class Relations:
    successor: Partnership | None = None
    parent: Partnership | None = None
    predecessors: list[Partnership] = field(default_factory=list)
    working_groups: list[Partnership] = field(default_factory=list)


def relations_of(partnership: Partnership, viewer: Model | None) -> Relations:
    above = Q(pk__in=[pk for pk in (partnership.successor_id, partnership.parent_id) if pk])
    near = above | Q(successor=partnership) | Q(parent=partnership)
    rows = list(Partnership.objects.visible_to(viewer).filter(near))
    by_pk = {row.pk: row for row in rows}
    return Relations(
        successor=by_pk.get(partnership.successor_id),
        parent=by_pk.get(partnership.parent_id),
        predecessors=[row for row in rows if row.successor_id == partnership.pk],
        working_groups=[row for row in rows if row.parent_id == partnership.pk],
    )
