"""The forms a Danish word takes, read from the spelling dictionary's own rules: anlæg, anlægget, anlæggene, anlæggets."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, Self

WANTED = frozenset("GENITIV BESTEMT_ENTAL PLUR_BEK PLUR_UBEK NUTID DATID PERF_PART".split())
DOUBLING = "KONSONANT_FORDOBLING"
LONGEST_ENDING = 6
SHORTEST_PART = 3
_LETTERS = re.compile(r"[a-zæøåéü]+")


class Rule(NamedTuple):
    drop: str
    ending: str
    then: frozenset[str]
    where: re.Pattern
    means: str


class DictionaryFilesMissing(RuntimeError):
    """Said in one line, with the command that helps."""


class Inflections:
    """Each entry's flags, and what a flag does. A compound that is not listed is inflected by its last part."""

    def __init__(self, entries: dict[str, list[frozenset[str]]], rules: dict[str, list[Rule]]) -> None:
        self.entries, self.rules = entries, rules
        self.others = lru_cache(maxsize=100_000)(self._others)

    @classmethod
    @cache
    def read(cls, folder: Path) -> Self:
        if not (folder / "index.aff").exists():
            raise DictionaryFilesMissing(f"{folder} is not there. Run: npm ci")
        affixes = (folder / "index.aff").read_text(encoding="utf-8").splitlines()
        entries = (folder / "index.dic").read_text(encoding="utf-8").splitlines()[1:]
        return cls(_entries(entries), _rules(affixes))

    def knows(self, word: str) -> bool:
        """Whether it is a listed Danish word, or a form of one."""
        return word in self.entries or bool(self.others(word))

    def _others(self, word: str) -> tuple[str, ...]:
        """The other forms of the same word, whichever form this is; nothing where the dictionary does not know it."""
        family = next((found for family in self._families(word) if len(found := family | {word}) > 1), set())
        return tuple(sorted(family - {word}))

    def _families(self, word: str) -> Iterator[set[str]]:
        """As a listed word; as a form of one; as a compound whose last part is either."""
        yield self._listed(word, word)
        for lemma in _possible_lemmas(word):
            yield self._listed(lemma, word)
        for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
            head, last = word[:at], word[at:]
            for lemma in (last, *_possible_lemmas(last)):
                yield {head + form for form in self._listed(lemma, last)}

    def _listed(self, lemma: str, form: str) -> set[str]:
        """All forms of this lemma, if the form is one of them."""
        families = ({lemma, *self._applied(lemma, flags)} for flags in self.entries.get(lemma, ()))
        return next((family for family in families if form in family and len(family) > 1), set())

    def _applied(self, word: str, flags: Iterable[str]) -> Iterable[str]:
        for rule in (rule for flag in flags for rule in self.rules.get(flag, ())):
            if not (word.endswith(rule.drop) and rule.where.search(word)):
                continue
            form = word[: len(word) - len(rule.drop)] + rule.ending
            if rule.means in WANTED or rule.ending.endswith("e"):
                yield form
            if rule.means == DOUBLING:
                yield from self._applied(form, rule.then)


def _possible_lemmas(word: str) -> Iterator[str]:
    bases = (word[: len(word) - cut] for cut in range(1, min(LONGEST_ENDING, len(word) - 2)))
    return (lemma for base in bases for lemma in (base, f"{base}e"))


def _entries(lines: Iterable[str]) -> dict[str, list[frozenset[str]]]:
    """A word that is both noun and verb has two entries."""
    entries: dict[str, list[frozenset[str]]] = defaultdict(list)
    for line in lines:
        word, _, marks = (line.split(maxsplit=1) or [""])[0].partition("/")
        if _LETTERS.fullmatch(word) and marks:
            entries[word].append(frozenset(marks.split(",")))
    return dict(entries)


def _rules(lines: Iterable[str]) -> dict[str, list[Rule]]:
    rules: dict[str, list[Rule]] = defaultdict(list)
    for line in lines:
        match line.split():
            case ["SFX", flag, drop, ending, where, *means] if means and means[0].startswith("+"):
                added, _, then = ending.partition("/")
                rule = Rule(*(_none(text) for text in (drop, added)), _marks(then), _condition(where), means[0][1:])
                if _LETTERS.fullmatch(rule.ending or "e") and rule.means in {*WANTED, DOUBLING}:
                    rules[flag].append(rule)
    return rules


def _marks(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split(",")))


def _none(text: str) -> str:
    return "" if text == "0" else text


def _condition(text: str) -> re.Pattern:
    return re.compile(f"(?:{text})$")
