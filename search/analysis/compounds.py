"""Danish compounds fall into their parts: spildevandsrensning is found by spildevand, by vand and by rensning.

A shortest-path search over the word. Each element costs by how rarely it takes part in the dictionary's own compounds;
the cheapest way of at least two parts wins. Nothing here knows the dictionary or a file: a Table is all it needs.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from .exceptions import NEVER_LAST
from .stems import stem

PER_PART, SHORT_PART, SHORT = 3.0, 2.0, 3
SHORTEST_WORD, SPLIT_AGAIN = 5, 5
FREE_LENGTH, FREE_PRODUCTIVITY = 4, 20
LONGEST_WORD = 60
KEPT = 60_000


class Part(NamedTuple):
    """One element as it stands in the word, and the word it comes from: affalds, affald."""

    surface: str
    lemma: str
    productivity: int


class Closing(NamedTuple):
    """An element that may stand last, and what it costs."""

    part: Part
    cost: float


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

    def cost(self, productivity: int, size: int) -> float:
        """What an element costs that so many words of the dictionary are made with."""
        rarity = math.log(self._weight / (productivity + 1))
        return rarity + PER_PART + (SHORT_PART if size <= SHORT else 0.0)

    @cached_property
    def openings(self) -> dict[str, float | None]:
        """What each first element costs, and nothing for what only begins one: who reads on letter by letter may stop
        where neither is known."""
        begun: dict[str, float | None] = {
            surface[:end]: None for surface in self.first for end in range(2, len(surface))
        }
        return begun | {surface: self.cost(entry[1], len(surface)) for surface, entry in self.first.items()}


class Splitter:
    """Splits one word at a time; besides the table it keeps only what it has found out about elements."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._leaves = lru_cache(maxsize=KEPT)(self._smaller)
        self._closing = lru_cache(maxsize=KEPT)(self._closed)

    def parts(self, word: str) -> list[Part]:
        """The smallest parts in order, or nothing where the word is not a compound."""
        if not SHORTEST_WORD <= len(word) <= LONGEST_WORD or self.table.base(word) in self.table.whole:
            return []
        return [leaf for part in self._cheapest(word) for leaf in self._again(part)]

    def _again(self, part: Part) -> list[Part]:
        leaves = self._leaves(part.lemma)
        return self._in(part.surface, leaves) if leaves else [part]

    def _smaller(self, lemma: str) -> list[Part]:
        """What an element itself is made of, if it is a compound of parts that are no chance."""
        if len(lemma) < SPLIT_AGAIN or self.table.base(lemma) in self.table.whole:
            return []
        found = self._cheapest(lemma)
        if any(len(part.lemma) < FREE_LENGTH and part.productivity < FREE_PRODUCTIVITY for part in found):
            return []
        return [leaf for part in found for leaf in self._again(part)]

    @staticmethod
    def _in(surface: str, leaves: list[Part]) -> list[Part]:
        """The leaves as they stand in this surface: its ending, or its link to the next element, belongs to the last."""
        before = sum(len(leaf.surface) for leaf in leaves[:-1])
        return [*leaves[:-1], leaves[-1]._replace(surface=surface[before:])]

    def _cheapest(self, word: str) -> list[Part]:
        """best[end]: what it costs to get there; came[end]: where the element that ends there begins."""
        size, openings = len(word), self.table.openings
        best, came = [math.inf] * (size + 1), [0] * (size + 1)
        best[0] = 0.0
        for start in range(size - 1):
            here = best[start]
            if here == math.inf:
                continue
            for end in range(start + 2, size):
                cost = openings.get(word[start:end], math.inf)
                if cost == math.inf:
                    break
                if cost is not None and here + cost < best[end]:
                    best[end], came[end] = here + cost, start
            if start and (rest := self._closing(word[start:])) and here + rest.cost < best[size]:
                best[size], came[size] = here + rest.cost, start
        return self._along(word, came) if best[size] < math.inf else []

    def _along(self, word: str, came: list[int]) -> list[Part]:
        """The way back from the end of the word."""
        end = came[-1]
        found = [self._closing(word[end:]).part]
        while end:
            surface = word[came[end] : end]
            found.append(Part(surface, *self.table.first[surface]))
            end = came[end]
        return found[::-1]

    def _closed(self, surface: str) -> Closing | None:
        """The rest of a word, where it may stand last."""
        base = self.table.base(surface)
        productivity, shortest = self.table.last.get(base, (0, LONGEST_WORD + 1))
        if surface in NEVER_LAST or base in NEVER_LAST or len(surface) < shortest:
            return None
        return Closing(Part(surface, surface, productivity), self.table.cost(productivity, len(surface)))
