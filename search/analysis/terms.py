"""From a text to index terms, and from a word in a query to the terms that mean the same or a part of it.

A stem is folded after stemming, never before: bioenergi would otherwise lose its energi to the letter ø. The other order,
the other language's stem, the form without æøå and the parts of a compound are extra terms, in fields of lower weight.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import Any

from partnerships.text.folding import bare, bare_of_folded, fold

from .compounds import Part
from .likeness import Odd, likely, odd_beginnings
from .rules import RuledSplitter
from .stems import plain_stem, stem
from .stopwords import is_stop_word, is_stop_word_in_query
from .words import joined, normal_word, raw_words, words

OTHER = {"da": "en", "en": "da"}
KEPT_NAMES, KEPT_QUESTIONS = 20_000, 500
OfWord = tuple[str, tuple[str, ...]]
"""Its main term, and all others it can be found by."""


class Kept(dict):
    """What was once made for a key. Grown too large it begins anew: a portal of 100,000 texts has some 300,000 words, each
    costs a few hundred bytes, and splitting one costs as much as looking up a hundred."""

    MOST = 500_000

    def __init__(self, make: Callable[[str], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: str) -> Any:
        if len(self) >= self.MOST:
            self.clear()
        made = self[key] = self.make(key)
        return made


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
        self.name = lru_cache(maxsize=KEPT_NAMES)(self.written)
        self._in_texts = Kept(lambda lang: Kept(partial(self._in_text, lang)))
        self._of_words = Kept(lambda lang: Kept(partial(self._of_word, lang)))
        self._terms = Kept(lambda lang: Kept(partial(self._term, lang)))
        self._spelt = Kept(self._of_part)

    def text(self, text: str, lang: str) -> Terms:
        """Stop words leave no gap, in texts as in phrases."""
        main, extra = self.written(text, lang)
        return Terms(tuple(main.split()), tuple(extra.split()))

    def written(self, text: str, lang: str) -> tuple[str, str]:
        """The same, main terms and extra ones each as a text with spaces between them, as engines take them."""
        known = self._in_texts[lang]
        found = [terms for raw in raw_words(text) if (terms := known[raw])]
        extra = [extra for _main, extra in found if extra]
        for word in joined(text):
            extra += [self.term(word, lang), *self.extra_terms(word, lang)]
        return " ".join([main for main, _extra in found]), " ".join(extra)

    def _in_text(self, lang: str, raw: str) -> tuple[str, str] | None:
        """Of a word as it stands in a text, unless it is too common: all that is looked up for a word seen before."""
        word = normal_word(raw)
        if is_stop_word(word, lang):
            return None
        main, extra = self._of_words[lang][word]
        return main, " ".join(extra)

    def term(self, word: str, lang: str) -> str:
        """The one term a word has in the main fields."""
        return self._terms[lang][word]

    def extra_terms(self, word: str, lang: str) -> tuple[str, ...]:
        """All others it can be found by."""
        return self._of_words[lang][word][1]

    @cached_property
    def _odd(self) -> Odd:
        return odd_beginnings(self.splitter.table)

    def _might_have(self, terms: frozenset[str]) -> Callable[[str], object]:
        """A quick look at a word as it is written: false only where it has none of these terms."""
        return likely(terms, self._odd)

    def _term(self, lang: str, word: str) -> str:
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

    def parts(self, word: str) -> list[Part]:
        """As written first; a compound typed with ae, oe or aa is split in its Danish spelling."""
        return self.splitter.parts(word) or (self.splitter.parts(fold(word)) if fold(word) != word else [])

    def _of_word(self, lang: str, word: str) -> OfWord:
        folded, base, plain = fold(word), self.base(word, lang), plain_stem(word, lang)
        is_folded = folded == word
        main = _folded(base, word, is_folded)
        found = [
            base if is_folded else self.base(folded, lang),
            _folded(self.base(word, OTHER.get(lang, "en")), word, is_folded),
            bare_of_folded(main),
        ]
        if plain != base:
            found.append(bare(plain))
        if lang == "da":
            found += self._sub_compounds(word)
        return main, tuple(term for term in dict.fromkeys(found) if term != main)

    def _sub_compounds(self, word: str) -> list[str]:
        """Every run of neighbouring parts but the whole: fjernvarme, varmeanlæg, fjern, varme, anlæg."""
        parts = self.parts(word)
        found = []
        for start in range(len(parts)):
            head = ""
            for part in parts[start : len(parts) - (start == 0)]:
                found += self._spelt[head + part.lemma]
                head += part.surface
        return found

    def _of_part(self, part: str) -> tuple[str, str]:
        """The term of a part, and the form without æ, ø and å."""
        term = self.term(part, "da")
        return term, bare_of_folded(term)


def _folded(stem: str, word: str, word_is_folded: bool) -> str:
    """Most stems are the beginning of a word that is folded already, and asking for a million of them takes seconds."""
    return stem if word_is_folded and word.startswith(stem) else fold(stem)
