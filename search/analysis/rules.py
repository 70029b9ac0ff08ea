"""What editors say about single words, which the dictionary gets wrong or does not know. It comes before the dictionary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from partnerships.text.folding import fold

from .compounds import Part, Splitter, Table

FAMILIAR = 20
"""An editor's word counts as one that the dictionary has this many compounds with."""
LINKS = ("", "s", "e", "er", "en", "n", "r")


@dataclass(frozen=True, slots=True)
class Rule:
    """parts: none where the word stays whole. opens: how it stands before another word, where it is a part of compounds."""

    word: str
    parts: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    is_element: bool = False


@dataclass(frozen=True, eq=False)
class Rules:
    """Compared as one thing: whoever reads them anew has new ones."""

    rules: tuple[Rule, ...] = ()


def as_written(word: str, parts: Sequence[str]) -> list[str]:
    """The pieces of the word, linking letters at the end of each; nothing where these parts do not make up the word."""
    head, *others = parts
    if not word.startswith(head):
        return []
    if not others:
        return [word]
    for link in LINKS:
        piece = head + link
        if word.startswith(piece) and (rest := as_written(word[len(piece) :], others)):
            return [piece, *rest]
    return []


def spellings(words: Iterable[str], table: Table) -> dict[str, tuple[str, ...]]:
    """How each word may begin in a text: itself, without a last e that its forms may drop, and its irregular forms."""
    known = {word: {fold(word.removesuffix("e"))} for word in words}
    for form, lemma in table.forms.items():
        if lemma in known:
            known[lemma].add(fold(form))
    return {word: tuple(sorted(forms)) for word, forms in known.items()}


def has_any(text: str, wanted: Iterable[str]) -> bool:
    """A word may be held together by a hyphen, too."""
    folded = fold(text)
    joined = folded.replace("-", "")
    return any(spelling in folded or spelling in joined for spelling in wanted)


class RuledSplitter(Splitter):
    """Splits by the dictionary, except where a rule speaks of the word or of a part of it."""

    def __init__(self, table: Table, rules: Rules) -> None:
        exceptions = [rule for rule in rules.rules if not rule.is_element]
        forms = {form: rule.word for rule in rules.rules for form in (rule.word, f"{rule.word}s", *rule.opens)}
        first = {form: (word, FAMILIAR) for form, word in forms.items()}
        last = {table.base(rule.word): (FAMILIAR, len(rule.word)) for rule in rules.rules}
        whole = {table.base(rule.word) for rule in exceptions if not rule.parts}
        super().__init__(
            replace(table, first={**table.first, **first}, last={**table.last, **last}, whole=table.whole | whole)
        )
        self.ruled = {table.base(rule.word): rule for rule in exceptions if rule.parts}
        known = spellings([rule.word for rule in rules.rules], table) if rules.rules else {}
        self.spelt = [(rule, known[rule.word]) for rule in rules.rules]

    def touching(self, text: str) -> list[Rule]:
        """The rules whose word stands in this text."""
        return [rule for rule, forms in self.spelt if has_any(text, forms)]

    def parts(self, word: str) -> list[Part]:
        return self._ruled(word) or super().parts(word)

    def _again(self, part: Part) -> list[Part]:
        leaves = self._ruled(part.lemma)
        return self._in(part.surface, leaves) if leaves else super()._again(part)

    def _ruled(self, word: str) -> list[Part]:
        """The parts that an editor named, as they stand in this form of the word."""
        rule = self.ruled.get(self.table.base(word)) if self.ruled else None
        if not rule:
            return []
        pieces = as_written(word, rule.parts) or as_written(rule.word, rule.parts)
        named = [Part(piece, part, FAMILIAR) for piece, part in zip(pieces, rule.parts, strict=True)]
        return self._in(word, named)
