"""What one may be about to type: things by their names, and words. Under the viewer's rights, and looked up again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

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
from search.engines.base import EngineFailed, Request
from search.loading import load, named, url_of
from search.query import Query, Viewer
from search.sources import SOURCES
from search.spelling import speller
from search.tree import Combined, Exact, Term

MOST = 8
MOST_TOPICS = 2
MOST_WORDS = 3


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
    for topic in Topic.objects.all():
        name = (topic.name_en or topic.name_da) if language == "en" else topic.name_da
        if {_start(word) for word in typed} <= {*prefixes([topic.name_da, topic.name_en])}:
            yield Suggestion(f"topic:{topic.pk}", "topic", _("Topic"), name, topic.get_absolute_url(), language)


def _start(word: str) -> str:
    return word[:LONGEST_PREFIX]


def _things(typed: list[str], query: Query, viewer: Viewer) -> Iterator[Suggestion]:
    """All words begin a word of its name; one that is exactly the name comes first."""
    exact = Exact("title_key", title_key(query.text), EXACT_TITLE)
    starts = tuple(Term("prefix", _start(word)) for word in typed if len(word) >= SHORTEST_PREFIX)
    request = Request(Combined(must=starts, should=(exact,)), viewer.tokens, query.language, limit=MOST)
    try:
        rows = current_engine().search(request).rows
    except EngineFailed:
        return
    things = load(rows, viewer, pictures=False)
    for row in rows:
        if thing := things.get(row.id):
            kind = row.id.partition(":")[0]
            lang = thing.locale.language_code if isinstance(thing, SharedPage) else query.language
            yield Suggestion(row.id, kind, str(SOURCES[kind].label), named(thing), url_of(thing), lang)


def _words(query: Query) -> Iterator[Suggestion]:
    """The last word continued; the words before it stay as they were typed."""
    *before, last = query.text.split(" ")
    if len(words(last)) != 1:
        return
    for word in speller(query.language).beginning_with(words(last)[0], MOST):
        text = " ".join([*before, word])
        url = reverse("search:search") + address_of(replace(query, text=text))
        yield Suggestion("", "word", _("Search word"), text, url, query.language)
