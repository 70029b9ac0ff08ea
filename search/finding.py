"""A search from the words to the results: understand, ask the engine, look up under the viewer's rights, mark, explain."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from partnerships import clock
from search.audience import joined_in
from search.building import Asked, any_word, one_letter_off, tree_of, understand
from search.documents import PERIOD_NAMES, days
from search.engines import current_engine
from search.engines.base import EngineFailed, Found, Request, Row
from search.engines.patience import waiting_at_most
from search.experts import experts
from search.fallback import from_the_database
from search.helping import did_you_mean, help_with
from search.labels import Labels, facet_label, labels
from search.loading import facts_of, hit, load
from search.models import Promotion, Synonym, WordRule
from search.own_words import own_words
from search.passages import places
from search.promoting import First, first_of, put_first
from search.query import FACETS, PER_PAGE, Facet, Hit, Query, Results, Value, Viewer
from search.ranking import WINDOW, ranked
from search.sources import SOURCES
from search.stamps import stamps
from search.synonyms import Table, expanded, table_of
from search.tree import Everything
from search.word_rules import follow_rules

log = logging.getLogger(__name__)
TOO_FEW = 3
T = TypeVar("T")


class Behind(NamedTuple):
    """What a page of results was taken from."""

    request: Request
    asked: Asked
    best: list[Row]
    is_enough: bool


def find(query: Query, viewer: Viewer) -> Results:
    """A page of the results, who knows of it, and where too little was found, what else to ask."""
    with waiting_at_most(settings.SEARCH_TIMEOUT):
        results, behind = _found(query, viewer, PER_PAGE)
        return _with_more(results, behind, viewer) if behind else results


def find_hits(query: Query, viewer: Viewer, size: int = PER_PAGE) -> Results:
    """The hits alone, for those who take them along."""
    with waiting_at_most(settings.SEARCH_TIMEOUT):
        return _found(query, viewer, size)[0]


def _found(query: Query, viewer: Viewer, size: int) -> tuple[Results, Behind | None]:
    """Nothing is behind what the database found because the engine did not answer."""
    asked = understood(query)
    try:
        request, found, notice = widened(query, asked, viewer)
        best = ranked(found.rows, clock.today())
        first = first_of(asked, query, viewer)
        rows = _page(request, best, query, size, first)
    except EngineFailed:
        log.exception("The engine did not answer; titles and summaries are searched in the database")
        return from_the_database(query, viewer, size), None
    names = labels(_wanted(found.facets, query, rows), query.language, joined_in(viewer.tokens))
    results = Results(
        query=query,
        total=first.total(found),
        hits=first.marked(_hits(rows, viewer, query, asked, names)),
        facets=tuple(_facet(name, found.facets.get(name, {}), query, names) for name in FACETS),
        notice=" ".join(filter(None, [_cut(query, asked), notice])),
        also=asked.also,
    )
    is_enough = query.exact or (found.total >= TOO_FEW and not notice)
    return results, Behind(request, asked, best, is_enough)


def _with_more(results: Results, behind: Behind, viewer: Viewer) -> Results:
    query, (request, asked, best, is_enough) = results.query, behind
    own = _in_time(lambda: own_words(request, asked), [])
    return replace(
        results,
        experts=() if asked.is_empty else experts(best, viewer, query.language, own),
        did_you_mean="" if is_enough else _in_time(lambda: did_you_mean(query, request, viewer), ""),
        help=None if results.total else _in_time(lambda: help_with(query, asked, request, viewer), None),
    )


def _in_time(ask: Callable[[], T], otherwise: T) -> T:
    """What only adds to the results is left out where the engine has no time for it."""
    try:
        return ask()
    except EngineFailed as error:
        log.warning("Something beside the results is left out: %s", error)
        return otherwise


def understood(query: Query) -> Asked:
    """What was typed, by the editors' rules for words, with their synonyms unless only what was typed is wanted, and with
    what they put first."""
    seen = stamps()
    follow_rules(seen[WordRule])
    asked = with_synonyms(query, table_of(query.language, seen[Synonym]))
    return replace(asked, first=put_first(query, asked, seen[Promotion]))


def with_synonyms(query: Query, table: Table) -> Asked:
    """For one who reads many searches by the same rules and table."""
    asked = understand(query.text, query.language)
    return asked if query.exact else expanded(asked, table)


def widened(query: Query, asked: Asked, viewer: Viewer) -> tuple[Request, Found, str]:
    """All the words; where that finds too little, some of them; where that finds nothing, words one letter away."""
    request = Request(
        tree=tree_of(asked, query.language),
        tokens=viewer.tokens,
        language=query.language,
        filters=query.filters,
        days=(query.since and days(query.since), query.until and days(query.until)),
        facets=FACETS,
        limit=WINDOW,
        with_source=False,
    )
    engine = current_engine()
    found = engine.search(request)
    if query.exact:
        return request, found, ""
    if found.total < TOO_FEW and len(asked.words) > 1:
        wider = replace(request, tree=any_word(asked, query.language))
        more = engine.search(wider)
        if more.total > found.total:
            return wider, more, _("Few have all the words, so those with some of them are shown too.")
    if not found.total and asked.words:
        wider = replace(request, tree=one_letter_off(asked, query.language))
        more = engine.search(wider)
        if more.total:
            return wider, more, _("Nothing has exactly these words. These have words that are spelt nearly alike.")
    return request, found, ""


def _page(request: Request, best: list[Row], query: Query, size: int, top: First) -> list[Row]:
    first = (query.page - 1) * size
    sort = "newest" if query.sort == "relevance" and not query.text.strip() else query.sort
    if sort == "relevance" and first + size <= WINDOW:
        return _with_source(top.above(best)[first : first + size], request)
    wanted = replace(request, sort=sort, offset=first, limit=size, facets=(), with_source=True)
    return [row for row in current_engine().search(wanted).rows if row.id not in top.ids]


def _with_source(rows: list[Row], request: Request) -> list[Row]:
    """Of hundreds that were ordered only these are shown. A row that is gone meanwhile is left out."""
    wanted = tuple(row.id for row in rows if not row.source)
    if not wanted:
        return rows
    asked = Request(Everything(), request.tokens, request.language, {"id": wanted}, limit=len(wanted))
    known = {row.id: row.source for row in current_engine().search(asked).rows}
    return [replace(row, source=row.source or known[row.id]) for row in rows if row.source or row.id in known]


def _hits(rows: Iterable[Row], viewer: Viewer, query: Query, asked: Asked, names: Labels) -> tuple[Hit, ...]:
    rows = list(rows)
    things = load(rows, viewer)
    if strays := [row.id for row in rows if row.id not in things]:
        log.warning("The index held %d hits that this viewer may not see or that are gone", len(strays))
    found_at = places(rows, asked, viewer, query.language)
    known = {"language": query.language, "terms": asked.terms, "labels": names}
    return tuple(hit(row, things[row.id], place=found_at.get(row.id), **known) for row in rows if row.id in things)


def _wanted(facets: Mapping[str, Mapping[str, int]], query: Query, rows: Iterable[Row]) -> dict[str, set[str]]:
    """Every value that is shown and needs a name."""
    wanted = {name: {*facets.get(name, {}), *query.filters.get(name, ())} for name in FACETS}
    for row in rows:
        for name, values in facts_of(row)["facts"].items():
            wanted[name].update(values)
    return wanted


def _facet(name: str, counts: Mapping[str, int], query: Query, names: Labels) -> Facet:
    chosen = query.filters.get(name, ())
    if name == "year":
        counts = {period: counts[period] for period in PERIOD_NAMES if period in counts}
    counts = {**counts, **{value: counts.get(value, 0) for value in chosen}}
    values = [Value(value, names[(name, value)], count, value in chosen) for value, count in counts.items()]
    return Facet(name, facet_label(name), tuple(sorted(values, key=_order(name))))


def _order(name: str) -> object:
    """Kinds and periods have their own order; all else goes by how much it has."""
    own = {"kind": list(SOURCES), "year": list(PERIOD_NAMES)}.get(name)
    if own:
        return lambda value: own.index(value.value) if value.value in own else len(own)
    return lambda value: (-value.count, value.label)


def _cut(query: Query, asked: Asked) -> str:
    if query.was_cut:
        return _("The search was very long. Only its first words were used.")
    if asked.too_common and asked.is_empty:
        return _("These words stand in nearly every text. Add one that says what it is about.")
    return ""
