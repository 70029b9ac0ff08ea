"""What everybody finds for a search, as it is and as it would be with another row of synonyms that is not yet kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from partnerships import clock
from search import audience
from search.finding import widened, with_synonyms
from search.loading import load, named, url_of
from search.models import Synonym
from search.query import Query
from search.ranking import ranked
from search.sources import SOURCES
from search.synonyms import Table, table_from, table_of
from search.word_rules import follow_rules

FIRST = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A result by its name; `is_new` where the other list has it not among its own."""

    id: str
    kind: str
    name: str
    url: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    total: int
    also: tuple[str, ...]
    hits: tuple[Shown, ...]


def before_and_after(query: Query, row: Synonym) -> tuple[Tried, Tried]:
    """`row` takes the place of the one with its key, if that is kept already."""
    follow_rules()
    kept = [one for one in Synonym.objects.filter(lang__in=("", query.language)) if one.pk != row.pk]
    wanted = [*kept, row] if row.lang in ("", query.language) else kept
    before = tried(query, table_of(query.language))
    return before, tried(query, table_from(wanted, query.language), known=[hit.id for hit in before.hits])


def tried(query: Query, table: Table, known: Iterable[str] | None = None) -> Tried:
    everybody = audience.viewer(AnonymousUser())
    asked = with_synonyms(query, table)
    _request, found, _notice = widened(query, asked, everybody)
    rows = ranked(found.rows, clock.today())[:FIRST]
    things = load(rows, everybody, names_only=True)
    old = None if known is None else set(known)
    return Tried(
        total=found.total,
        also=asked.also,
        hits=tuple(
            Shown(
                id=row.id,
                kind=str(SOURCES[row.id.partition(":")[0]].label),
                name=named(things[row.id]),
                url=url_of(things[row.id]),
                is_new=old is not None and row.id not in old,
            )
            for row in rows
            if row.id in things
        ),
    )
