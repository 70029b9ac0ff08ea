"""Which saved searches find what has changed: all of them are asked of the changed rows alone, in memory.

A search matches as its own words say: what a wider reading shows when too little is found is no match. Rights are not
asked here but when something is told, for a row may wait longer than a right lasts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.conf import settings

from search.building import FIELDS, Asked, needed, tree_of
from search.documents import Document, days
from search.engines import current_engine
from search.engines.base import Request, Row
from search.engines.embedded import ANYWHERE, MemoryEngine
from search.finding import understood, with_synonyms
from search.models import SavedSearch
from search.query import Query, Viewer
from search.synonyms import table_of
from search.tree import Best, Combined, Node, Term
from search.word_rules import follow_rules

AT_ONCE = 100
EVERY_FIELD = {name for name, _boost in FIELDS}


def matches(searches: Iterable[SavedSearch], documents: Iterable[Document]) -> Iterator[tuple[SavedSearch, str]]:
    """Each search with each id that it finds among these documents, whoever may see them."""
    documents = list(documents)
    if not documents:
        return
    memory = MemoryEngine(documents)
    known = {term for document in documents for text in document.text.values() for term in text.split()}
    everyone = frozenset(token for document in documents for token in document.keywords["acl"])
    ages = {document.id: document.day for document in documents}
    follow_rules()
    tables = {lang: table_of(lang) for lang, _name in settings.LANGUAGES}
    for search in searches:
        query = search.query
        asked = with_synonyms(query, tables[query.language])
        if _may_find(asked, known):
            request = request_of(query, asked, everyone)
            found = memory.matching(replace(request, tree=unranked(request.tree)))
            yield from ((search, key) for key in found if not _is_old(search, ages[key]))


def _may_find(asked: Asked, known: set[str]) -> bool:
    """Most searches ask for words that no changed row has; asking them would find nothing."""
    if asked.swaps:
        return True
    there = sum(not known.isdisjoint((*word.same, *word.parts)) for word in asked.words)
    return there >= needed(len(asked.words))


def _is_old(search: SavedSearch, day: int) -> bool:
    return search.known_until is not None and day <= days(search.known_until)


def found_by(query: Query, viewer: Viewer, keys: Iterable[str]) -> list[Row]:
    """Those of these ids that the search finds now for this viewer, in the order of the ids."""
    wanted, asked = list(dict.fromkeys(keys)), understood(query)
    rows: dict[str, Row] = {}
    for first in range(0, len(wanted), AT_ONCE):
        some = tuple(wanted[first : first + AT_ONCE])
        found = current_engine().search(request_of(query, asked, viewer.tokens, keys=some, limit=AT_ONCE))
        rows |= {row.id: row for row in found.rows}
    return [rows[key] for key in wanted if key in rows]


def request_of(
    query: Query, asked: Asked, tokens: frozenset[str], *, keys: tuple[str, ...] = (), **changes: Any
) -> Request:
    return Request(
        tree=tree_of(asked, query.language),
        tokens=tokens,
        language=query.language,
        filters={**query.filters, "id": keys} if keys else query.filters,
        days=(query.since and days(query.since), query.until and days(query.until)),
        **changes,
    )


def unranked(node: Node) -> Node:
    """A tree that finds the same and ranks nothing: a word that may stand in any field is asked of one that holds all."""
    match node:
        case Best(nodes):
            kept = _anywhere(nodes) + [unranked(part) for part in nodes if not isinstance(part, Term)]
            return kept[0] if len(kept) == 1 else Combined(should=tuple(kept), minimum=1)
        case Combined(must, should, never, minimum):
            wanted = tuple(unranked(part) for part in should) if minimum or not must else ()
            return Combined(tuple(unranked(part) for part in must), wanted, never, minimum)
        case _:
            return node


def _anywhere(nodes: Iterable[Node]) -> list[Node]:
    fields: dict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if isinstance(node, Term):
            fields[node.term].add(node.field)
    kept: list[Node] = []
    for term, names in fields.items():
        kept += [Term(name, term) for name in ({ANYWHERE} if names >= EVERY_FIELD else sorted(names))]
    return kept
