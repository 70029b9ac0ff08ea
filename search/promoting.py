"""What editors put first for a search. It stands above the engines, so both show the same.

The thing is read from the database as it is now: unpublished, closed or without consent it has no record and vanishes.
Only the search itself is led, in the order of relevance; who filters or sorts has said what they want.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from partnerships import clock
from search.building import Asked, understand
from search.documents import document
from search.engines.base import Found, Row
from search.models import Promotion
from search.query import Hit, Query, Viewer
from search.ranking import WINDOW
from search.sources import SOURCES

Words = tuple[str, ...]
MOST = 3
"""So many for one search, so that what was found stays in sight."""


@dataclass(frozen=True)
class Table:
    """Words of a search, in whatever order → what is put first, and until when."""

    seen: tuple
    things: Mapping[Words, list[Promotion]]


@dataclass(frozen=True, slots=True)
class First:
    """The rows that come first on the first page, and nowhere else."""

    rows: tuple[Row, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(row.id for row in self.rows)

    def above(self, best: Iterable[Row]) -> list[Row]:
        ids = self.ids
        return [*self.rows, *(row for row in best if row.id not in ids)]

    def marked(self, hits: Iterable[Hit]) -> tuple[Hit, ...]:
        return tuple(replace(hit, is_recommended=True) if hit.id in self.ids else hit for hit in hits)

    def total(self, found: Found) -> int:
        """What the search found, and what it alone would not have. Of more than the window has, it found them too."""
        known = {row.id for row in found.rows}
        return found.total + (len(self.ids - known) if found.total <= WINDOW else 0)


_tables: dict[str, Table] = {}


def put_first(query: Query, asked: Asked, seen: tuple) -> tuple[str, ...]:
    """Ids of what the editors put first for it; `seen` is the stamp of their table."""
    if query.chosen or query.exact or query.sort != "relevance" or asked.phrases or asked.without or not asked.words:
        return ()
    today = clock.today()
    promotions = _table(query.language, seen).things.get(_words(asked), ())
    return tuple(dict.fromkeys(one.key for one in promotions if one.until is None or one.until >= today))


def first_of(asked: Asked, query: Query, viewer: Viewer) -> First:
    """As far as this viewer may see it, in the language that is read."""
    return First(tuple(islice(_rows(asked.first, query, viewer), MOST)))


def _rows(keys: Iterable[str], query: Query, viewer: Viewer) -> Iterator[Row]:
    for key in keys:
        kind, _colon, pk = key.partition(":")
        for record in SOURCES[kind].records([int(pk)]):
            if record.acl & viewer.tokens and query.language in record.for_lang:
                row = document(record)
                yield Row(row.id, 0.0, row.day, row.source)


def _table(lang: str, seen: tuple) -> Table:
    """As the editors have it now."""
    known = _tables.get(lang)
    if known is None or known.seen != seen:
        known = _tables[lang] = Table(seen, _read(lang))
    return known


def _read(lang: str) -> dict[Words, list[Promotion]]:
    things: dict[Words, list[Promotion]] = {}
    for promotion in Promotion.objects.current().filter(lang__in=("", lang)):
        things.setdefault(_words(understand(promotion.words, lang)), []).append(promotion)
    return things


def _words(asked: Asked) -> Words:
    return tuple(sorted(word.same[0] for word in asked.words))
