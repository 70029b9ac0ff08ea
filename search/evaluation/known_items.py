"""Sets of queries made from the content itself: things that are there, asked for as somebody would who remembers them.

`title` is the whole title. The others are at most three words of the title, those that stand in the fewest titles, with
one of them changed: a letter wrong (`typo`), another form of the same word by the spelling dictionary (`inflected`),
written without æ, ø and å (`spelling`: ae, oe, aa, and every second time a, o, a), or one part of a compound instead of
the whole (`part`: the longest). Things with the same title are all right answers. Only what is public is asked for.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from partnerships.text.folding import bare
from search.analysis.current import current_analyser
from search.analysis.stopwords import is_stop_word_in_query
from search.analysis.words import words
from search.audience import PUBLIC
from search.documents import Record, title_key
from search.evaluation.inflections import Inflections
from search.evaluation.measures import Judged

CLASSES = ("title", "typo", "inflected", "spelling", "part")
REMEMBERED = 3
SHORTEST_MISTYPED = 5
SHORTEST_PART = 4
LETTERS = "abcdefghijklmnoprstuvyæøå"
FULL = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries by number, each with its language and what is rightly found."""

    texts: dict[str, tuple[str, str]]
    judged: Judged


Change = Callable[[str], str]


class KnownItems:
    """`records` are gone through once; what is kept of each is its title."""

    def __init__(self, records: Iterable[Record], inflections: Inflections, sample: int, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        self.inflections = inflections
        titles = [(record.id, record.texts[0].title) for record in records if _is_danish_and_public(record)]
        self.ids: dict[str, list[str]] = defaultdict(list)
        for key, title in titles:
            self.ids[title_key(title)].append(key)
        self.titles_with = Counter(word for _, title in titles for word in set(words(title)))
        self.titles = sorted({title_key(title): title for _, title in titles}.values())
        self.rng.shuffle(self.titles)
        self.sample = sample

    def sets(self) -> dict[str, QuerySet]:
        changes: dict[str, Change] = {
            "typo": self._mistyped,
            "inflected": self._inflected,
            "spelling": self._spelt,
            "part": _part,
        }
        whole = self._set((title, title) for title in self.titles)
        return {"title": whole, **{name: self._set(self._changed(change)) for name, change in changes.items()}}

    def _set(self, pairs: Iterable[tuple[str, str]]) -> QuerySet:
        texts, judged = {}, {}
        for number, (text, title) in zip(range(self.sample), pairs, strict=False):
            texts[str(number)] = (text, "da")
            judged[str(number)] = dict.fromkeys(self.ids[title_key(title)], 1)
        return QuerySet(texts, judged)

    def _changed(self, change: Change) -> Iterator[tuple[str, str]]:
        """Of each title the first word that can be changed in this way, the rarest first; titles without one are left out."""
        for title in self.titles:
            remembered = self._remembered(title)
            for word in sorted(remembered, key=lambda word: (self.titles_with[word], -len(word))):
                other = change(word)
                if other and other != word:
                    yield " ".join(other if one == word else one for one in remembered), title
                    break

    def _remembered(self, title: str) -> list[str]:
        telling = [word for word in dict.fromkeys(words(title)) if not is_stop_word_in_query(word, "da")]
        rarest = sorted(telling, key=lambda word: (self.titles_with[word], -len(word)))[:REMEMBERED]
        return [word for word in telling if word in rarest]

    def _mistyped(self, word: str) -> str:
        """One letter left out, put in, exchanged or swapped with the next; the first letter is right, as it mostly is."""
        if len(word) < SHORTEST_MISTYPED or not word.isalpha():
            return ""
        at = self.rng.randrange(1, len(word) - 1)
        letter = self.rng.choice(LETTERS)
        ways = (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
        return self.rng.choice(ways)

    def _inflected(self, word: str) -> str:
        others = self.inflections.others(word)
        return self.rng.choice(others) if others else ""

    def _spelt(self, word: str) -> str:
        return self.rng.choice((word.translate(FULL), bare(word))) if set(word) & set("æøå") else ""


def _part(word: str) -> str:
    parts = [part.lemma for part in current_analyser().parts(word) if len(part.lemma) >= SHORTEST_PART]
    return max(parts, key=len, default="")


def _is_danish_and_public(record: Record) -> bool:
    return record.texts[0].lang == "da" and PUBLIC in record.acl and record.kind != "person"
