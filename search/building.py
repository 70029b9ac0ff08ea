"""From what was typed to a tree of terms. Pure: no engine, no database, no query language.

A word is found by its best field; a compound also, more weakly, by all its parts together. Up to two words all must be
there; of more, three quarters. Two wider readings are kept for when too little is found: any of the words, and words
that differ by one letter.
"""

import re
from dataclasses import dataclass

from search.analysis.current import current_analyser
from search.analysis.terms import Analyser, WordTerms
from search.analysis.words import words
from search.documents import title_key
from search.query import MOST_WORDS
from search.tree import Best, Combined, Everything, Exact, Fuzzy, Node, Nothing, Phrase, Term

FIELDS = (
    ("title", 3.0),
    ("names", 3.0),
    ("summary", 2.0),
    ("topics", 2.0),
    ("body", 1.0),
    ("content", 1.0),
    ("title_x", 1.0),
    ("body_x", 0.35),
    ("content_x", 0.35),
)
WHOLE_FIELDS = ("title", "names", "summary", "topics", "body", "content")
PHRASE_FIELDS = (("title", 3.0), ("names", 3.0), ("summary", 2.0), ("body", 1.0), ("content", 1.0))
OTHER_SPELLING = 0.8
SYNONYM = 0.7
ALL_PARTS = 0.5
EXACT_TITLE = 100.0
TITLE_PHRASE = 4.0
SHORTEST_FUZZY = 5
_PIECE = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')


