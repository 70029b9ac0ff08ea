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
ALL_PARTS = 0.5
EXACT_TITLE = 100.0
TITLE_PHRASE = 4.0
SHORTEST_FUZZY = 5
_PIECE = re.compile(r'(-?)"([^"]*)"|(-?)(\S+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed, understood: wanted words and phrases, and those that must not be there."""

    words: tuple[WordTerms, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    too_common: tuple[str, ...] = ()
    whole: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases)

    @property
    def terms(self) -> frozenset[str]:
        """What is marked in a hit."""
        found = {term for word in self.words for term in (*word.same, *word.parts)}
        return frozenset(found | {term for phrase in self.phrases for term in phrase})


def understand(text: str, lang: str) -> Asked:
    analyser = current_analyser()
    wanted: list[WordTerms] = []
    phrases, without, common = [], [], []
    for match in list(_PIECE.finditer(text))[:MOST_WORDS]:
        minus, quoted = match.group(1) or match.group(3), match.group(2)
        piece = quoted if quoted is not None else match.group(4)
        if minus:
            without.append(analyser.phrase(piece, lang))
        elif quoted is not None and len(words(quoted)) > 1:
            phrases.append(analyser.phrase(quoted, lang))
        else:
            known = [(word, analyser.query_word(word, lang)) for word in words(piece)]
            wanted += [terms for _, terms in known if terms]
            common += [word for word, terms in known if not terms]
    kept = tuple(dict.fromkeys(wanted))[:MOST_WORDS]
    return Asked(kept, tuple(filter(None, phrases)), tuple(filter(None, without)), tuple(common), text)


def tree_of(asked: Asked, lang: str) -> Node:
    return _tree(asked, lang, [_word(word) for word in asked.words], needed(len(asked.words)))


def needed(count: int) -> int:
    """All words up to two, three quarters of more."""
    return count if count <= 2 else (count * 3) // 4


def any_word(asked: Asked, lang: str) -> Node:
    return _tree(asked, lang, [_word(word) for word in asked.words], min(1, len(asked.words)))


def any_part(asked: Asked) -> Node:
    """Whatever a passage has of it: the words may stand far apart in a long text."""
    nodes = (*(_word(word) for word in asked.words), *(_phrase(terms) for terms in asked.phrases))
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
