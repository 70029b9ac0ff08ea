"""Synonyms at query time: what was typed also finds what the editors say means the same, a little more weakly.

The table is read whole and kept as terms; one small query a search says whether it is still the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from search.analysis.current import current_analyser
from search.analysis.terms import WordTerms
from search.analysis.words import words
from search.building import Asked, Other, Swap
from search.models import Synonym
from search.stamps import stamps


@dataclass(frozen=True)
class Table:
    """Terms of a word, or of words in a row → what else to search for. `longest` is the longest row of words."""

    lang: str
    seen: tuple
    others: dict[tuple[str, ...], list[str]]
    longest: int


_tables: dict[str, Table] = {}


def expanded(asked: Asked, table: Table) -> Asked:
    """The same search, with what its words also stand for. Quoted phrases mean themselves alone."""
    if not table.others or not asked.words:
        return asked
    return replace(asked, swaps=tuple(_swaps(asked.words, table)))


def _swaps(typed: tuple[WordTerms, ...], table: Table) -> Iterator[Swap]:
    """From left to right, the longest run of words first."""
    at = 0
    while at < len(typed):
        for length in range(min(table.longest, len(typed) - at), 0, -1):
            run = tuple(word.same[0] for word in typed[at : at + length])
            if others := table.others.get(run):
                yield Swap(at, length, tuple(_other(text, table.lang) for text in others))
                at += length
                break
        else:
            at += 1


def _other(text: str, lang: str) -> Other:
    analysed = [terms for word in words(text) if (terms := current_analyser().query_word(word, lang))]
    return Other(text, tuple(analysed))


def table_of(lang: str, seen: tuple | None = None) -> Table:
    """As the editors have it now. `seen` is its stamp, where one was read already."""
    seen = seen or stamps()[Synonym]
    known = _tables.get(lang)
    if known is None or known.seen != seen:
        known = _tables[lang] = table_from(Synonym.objects.filter(lang__in=("", lang)), lang, seen)
    return known


def table_from(rows: Iterable[Synonym], lang: str, seen: tuple = ()) -> Table:
    """Of these rows, kept or not."""
    others: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for row in rows:
        group = [row.word, *row.listed]
        for word in group if row.both_ways else group[:1]:
            key = _key(word, lang)
            others[key] += [other for other in group if _key(other, lang) != key and other not in others[key]]
    others.pop((), None)
    return Table(lang, seen, {key: found for key, found in others.items() if found}, max(map(len, others), default=0))


def _key(text: str, lang: str) -> tuple[str, ...]:
    return tuple(word.same[0] for word in _other(text, lang).words)
