"""Danish words as often as they come: first what this field writes about, then the dictionary, by Zipf's law.

The frequent end is real: the small function words, and the words of the demonstration's texts by how often they stand
there. The long tail is the dictionary's nouns in a shuffled order. The word of rank r comes with weight
1 / (r + 2.7) ** 1.07 (Mandelbrot's form, as measured on natural languages), and a noun stands in its plain form in six
of ten cases, else in another form of the same word, a genitive a quarter as often as the others.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, cycle, islice
from pathlib import Path

from search.analysis.dictionary import read_lexicon
from search.analysis.stopwords import DANISH, ENGLISH
from search.analysis.words import words
from search.evaluation.inflections import Inflections

SHIFT, EXPONENT = 2.7, 1.07
PLAIN, GENITIVE = 0.6, 0.25
SHORTEST, LONGEST = 5, 18
FORMS_OF_A_NOUN = 4


class Language:
    """Draws words of common language, and takes nouns for the vocabularies of subjects."""

    def __init__(self, rng: random.Random, dictionary: Path, texts: Iterable[str], size: int) -> None:
        self.rng = rng
        self.inflections = Inflections.read(dictionary)
        self.nouns = _nouns(dictionary)
        rng.shuffle(self.nouns)
        self._usual = self._usual_nouns()
        ranked = [*sorted(DANISH), *filter(self.inflections.knows, _frequent(texts)), *self.take(size)]
        self._surfaces, weights = self._forms_with_weights(ranked)
        self._weights = list(accumulate(weights))

    def take(self, count: int) -> list[str]:
        """Nouns for one purpose alone; the longest list ends too, and then they come again."""
        return list(islice(self._usual, count))

    def _usual_nouns(self) -> Iterator[str]:
        """Latin and other words without a Danish plural are no words of a portal."""
        return (word for word in cycle(self.nouns) if len(self.inflections.others(word)) >= FORMS_OF_A_NOUN)

    def some(self, count: int) -> list[str]:
        return self.rng.choices(self._surfaces, cum_weights=self._weights, k=count)

    def form(self, word: str) -> str:
        """This word as it may stand in a text."""
        others = self.inflections.others(word)
        return word if not others or self.rng.random() < PLAIN else self.rng.choices(others, _shares(others))[0]

    def _forms_with_weights(self, ranked: Iterable[str]) -> tuple[list[str], list[float]]:
        surfaces, weights = [], []
        for rank, word in enumerate(dict.fromkeys(ranked), start=1):
            weight = zipf(rank)
            others = () if word in DANISH else self.inflections.others(word)
            surfaces += [word, *others]
            weights += [weight * PLAIN if others else weight]
            weights += [weight * (1 - PLAIN) * share for share in _shares(others)]
        return surfaces, weights


def zipf(rank: int) -> float:
    return 1 / (rank + SHIFT) ** EXPONENT


def _shares(forms: Iterable[str]) -> list[float]:
    """Of the forms that are not the plain one; together they are one."""
    shares = [GENITIVE if form.endswith("s") else 1.0 for form in forms]
    return [share / sum(shares) for share in shares]


def _nouns(dictionary: Path) -> list[str]:
    lexicon = read_lexicon((dictionary / "index.dic").read_text(encoding="utf-8").splitlines()[1:])
    return sorted(word for word in lexicon.last if SHORTEST <= len(word) <= LONGEST)


def _frequent(texts: Iterable[str]) -> list[str]:
    counts = Counter(word for text in texts for word in words(text) if word.isalpha())
    return [word for word, count in counts.most_common() if count > 1 and len(word) > 1 and word not in ENGLISH]
