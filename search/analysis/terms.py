"""From a text to index terms, and from a word in a query to the terms that mean the same or a part of it.

A stem is folded after stemming, never before: bioenergi would otherwise lose its energi to the letter ø. The other order,
the other language's stem, the form without æøå and the parts of a compound are extra terms, in fields of lower weight.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from partnerships.text.folding import bare, fold

from .compounds import Part
from .likeness import Odd, likely, odd_beginnings
from .rules import RuledSplitter
from .stems import plain_stem, stem
from .stopwords import is_stop_word, is_stop_word_in_query
from .words import joined, normal_word, raw_words, words

OTHER = {"da": "en", "en": "da"}
KEPT_WORDS, KEPT_NAMES, KEPT_QUESTIONS = 200_000, 20_000, 500
"""A portal of 100,000 texts has about so many; each costs some 100 bytes, and splitting one costs 50 µs."""


@dataclass(frozen=True, slots=True)
class Terms:
    """main keeps the order of the text, for phrases; extra is everything else a text can be found by."""

    main: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordTerms:
    """same: spellings and stems of the word itself, the likeliest first. parts: of a compound, all needed together."""

    word: str
    same: tuple[str, ...]
    parts: tuple[str, ...]


class Analyser:
    """Used for documents, queries and marking alike, so that the three always agree."""

    def __init__(self, splitter: RuledSplitter) -> None:
        self.splitter = splitter
        self.might_have = lru_cache(maxsize=KEPT_QUESTIONS)(self._might_have)
        self.name = lru_cache(maxsize=KEPT_NAMES)(self.text)
        self.written = lru_cache(maxsize=KEPT_WORDS)(self._written)
        self.term = lru_cache(maxsize=KEPT_WORDS)(self._term)
        self.extra_terms = lru_cache(maxsize=KEPT_WORDS)(self._extra_terms)
        self.spelt = lru_cache(maxsize=60_000)(self._spelt)
        self.parts = lru_cache(maxsize=60_000)(self._parts)

    def text(self, text: str, lang: str) -> Terms:
        """Stop words leave no gap, in texts as in phrases."""
        main: list[str] = []
        extra: list[str] = []
        for raw in raw_words(text):
            terms = self.written(raw, lang)
            if terms:
                main.append(terms[0])
                extra += terms[1]
        for word in joined(text):
            extra += [self.term(word, lang), *self.extra_terms(word, lang)]
        return Terms(tuple(main), tuple(extra))

    def _written(self, raw: str, lang: str) -> tuple[str, tuple[str, ...]] | None:
        """The main term and the extra ones of a word as it stands in a text, unless it is too common: all that is looked
        up for each word of a text that was seen before."""
        word = normal_word(raw)
        return None if is_stop_word(word, lang) else (self.term(word, lang), self.extra_terms(word, lang))

    @cached_property
    def _odd(self) -> Odd:
        return odd_beginnings(self.splitter.table)

    def _might_have(self, terms: frozenset[str]) -> Callable[[str], object]:
        """A quick look at a word as it is written: false only where it has none of these terms."""
        return likely(terms, self._odd)

    def _term(self, word: str, lang: str) -> str:
        """The one term a word has in the main fields."""
        return fold(self.base(word, lang))

    def base(self, word: str, lang: str) -> str:
        """All forms of a word have one: a Danish word by its lemma, any other by its stem alone."""
        return self.splitter.table.base(word) if lang == "da" else stem(word, lang)

    def query_word(self, word: str, lang: str) -> WordTerms | None:
        """Nothing for a word too common to search for."""
        if is_stop_word_in_query(word, lang):
            return None
        other = OTHER.get(lang, "en")
        same = (self.term(word, lang), self.term(word, other), self.base(fold(word), lang))
        parts = tuple(dict.fromkeys(self.term(part.lemma, "da") for part in self.parts(word)))
        return WordTerms(word, tuple(dict.fromkeys(same)), parts)

    def phrase(self, text: str, lang: str) -> tuple[str, ...]:
        """The main terms of a quoted phrase in order."""
        return tuple(self.term(word, lang) for word in words(text) if not is_stop_word(word, lang))

    def split(self, text: str) -> list[Part]:
        """The parts of a word as somebody typed it: capitals and composed letters do not matter."""
        return [part for word in words(text) for part in self.parts(word)]

    def _parts(self, word: str) -> list[Part]:
        """As written first; a compound typed with ae, oe or aa is split in its Danish spelling."""
        return self.splitter.parts(word) or (self.splitter.parts(fold(word)) if fold(word) != word else [])

    def _extra_terms(self, word: str, lang: str) -> tuple[str, ...]:
        main = self.term(word, lang)
        found = [
            self.base(fold(word), lang),
            self.term(word, OTHER.get(lang, "en")),
            bare(main),
            bare(plain_stem(word, lang)),
        ]
        if lang == "da":
            found += self._sub_compounds(word)
        return tuple(term for term in dict.fromkeys(found) if term != main)

    def _sub_compounds(self, word: str) -> list[str]:
        """Every run of neighbouring parts but the whole: fjernvarme, varmeanlæg, fjern, varme, anlæg."""
        parts = self.parts(word)
        found = []
        for start in range(len(parts)):
            head = ""
            for part in parts[start : len(parts) - (start == 0)]:
                found += self.spelt(head + part.lemma)
                head += part.surface
        return found

    def _spelt(self, part: str) -> tuple[str, str]:
        """The term of a part, and the form without æ, ø and å."""
        term = self.term(part, "da")
        return term, bare(term)
