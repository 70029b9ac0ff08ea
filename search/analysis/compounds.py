"""Danish compounds fall into their parts: spildevandsrensning is found by spildevand, by vand and by rensning.

A shortest-path search over the word. Each element costs by how rarely it takes part in the dictionary's own compounds;
the cheapest way of at least two parts wins. Nothing here knows the dictionary or a file: a Table is all it needs.
"""

import math
from dataclasses import dataclass
from functools import cached_property

from .exceptions import NEVER_LAST
from .stems import stem

PER_PART, SHORT_PART = 3.0, 2.0
SHORTEST_WORD, SPLIT_AGAIN = 5, 7
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
    """first: surface to (lemma, productivity). last: stem to productivity. whole: stems of words left alone."""

    first: dict[str, tuple[str, int]]
    last: dict[str, int]
    whole: frozenset[str]

    @cached_property
    def weight(self) -> float:
        return float(sum(productivity for _, productivity in self.first.values()) or 1)


class Splitter:
    """Splits one word at a time; keeps no state but the table."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def parts(self, word: str) -> list[Part]:
        """The smallest parts in order, or nothing where the word is not a compound."""
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or stem(word) in self.table.whole:
            return []
        found = self._cheapest(word)
        return [leaf for part in found for leaf in self._again(part)]

    def _again(self, part: Part) -> list[Part]:
        if len(part.lemma) < SPLIT_AGAIN or stem(part.lemma) in self.table.whole:
            return [part]
        found = self._cheapest(part.lemma)
        if not found or any(len(p.lemma) < FREE_LENGTH and p.productivity < FREE_PRODUCTIVITY for p in found):
            return [part]
        leaves = [leaf for sub in found for leaf in self._again(sub)]
        last = leaves[-1]
        rest = sum(len(leaf.surface) for leaf in leaves[:-1])
        return [*leaves[:-1], Part(part.surface[rest:], last.lemma, last.productivity)]

    def _cheapest(self, word: str) -> list[Part]:
        size = len(word)
        best: list[tuple[float, list[Part]] | None] = [None] * (size + 1)
        best[0] = (0.0, [])
        for start in range(size - 1):
            here = best[start]
            if here is None:
                continue
            for end in range(start + 2, size + 1):
                part = self._element(word, start, end)
                if part is None:
                    continue
                cost = here[0] + self._cost(part)
                known = best[end]
                if known is None or cost < known[0]:
                    best[end] = (cost, [*here[1], part])
        return best[size][1] if best[size] else []

    def _element(self, word: str, start: int, end: int) -> Part | None:
        surface = word[start:end]
        if end < len(word):
            entry = self.table.first.get(surface)
            return Part(surface, entry[0], entry[1]) if entry else None
        if start == 0 or surface in NEVER_LAST:
            return None
        base = stem(surface)
        productivity = None if base in NEVER_LAST else self.table.last.get(base)
        return None if productivity is None else Part(surface, surface, productivity)

    def _cost(self, part: Part) -> float:
        rarity = math.log(self.table.weight / (part.productivity + 1))
        return rarity + PER_PART + (SHORT_PART if len(part.surface) <= 3 else 0.0)
