"""What one may be about to type: things by their names, and words. Under the viewer's rights, and looked up again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.models import SharedPage
from partnerships.models import Topic
from partnerships.text.folding import fold
from search.addresses import address_of
from search.analysis.words import words
from search.building import EXACT_TITLE
from search.documents import LONGEST_PREFIX, SHORTEST_PREFIX, prefixes, title_key
from search.engines import current_engine
from search.engines.base import EngineFailed, Request, Row
from search.loading import facts_of, load, named, url_of
from search.query import Query, Viewer
from search.sources import SOURCES
from search.spelling import speller
from search.tree import Combined, Exact, Term

MOST = 8
MOST_TOPICS = 2
MOST_WORDS = 3
LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing with its address, or a word (without an id) with the address of its search."""

    id: str
    kind: str
    kind_label: str
    text: str
    url: str
    lang: str


def suggest(query: Query, viewer: Viewer) -> tuple[Suggestion, ...]:
    """At most eight. Topics first, for they are few; words have room for three, more where there are few things."""
    typed = [fold(word) for word in words(query.text)]
    if not typed or len("".join(typed)) < SHORTEST_PREFIX:
        return ()
    topics = list(_topics(typed, query.language))[:MOST_TOPICS]
    things = list(_things(typed, query, viewer))
    others = list(_words(query))
    room = max(MOST - len(topics) - min(len(others), MOST_WORDS), 0)
    found = [*topics, *things[:room]]
    return (*found, *others[: MOST - len(found)])


def _topics(typed: list[str], language: str) -> Iterator[Suggestion]:
    starts = {word[:LONGEST_PREFIX] for word in typed}
    for pk, slug, danish, english in Topic.objects.values_list("pk", "slug", "name_da", "name_en"):
        if starts <= _beginnings(danish, english):
            name = (english or danish) if language == "en" else danish
            url = reverse("partnerships:topic", args=[slug])
            yield Suggestion(f"topic:{pk}", "topic", _("Topic"), name, url, language)


@lru_cache(maxsize=1_000)
def _beginnings(*names: str) -> frozenset[str]:
    return frozenset(prefixes(names))


def _things(typed: list[str], query: Query, viewer: Viewer) -> Iterator[Suggestion]:
    """All words begin a word of its name; one that is exactly the name comes first."""
    starts = tuple(Term("prefix", word[:LONGEST_PREFIX]) for word in typed if len(word) >= SHORTEST_PREFIX)
    if not starts:
        return
    exact = Exact("title_key", title_key(query.text), EXACT_TITLE)
    request = Request(Combined(must=starts, should=(exact,)), viewer.tokens, query.language, limit=LOOKED_AT)
    try:
        rows = _in_order(current_engine().search(request).rows, title_key(query.text))[:MOST]
    except EngineFailed:
        return
    things = load(rows, viewer, names_only=True)
    for row in rows:
        if thing := things.get(row.id):
            kind = row.id.partition(":")[0]
            lang = thing.locale.language_code if isinstance(thing, SharedPage) else query.language
            yield Suggestion(row.id, kind, str(SOURCES[kind].label), named(thing), url_of(thing), lang)


def _in_order(rows: Iterable[Row], typed: str) -> list[Row]:
    """The name itself, names that begin so, those that have it further in; short before long, and no score: it counts
    how often a word stands in what the viewer may not see."""

    def place(row: Row) -> tuple:
        names = [title_key(title) for _lang, title, *_ in facts_of(row)["texts"]]
        begins = any(name.startswith(typed) for name in names)
        return row.score < EXACT_TITLE, not begins, min(map(len, filter(None, names)), default=0), row.id

    return sorted(rows, key=place)


def _words(query: Query) -> Iterator[Suggestion]:
    """The last word continued; the words before it stay as they were typed."""
    *before, last = query.text.split(" ")
    if len(words(last)) != 1:
        return
    for word in speller(query.language).beginning_with(words(last)[0], MOST):
        text = " ".join([*before, word])
        url = reverse("search:search") + address_of(replace(query, text=text))
        yield Suggestion("", "word", _("Search word"), text, url, query.language)
