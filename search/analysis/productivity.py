"""From the dictionary to the splitter's table: which elements really take part in compounds, and how often.

The productivity of an element is the number of dictionary words that it opens (or closes) while the rest of the word is
a known last (or first) element. The figures decide what is admitted and what a split costs.
"""

from collections import Counter
from collections.abc import Iterator

from .compounds import Splitter, Table
from .dictionary import Lexicon
from .exceptions import DOMAIN_FIRST, NEVER_FIRST, NEVER_LAST, SHORT_FIRST, WHOLE
from .stems import stem

FIRST_FLOOR = {2: 4, 3: 8}
LAST_FLOOR = {2: 15, 3: 10, 4: 2}
SHORTEST_LEMMA = 5
FAMILIAR, LONG = 3, 6
LEARNT_LENGTH, LEARNT_WORDS = 4, 3


def _splits(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:at], word[at:]) for at in range(2, len(word) - 1))


def _candidates(lexicon: Lexicon) -> dict[str, str]:
    """Listed first elements, a few of two letters, and every longer word that may turn out to be one."""
    found = {word: word for word in lexicon.lemmas if len(word) >= LEARNT_LENGTH}
    return {**found, **{word: word for word in SHORT_FIRST}, **lexicon.first}


def _count(lexicon: Lexicon, candidates: dict[str, str]) -> tuple[Counter[str], Counter[str]]:
    opens, closes = Counter(), Counter()
    for lemma in lexicon.lemmas:
        if len(lemma) < SHORTEST_LEMMA:
            continue
        for head, tail in _splits(lemma):
            if tail in lexicon.last and head in candidates and tail not in NEVER_LAST and head not in NEVER_FIRST:
                opens[head] += 1
                closes[stem(tail)] += 1
    return opens, closes


def _admit_first(lexicon: Lexicon, candidates: dict[str, str], opens: Counter[str]) -> dict[str, tuple[str, int]]:
    admitted = {}
    for surface, lemma in candidates.items():
        listed = surface in lexicon.first or surface in SHORT_FIRST
        floor = FIRST_FLOOR.get(len(surface), 1 if len(lemma) < LONG else 0) if listed else LEARNT_WORDS
        if opens[surface] >= floor and surface not in NEVER_FIRST and (len(surface) > 2 or surface in SHORT_FIRST):
            admitted[surface] = (lemma, opens[surface])
    return {**{key: (lemma, FAMILIAR) for key, lemma in DOMAIN_FIRST.items()}, **admitted}


def _admit_last(lexicon: Lexicon, closes: Counter[str]) -> dict[str, int]:
    admitted = {}
    for lemma in lexicon.last - NEVER_LAST:
        floor = LAST_FLOOR.get(len(lemma), 1 if len(lemma) < LONG else 0)
        if len(lemma) >= 2 and closes[stem(lemma)] >= floor:
            admitted[stem(lemma)] = closes[stem(lemma)]
    return admitted


def build_table(lexicon: Lexicon) -> Table:
    """A whole word is kept in the table only where the splitter would otherwise cut it."""
    candidates = _candidates(lexicon)
    opens, closes = _count(lexicon, candidates)
    table = Table(_admit_first(lexicon, candidates, opens), _admit_last(lexicon, closes), frozenset())
    splitter = Splitter(table)
    nouns = {stem(word) for word in lexicon.nouns}
    whole = {stem(word) for word in lexicon.whole if splitter.parts(word)} - nouns
    return Table(table.first, table.last, frozenset(whole | {stem(word) for word in WHOLE}))
