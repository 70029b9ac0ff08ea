"""Words one may have meant: near in spelling, or beginning like what is typed. Only words of public things.

Each process keeps the known words in memory and reads what has changed since it last looked.
"""

import heapq
import threading
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

from symspellpy import SymSpell, Verbosity

from partnerships.text.folding import fold
from search.models import KnownWord

LEAST = 3
LEAST_IN_SMALL = 2
SMALL = 20_000
"""Where fewer words are counted than this, two things that have a word make it a known one. Measured on the demonstration
with a slip in each of 250 words that stand in two things or more: .87 are mended so, .52 with three."""
SHORTEST = 4
TWO_LETTERS_FROM = 8
OVERLAP = 50
"""Versions are looked at again, since a change with a lower number may be kept after one with a higher."""


@dataclass
class Speller:
    """The known words of one language; `seen` is the newest change it has read."""

    lang: str
    seen: int = 0
    least: int = LEAST
    near: SymSpell = field(default_factory=lambda: SymSpell(max_dictionary_edit_distance=2, prefix_length=7))
    spellings: dict[str, str] = field(default_factory=dict)
    ordered: list[str] = field(default_factory=list)

    def read(self, newest: int) -> None:
        rows = KnownWord.objects.filter(lang=self.lang, version__gt=self.seen - OVERLAP)
        for word, spelling, documents in rows.values_list("word", "spelling", "documents").iterator():
            if documents >= self.least:
                self._learn(word, spelling, documents)
            else:
                self._forget(word)
        self.ordered = sorted(self.spellings)
        self.seen = newest

    def _learn(self, word: str, spelling: str, documents: int) -> None:
        """The library would add up what it is told twice."""
        if word not in self.spellings:
            self.near.create_dictionary_entry(word, documents)
        self.near.words[word] = documents
        self.spellings[word] = spelling

    def _forget(self, word: str) -> None:
        if word in self.spellings:
            self.near.delete_dictionary_entry(word)
            del self.spellings[word]

    def knows(self, word: str) -> bool:
        return fold(word) in self.spellings

    def standing(self, words: Iterable[str]) -> frozenset[str]:
        """Those that some public thing has, and be it one: whoever types them has not slipped."""
        folded = {word: fold(word) for word in words}
        rows = KnownWord.objects.filter(lang=self.lang, word__in=set(folded.values()), documents__gt=0)
        found = set(rows.values_list("word", flat=True))
        return frozenset(word for word, plain in folded.items() if plain in found)

    def nearest(self, word: str, most: int = 3) -> list[str]:
        """The likeliest first: as few letters off as can be, then the more frequent."""
        folded = fold(word)
        if len(folded) < SHORTEST or not folded.isalpha() or folded in self.spellings:
            return []
        letters = 2 if len(folded) >= TWO_LETTERS_FROM else 1
        found = self.near.lookup(folded, Verbosity.CLOSEST, max_edit_distance=letters)
        return [self.spellings[one.term] for one in found[:most]]

    def beginning_with(self, start: str, most: int) -> list[str]:
        """The most frequent ones."""
        folded = fold(start)
        found = self.ordered[bisect_left(self.ordered, folded) : bisect_left(self.ordered, folded + "\U0010ffff")]
        best = heapq.nlargest(most, found, key=lambda word: self.near.words.get(word, 0))
        return [self.spellings[word] for word in best]


_spellers: dict[str, Speller] = {}
_reading = threading.Lock()


def speller(lang: str) -> Speller:
    """Up to date with the last change that was kept, by whichever process."""
    newest = KnownWord.objects.order_by("-version").values_list("version", flat=True).first() or 0
    known = _spellers.get(lang)
    if known and known.seen == newest:
        return known
    with _reading:
        known = _spellers.get(lang)
        if known is None or _is_counted_anew(known.seen, newest):
            rows = KnownWord.objects.filter(lang=lang)
            known = Speller(lang, least=LEAST_IN_SMALL if rows.count() < SMALL else LEAST)
        if known.seen != newest:
            known.read(newest)
        _spellers[lang] = known
    return known


def forget() -> None:
    """Begins anew with the next question, where the database is another one."""
    _spellers.clear()


def _is_counted_anew(seen: int, newest: int) -> bool:
    """After a rebuild no word is as old as what was read before it."""
    return newest < seen or not KnownWord.objects.filter(version__lte=seen).exists()
