"""Danish compounds fall into their parts: spildevandsrensning is found by spildevand, by vand and by rensning.

A shortest-path search over the word. Each element costs by how rarely it takes part in the dictionary's own compounds;
the cheapest way of at least two parts wins. Nothing here knows the dictionary or a file: a Table is all it needs.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from .exceptions import NEVER_LAST
from .stems import stem

PER_PART, SHORT_PART = 3.0, 2.0
SHORTEST_WORD, SPLIT_AGAIN = 5, 5
FREE_LENGTH, FREE_PRODUCTIVITY = 4, 20
LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One element as it stands in the word, and the word it comes from: affalds, affald."""

    surface: str
    lemma: str
    productivity: int


@dataclass(frozen=True)
class Table:
    """first: surface to (lemma, productivity). last: base to (productivity, letters at least). whole: bases of words left
    alone. forms: an inflected form to its lemma, where the stem alone does not tell."""

    first: dict[str, tuple[str, int]]
    last: dict[str, tuple[int, int]]
    whole: frozenset[str]
    forms: dict[str, str] = field(default_factory=dict)

    def base(self, word: str) -> str:
        """The one stem of all forms of a Danish word: of its lemma where that is known, else of the word itself."""
        return stem(self.forms.get(word, word))

    @cached_property
    def _weight(self) -> float:
        return float(sum(productivity for _, productivity in self.first.values()) or 1)

    @cached_property
    def _rarities(self) -> dict[int, float]:
        return {}

    @cached_property
    def longest(self) -> int:
        """No first element has more letters."""
        return max(map(len, self.first), default=0)

    def rarity(self, productivity: int) -> float:
        """What an element costs that so many words of the dictionary are made with."""
        if productivity not in self._rarities:
            self._rarities[productivity] = math.log(self._weight / (productivity + 1))
        return self._rarities[productivity]


class Splitter:
    """Splits one word at a time; keeps no state but the table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def parts(self, word: str) -> list[Part]:
        """The smallest parts in order, or nothing where the word is not a compound."""
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or self.table.base(word) in self.table.whole:
            return []
        found = self._cheapest(word)
        return [leaf for part in found for leaf in self._again(part)]

    def _again(self, part: Part) -> list[Part]:
        if len(part.lemma) < SPLIT_AGAIN or self.table.base(part.lemma) in self.table.whole:
            return [part]
        found = self._cheapest(part.lemma)
        if not found or any(len(p.lemma) < FREE_LENGTH and p.productivity < FREE_PRODUCTIVITY for p in found):
            return [part]
        return self._in(part.surface, [leaf for sub in found for leaf in self._again(sub)])

    @staticmethod
    def _in(surface: str, leaves: list[Part]) -> list[Part]:
        """The leaves as they stand in this surface: its ending, or its link to the next element, belongs to the last."""
        before = sum(len(leaf.surface) for leaf in leaves[:-1])
        return [*leaves[:-1], replace(leaves[-1], surface=surface[before:])]

    def _cheapest(self, word: str) -> list[Part]:
        """best[end]: what it costs to get there, and by which elements."""
        size = len(word)
        best: list[tuple[float, list[Part]] | None] = [None] * (size + 1)
        best[0] = (0.0, [])
        for start in range(size - 1):
            here = best[start]
            if here is None:
                continue
            for part in self._elements(word, start):
                end = start + len(part.surface)
                cost = here[0] + self._cost(part.productivity, len(part.surface))
                known = best[end]
                if known is None or cost < known[0]:
                    best[end] = (cost, [*here[1], part])
        return best[size][1] if best[size] else []

    def _elements(self, word: str, start: int) -> Iterator[Part]:
        """First elements that begin here, and the rest of the word where it may stand last."""
        known = self.table.first
        for end in range(start + 2, min(len(word), start + self.table.longest + 1)):
            entry = known.get(surface := word[start:end])
            if entry:
                yield Part(surface, *entry)
        if start and (rest := self._last(word[start:])):
            yield rest

    def _last(self, surface: str) -> Part | None:
        if surface in NEVER_LAST:
            return None
        base = self.table.base(surface)
        productivity, shortest = self.table.last.get(base, (0, LONGEST_WORD + 1))
        return None if base in NEVER_LAST or len(surface) < shortest else Part(surface, surface, productivity)

    def _cost(self, productivity: int, size: int) -> float:
        return self.table.rarity(productivity) + PER_PART + (SHORT_PART if size <= 3 else 0.0)
