"""Where a search finds little or nothing: what may have been meant, which filter stands in the way, whom to ask.

Everything offered here leads to something that this viewer finds; it is tried before it is offered.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils import formats
from django.utils.translation import gettext as _

from partnerships.models import Topic
from search.addresses import address_of
from search.analysis.current import current_analyser
from search.analysis.words import spans
from search.audience import joined_in
from search.building import Asked, pieces, tree_of, understand
from search.engines import current_engine
from search.engines.base import Found, Request
from search.labels import facet_label, labels
from search.loading import load
from search.query import Query, Viewer
from search.spelling import Speller, speller

TRIED = 3
MOST_TERMS = 6


@dataclass(frozen=True, slots=True)
class Way:
    """A link that leads to `count` results."""

    label: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Help:
    """What was understood of the search, and what leads further."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    without: tuple[str, ...]
    too_common: tuple[str, ...]
    filters: tuple[Way, ...]
    without_filters: int
    terms: tuple[Way, ...]
    topic: Topic | None


def did_you_mean(query: Query, request: Request, viewer: Viewer) -> str:
    """The same search in known words, if that finds this viewer more than what was typed."""
    known = speller(query.language)
    standing = known.standing(span.word for span in spans(query.text))
    texts = dict.fromkeys(_respelt(query.text, known, standing, choice) for choice in range(TRIED))
    meant = [text for text in texts if text and text != query.text]
    if not meant:
        return ""
    typed = _found(query.text, query, request).total
    return next((text for text in meant if _finds_more(text, query, request, viewer, typed)), "")


def _respelt(text: str, known: Speller, standing: frozenset[str], choice: int) -> str:
    """Each word that stands nowhere by its nearest known one, or the second or third; empty where there is none."""
    text = unicodedata.normalize("NFC", text)
    out, at = [], 0
    for span in spans(text):
        near = known.nearest(span.word) if span.word not in standing else []
        if near:
            out += [text[at : span.start], near[min(choice, len(near) - 1)]]
            at = span.end
    return "".join([*out, text[at:]]) if out else ""


def _finds_more(text: str, query: Query, request: Request, viewer: Viewer, typed: int) -> bool:
    found = _found(text, query, request)
    return found.total > typed and bool(load(found.rows, viewer))


def _found(text: str, query: Query, request: Request) -> Found:
    """Under the same rights and filters, by all the words."""
    tree = tree_of(understand(text, query.language), query.language)
    return current_engine().search(replace(request, tree=tree, facets=(), sort="relevance", offset=0, limit=TRIED))


def help_with(query: Query, asked: Asked, request: Request, viewer: Viewer) -> Help:
    typed = pieces(query.text)
    plain = replace(request, tree=tree_of(asked, query.language), facets=(), offset=0, limit=TRIED)
    return Help(
        words=tuple(word.word for word in asked.words),
        phrases=tuple(piece.text for piece in typed if piece.is_phrase and not piece.is_unwanted),
        without=tuple(piece.text for piece in typed if piece.is_unwanted),
        too_common=asked.too_common,
        filters=tuple(_filters_in_the_way(query, plain)),
        without_filters=_without_filters(query, plain),
        terms=tuple(_nearest_terms(query, asked, plain, viewer)),
        topic=_topic_to_ask(query, asked),
    )


def _filters_in_the_way(query: Query, request: Request) -> Iterator[Way]:
    """One for each filter: what its removal alone would find."""
    names = labels(query.filters, query.language, joined_in(request.tokens))
    for name, values in query.filters.items():
        others = {other: chosen for other, chosen in query.filters.items() if other != name}
        label = f"{facet_label(name)}: {', '.join(names[name, value] for value in values)}"
        yield from _way(label, address_of(query, **{name: ()}), replace(request, filters=others))
    if query.since or query.until:
        days = [formats.date_format(day) if day else "" for day in (query.since, query.until)]
        label = f"{_('Date')}: {' – '.join(days).strip()}"
        yield from _way(label, address_of(query, since=None, until=None), replace(request, days=(None, None)))


def _without_filters(query: Query, request: Request) -> int:
    """What is found when all of them are taken away; nothing where there are none."""
    if not (query.filters or query.since or query.until):
        return 0
    return current_engine().search(replace(request, filters={}, days=(None, None))).total


def _way(label: str, address: str, request: Request) -> Iterator[Way]:
    if count := current_engine().search(request).total:
        yield Way(label, address, count)


def _nearest_terms(query: Query, asked: Asked, request: Request, viewer: Viewer) -> Iterator[Way]:
    """Known words that are spelt nearly alike, or that a compound is made of."""
    tried = list(_words_near(asked, speller(query.language)))[:MOST_TERMS]
    for word in tried:
        found = _found(word, query, request)
        if found.total and load(found.rows, viewer):
            yield Way(word, address_of(query, q=word), found.total)


def _words_near(asked: Asked, known: Speller) -> Iterator[str]:
    words = [word.word for word in asked.words]
    near = [other for word in words for other in known.nearest(word)]
    parts = [run for word in words for run in _runs(word)]
    alone = words if len(words) > 1 else []
    yield from dict.fromkeys(word for word in (*near, *parts, *alone) if word in near or known.knows(word))


def _runs(word: str) -> Iterator[str]:
    """Neighbouring parts of a compound, the longest first: fjernvarmeanlæg → fjernvarme, varmeanlæg, fjern ..."""
    parts = current_analyser().parts(word)
    for length in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - length + 1):
            *before, last = parts[start : start + length]
            yield "".join(part.surface for part in before) + last.lemma


def _topic_to_ask(query: Query, asked: Asked) -> Topic | None:
    """One that is chosen, else one whose name has what was asked for; only with a mailbox somebody reads."""
    topics = list(Topic.objects.exclude(mailbox="")) if query.text or query.filters else []
    chosen = query.filters.get("topic", ())
    analyser = current_analyser()

    def is_about(topic: Topic) -> bool:
        terms = [analyser.text(topic.name_da, "da"), analyser.text(topic.name_en, "en")]
        return any(asked.terms & {*one.main, *one.extra} for one in terms)

    return next((topic for topic in topics if topic.slug in chosen), None) or next(filter(is_about, topics), None)