@dataclass(frozen=True, slots=True)
class Other:
    """What an editor says means the same: as it is written, and understood."""

    text: str
    words: tuple[WordTerms, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """The `length` words from `at` on also stand for these."""

    at: int
    length: int
    others: tuple[Other, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, understood: wanted words and phrases, and those that must not be there."""

    words: tuple[WordTerms, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    too_common: tuple[str, ...] = ()
    whole: str = ""
    swaps: tuple[Swap, ...] = ()
    first: tuple[str, ...] = ()
    """Ids of what the editors put first for it."""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)

    @property
    def also(self) -> tuple[str, ...]:
        """The synonyms, as they are written."""
        return tuple(dict.fromkeys(other.text for swap in self.swaps for other in swap.others))

    @property
    def terms(self) -> frozenset[str]:
        """What is marked in a hit."""
        others = [word for swap in self.swaps for other in swap.others for word in other.words]
        found = {term for word in (*self.words, *others) for term in (*word.same, *word.parts)}
        return frozenset(found | {term for phrase in self.phrases for term in phrase})


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or a quoted phrase as it was typed."""

    text: str
    is_phrase: bool
    is_unwanted: bool


def pieces(text: str) -> list[Piece]:
    found = []
    for match in list(_PIECE.finditer(text))[:MOST_WORDS]:
        quoted = match.group(2)
        piece = quoted if quoted is not None else match.group(4)
        is_phrase = quoted is not None and len(words(quoted)) > 1
        found.append(Piece(piece, is_phrase, bool(match.group(1) or match.group(3))))
    return found


def understand(text: str, lang: str) -> Asked:
    analyser = current_analyser()
    wanted: list[WordTerms] = []
    phrases, without, common = [], [], []
    for piece in pieces(text):
        if piece.is_unwanted:
            without.append(analyser.phrase(piece.text, lang))
        elif piece.is_phrase:
            phrases.append(analyser.phrase(piece.text, lang))
        else:
            known = [(word, analyser.query_word(word, lang)) for word in words(piece.text)]
            wanted += [terms for _, terms in known if terms]
            common += [word for word, terms in known if not terms]
    kept = tuple(dict.fromkeys(wanted))[:MOST_WORDS]
    return Asked(kept, tuple(filter(None, phrases)), tuple(filter(None, without)), tuple(common), text)


def tree_of(asked: Asked, lang: str) -> Node:
    nodes = _nodes(asked)
    return _tree(asked, lang, nodes, needed(len(nodes)))


def needed(count: int) -> int:
    """All words up to two, three quarters of more."""
    return count if count <= 2 else (count * 3) // 4


def any_word(asked: Asked, lang: str) -> Node:
    return _tree(asked, lang, _nodes(asked), min(1, len(asked.words)))


def any_part(asked: Asked) -> Node:
    """Whatever a passage has of it: the words may stand far apart in a long text."""
    nodes = (*_nodes(asked), *(_phrase(terms) for terms in asked.phrases))
    return Combined(should=nodes, minimum=1)


def one_letter_off(asked: Asked, lang: str) -> Node:
    """Only for words long enough that one letter does not make another word."""
    nodes = [_fuzzy(word) if len(word.word) >= SHORTEST_FUZZY else _word(word) for word in asked.words]
    return _tree(asked, lang, nodes, len(nodes)) if nodes else Nothing()


def _tree(asked: Asked, lang: str, nodes: list[Node], minimum: int) -> Node:
    if asked.is_empty:
        return _without(Everything(), asked) if asked.without or not asked.whole.strip() else Nothing()
    phrases = tuple(_phrase(terms) for terms in asked.phrases)
    wanted = Combined(should=tuple(nodes), minimum=minimum) if nodes else None
    must = (*phrases, wanted) if wanted else phrases
    return _without(Combined(must=must, should=_bonus(asked, lang)), asked)


def _without(node: Node, asked: Asked) -> Node:
    never = tuple(Best(tuple(_words_in(name, terms) for name in WHOLE_FIELDS)) for terms in asked.without)
    return Combined(must=(node,), never=never) if never else node


def _words_in(field: str, terms: tuple[str, ...], boost: float = 1.0) -> Node:
    return Phrase(field, terms, boost) if len(terms) > 1 else Term(field, terms[0], boost)


def _phrase(terms: tuple[str, ...]) -> Node:
    return Best(tuple(_words_in(field, terms, boost) for field, boost in PHRASE_FIELDS))


def _word(word: WordTerms) -> Node:
    likeliest, *others = word.same
    readings = [_in_fields(likeliest, 1.0), *(_in_fields(term, OTHER_SPELLING) for term in others)]
    if word.parts:
        parts = tuple(Best(_in_fields(part, 1.0)) for part in word.parts)
        readings.append((Combined(must=parts, boost=ALL_PARTS / len(parts)),))
    return Best(tuple(node for reading in readings for node in reading))


def _nodes(asked: Asked) -> list[Node]:
    """One for each word; words that together have synonyms are one."""
    swaps, nodes, at = {swap.at: swap for swap in asked.swaps}, [], 0
    while at < len(asked.words):
        swap = swaps.get(at)
        nodes.append(_swapped(asked.words, swap) if swap else _word(asked.words[at]))
        at += swap.length if swap else 1
    return nodes


def _swapped(typed: tuple[WordTerms, ...], swap: Swap) -> Node:
    others = tuple(_together(other.words, SYNONYM) for other in swap.others if other.words)
    return Best((_together(typed[swap.at : swap.at + swap.length]), *others))


def _together(words: tuple[WordTerms, ...], weight: float = 1.0) -> Node:
    """All of them, with the weight of one."""
    if len(words) == 1 and weight == 1.0:
        return _word(words[0])
    return Combined(must=tuple(map(_word, words)), boost=weight / len(words))


def _in_fields(term: str, weight: float) -> tuple[Node, ...]:
    return tuple(Term(field, term, boost * weight) for field, boost in FIELDS)


def _fuzzy(word: WordTerms) -> Node:
    return Best(tuple(Fuzzy(field, word.same[0], boost) for field, boost in FIELDS[:6]))


def _bonus(asked: Asked, lang: str) -> tuple[Node, ...]:
    """A title that is exactly what was typed comes first, then one that has the words side by side."""
    exact = Exact("title_key", title_key(asked.whole), EXACT_TITLE)
    together = current_analyser().phrase(asked.whole, lang)
    if len(together) < 2:
        return (exact,)
    return (exact, Phrase("title", together, TITLE_PHRASE), Phrase("names", together, TITLE_PHRASE))


def matches(analyser: Analyser, word: str, lang: str, terms: frozenset[str]) -> bool:
    """Whether a word of a text is one that was asked for, by the same analysis on both sides."""
    return analyser.term(word, lang) in terms or not terms.isdisjoint(analyser.extra_terms(word, lang))
