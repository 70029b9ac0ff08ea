"""Things like this one, and who knows about them: one search made of the thing's own strongest words.

What a thing is called counts most, then its topics and its summary, then the words it uses often. The engine weighs a
word by how few have it. Only what this viewer may see is asked for, and it is loaded anew under their rights.
"""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model

from cms.models import SharedPage
from partnerships import clock
from partnerships.models import Organisation, Partnership
from partnerships.text.markup import plain_text
from search.analysis.current import current_analyser
from search.analysis.words import words
from search.engines import current_engine
from search.engines.base import EngineFailed, Request, Row
from search.experts import FIRST, experts
from search.labels import labels
from search.loading import facts_of, hit, load
from search.query import Expert, Hit, Viewer
from search.ranking import ranked
from search.records import text_of_page
from search.sources import PAGE_KINDS, key_of
from search.tree import Best, Combined, Exact, Node, Nothing, Term

log = logging.getLogger(__name__)
MOST = 3
BESIDE = 4
A_FEW_MORE = 3
"""What is a translation, or is gone since it was indexed, falls out after loading."""
MOST_WORDS = 20
SHORTEST = 4
LONG_WORD = 12
FIELDS = (("title", 3.0), ("summary", 2.0), ("topics", 2.0), ("body", 1.0))
WEIGHTS = {"title": 6, "summary": 2, "body": 1}
SAME_TOPIC = 4.0
SHARE = 4
"""One word in four must be there."""
PAGES = tuple(PAGE_KINDS.values())
SIMILAR_KINDS = {
    "organisation": ("organisation", "partnership"),
    "partnership": ("partnership", "story", "idea"),
    **dict.fromkeys(PAGES, (*PAGES, "partnership")),
}


@dataclass(frozen=True, slots=True)
class Company:
    """What stands near a thing. Not `answered` means that the engine is away, and others may have something to show."""

    similar: tuple[Hit, ...] = ()
    experts: tuple[Expert, ...] = ()
    answered: bool = True


def company_of(
    thing: Model, viewer: Viewer, language: str, *, topics: Iterable[Model] = (), with_experts: bool = False
) -> Company:
    """Up to three similar things, and with them those who know, the thing's own people first of all."""
    key = key_of(thing)
    kind = key.partition(":")[0]
    tree = tree_of(thing, language, topics)
    try:
        rows = _found(Request(tree, viewer.tokens, language, {"kind": SIMILAR_KINDS[kind]}, limit=FIRST))
    except EngineFailed:
        log.exception("The engine did not answer; nothing similar is shown")
        return Company(answered=False)
    others = [row for row in rows if row.id != key]
    itself = [row for row in rows if row.id == key]
    return Company(
        similar=_hits(others[: MOST + A_FEW_MORE], thing, viewer, language),
        experts=experts([*itself, *others], viewer, language, itself=key, most=BESIDE) if with_experts else (),
    )


def _found(request: Request) -> list[Row]:
    return ranked(current_engine().search(request).rows, clock.today())


def tree_of(thing: Model, language: str, topics: Iterable[Model] = ()) -> Node:
    """Enough of the thing's strongest words, or a topic; none that is tied to it already, for its page shows those."""
    own = thing.locale.language_code if isinstance(thing, SharedPage) else language
    strongest = tuple(_word(term) for term in strongest_words(_texts(thing), own))
    enough = Combined(should=strongest, minimum=max(min(2, len(strongest)), len(strongest) // SHARE))
    same_topics = tuple(Exact("topic", topic.slug, SAME_TOPIC) for topic in topics)
    nodes = (enough, *same_topics) if strongest else same_topics
    tied = {Organisation: "organisation", Partnership: "partnership"}.get(type(thing))
    never = (Exact(tied, thing.slug),) if tied else ()
    return Combined(should=nodes, never=never, minimum=1) if nodes else Nothing()


def _word(term: str) -> Node:
    return Best(tuple(Term(name, term, boost) for name, boost in FIELDS))


def strongest_words(texts: Mapping[str, str], language: str) -> list[str]:
    """Terms, the strongest first: often, in a place that counts, and long, for in Danish long words are exact ones."""
    analyser = current_analyser()
    worth: Counter[str] = Counter()
    for name, text in texts.items():
        for word in words(text):
            if len(word) >= SHORTEST and not word.isdigit() and analyser.query_word(word, language):
                worth[analyser.term(word, language)] += WEIGHTS[name] * min(len(word), LONG_WORD)
    return [term for term, _ in sorted(worth.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]]


def _texts(thing: Model) -> dict[str, str]:
    """An organisation's name says whose it is, not what about."""
    match thing:
        case SharedPage():
            body = text_of_page(thing, (), thing.locale.language_code)
            return {"title": thing.title, "summary": thing.summary, "body": body}
        case Partnership():
            purpose = plain_text(thing.purpose_shown)
            return {"title": thing.name_shown, "summary": thing.summary_shown, "body": purpose}
        case _:
            return {"body": plain_text(thing.about_shown)}


def _hits(rows: list[Row], thing: Model, viewer: Viewer, language: str) -> tuple[Hit, ...]:
    """As a search shows them, but without the words of places and sectors, which would be a query more."""
    things = load(rows, viewer)
    kept = [row for row in rows if row.id in things and not _is_translation(things[row.id], thing)][:MOST]
    codes = {code for row in kept for code in facts_of(row)["facts"]["status"]}
    named = defaultdict(str, labels({"status": codes}, language))
    return tuple(hit(row, things[row.id], language=language, terms=frozenset(), labels=named) for row in kept)


def _is_translation(one: Model, other: Model) -> bool:
    key = getattr(one, "translation_key", None)
    return key is not None and key == getattr(other, "translation_key", None)
