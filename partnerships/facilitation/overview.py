"""Organisation × partnership: who takes part in what, and as what."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.facets import PLACE, TOPIC
from partnerships.listing import Rule
from partnerships.models import Organisation, Participation, Partnership

from .care import in_none, members, running

IN_NONE = "-"


def _partnerships() -> Iterable[tuple[str, str]]:
    return [(IN_NONE, _("In none")), *((one.slug, one.name_shown) for one in running())]


def _now() -> Q:
    """A facet's value counts current memberships alone."""
    return Q(participations__in=Participation.objects.current())


@dataclass(frozen=True)
class InPartnership(Rule):
    """Current members of a partnership; the value of its own for those who are in none."""

    def narrow(self, rows: QuerySet, values: list[str]) -> QuerySet:
        if IN_NONE not in values:
            return super().narrow(rows, values)
        alone = Q(pk__in=in_none(rows.model.objects.all()).order_by().values("pk"))
        others = super().narrow(rows.model.objects.all(), [value for value in values if value != IN_NONE] or [IN_NONE])
        return rows.filter(alone | Q(pk__in=others.order_by().values("pk")))

    def counts(self, rows: QuerySet) -> dict[str, int]:
        return super().counts(rows) | {IN_NONE: in_none(rows).count()}


RULES = (
    InPartnership("partnership", gettext_lazy("Partnership"), "participations__partnership__slug", _partnerships, _now),
    Rule("kind", gettext_lazy("Kind"), "kind", lambda: Organisation.Kind.choices),
    TOPIC,
    PLACE,
)


@dataclass(frozen=True)
class Row:
    """One organisation; a cell for each partnership of the table, empty where it does not take part."""

    organisation: Organisation
    cells: list[Participation | None]


@dataclass(frozen=True)
class Table:
    partnerships: list[Partnership]
    rows: list[Row]


def table(organisations: Iterable[Organisation]) -> Table:
    """Columns are those partnerships that one of these organisations takes part in."""
    organisations = list(organisations)
    current = members().filter(organisation__in=[one.pk for one in organisations])
    cells: dict[int, dict[int, Participation]] = defaultdict(dict)
    columns: dict[int, Partnership] = {}
    for one in current.select_related("partnership", "tier").order_by("partnership__sort_key"):
        cells[one.organisation_id][one.partnership_id] = one
        columns.setdefault(one.partnership_id, one.partnership)
    return Table(
        list(columns.values()), [Row(one, [cells[one.pk].get(key) for key in columns]) for one in organisations]
    )
