"""Which words of a text may have a term at all, told from their letters alone.

Whoever marks a page of hits looks at thousands of words, and hardly any has to do with what was asked. A term is a stem
of the word or of a part of it, so its first letters stand somewhere in the word, in one of their spellings. Forms that
begin otherwise than their word (børn, barn) are known from the table. What is likely is still analysed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from partnerships.text.folding import bare

from .compounds import Table
from .stems import BY_HAND, stem

LETTERS = 3
_SPELLINGS = {"a": "[aåæä]+e?", "o": "[oøö]+e?", "i": "[iy]", "y": "[iy]"}
_NOT_PLAIN = "[^a-zæøåäö]"
Odd = Mapping[str, frozenset[str]]


def beginning(term: str) -> str:
    """A last e may not stand in the word: use, using."""
    start = bare(term)[:LETTERS]
    return start.removesuffix("e") if len(start) > 1 else start


def likely(terms: Iterable[str], odd: Odd) -> Callable[[str], object]:
    """Asks of a word as it is written whether it may have one of these terms. Figures and rare letters always may."""
    starts = {start for term in terms for start in (beginning(term), *odd.get(bare(term), ()))}
    spelt = ["".join(_SPELLINGS.get(letter, re.escape(letter)) for letter in start) for start in sorted(starts)]
    pattern = re.compile("|".join([*spelt, _NOT_PLAIN]))
    return lambda word: pattern.search(word.lower())


def odd_beginnings(table: Table) -> Odd:
    """Term → how forms and elements of its word begin that do not begin like it."""
    found: dict[str, set[str]] = defaultdict(set)
    pairs = [*table.forms.items(), *BY_HAND.items(), *((surface, lemma) for surface, (lemma, _) in table.first.items())]
    for form, lemma in pairs:
        if form[:LETTERS] != lemma[:LETTERS] or len(form) < LETTERS:
            for term in {bare(stem(lemma)), bare(table.base(lemma))}:
                found[term].add(beginning(form))
    return {term: frozenset(starts) for term, starts in found.items()}
