"""From the dictionary to the splitter's table: which elements really take part in compounds, and how often.

The productivity of an element is the number of dictionary words that it opens (or closes) while the rest of the word is
a known last (or first) element. The figures decide what is admitted and what a split costs.
"""

from collections import Counter
from collections.abc import Callable, Iterator

from .compounds import Splitter, Table
from .dictionary import Lexicon
from .exceptions import DOMAIN_FIRST, NEVER_FIRST, NEVER_LAST, SHORT_FIRST, WHOLE

FIRST_FLOOR = {2: 4, 3: 5}
LAST_FLOOR = {2: 15, 3: 6, 4: 2}
SHORTEST_LEMMA = 5
FAMILIAR, LONG = 3, 5
LEARNT_LENGTH, LEARNT_WORDS = 4, 3
Base = Callable[[str], str]


def _splits(word: str) -> Iterator[tuple[str, str]]:
    return ((word[:at], word[at:]) for at in range(2, len(word) - 1))


def _candidates(lexicon: Lexicon) -> dict[str, str]:
    """Listed first elements, a few of two letters, and every longer word that may turn out to be one."""
    found = {word: word for word in lexicon.lemmas if len(word) >= LEARNT_LENGTH}
    return {**found, **{word: word for word in SHORT_FIRST}, **lexicon.first}


def _count(lexicon: Lexicon, candidates: dict[str, str], base: Base) -> tuple[Counter[str], Counter[str]]:
    opens, closes = Counter(), Counter()
    for lemma in lexicon.lemmas:
        if len(lemma) < SHORTEST_LEMMA:
            continue
        for head, tail in _splits(lemma):
            if tail in lexicon.last and head in candidates and tail not in NEVER_LAST and head not in NEVER_FIRST:
                opens[head] += 1
                closes[base(tail)] += 1
    return opens, closes


def _admit_first(lexicon: Lexicon, candidates: dict[str, str], opens: Counter[str]) -> dict[str, tuple[str, int]]:
    admitted = {}
    for surface, lemma in candidates.items():
        listed = surface in lexicon.first or surface in SHORT_FIRST
        floor = FIRST_FLOOR.get(len(surface), 1 if len(lemma) < LONG else 0) if listed else LEARNT_WORDS
        if opens[surface] >= floor and surface not in NEVER_FIRST and (len(surface) > 2 or surface in SHORT_FIRST):
            admitted[surface] = (lemma, opens[surface])
    return {**{key: (lemma, FAMILIAR) for key, lemma in DOMAIN_FIRST.items()}, **admitted}


def _admit_last(lexicon: Lexicon, closes: Counter[str], base: Base) -> dict[str, tuple[int, int]]:
    """An inflected form is never shorter than the shortest word of its base: dat is not a form of data."""
    admitted: dict[str, tuple[int, int]] = {}
    for lemma in lexicon.last - NEVER_LAST:
        key, size = base(lemma), len(lemma)
        if size >= 2 and closes[key] >= LAST_FLOOR.get(size, 1 if size < LONG else 0):
            admitted[key] = closes[key], min(size, admitted.get(key, (0, size))[1])
    return admitted


def build_table(lexicon: Lexicon, forms: dict[str, str]) -> Table:
    """A whole word is kept in the table only where the splitter would otherwise cut it."""
    candidates, base = _candidates(lexicon), Table({}, {}, frozenset(), forms).base
    opens, closes = _count(lexicon, candidates, base)
    first, last = _admit_first(lexicon, candidates, opens), _admit_last(lexicon, closes, base)
    splitter = Splitter(Table(first, last, frozenset(), forms))
    cut = {base(word) for word in lexicon.whole if splitter.parts(word)}
    whole = cut - {base(word) for word in lexicon.nouns} | {base(word) for word in WHOLE}
    return Table(first, last, frozenset(whole), forms)
