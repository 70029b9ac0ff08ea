"""The words of public things, counted: made anew with every rebuild, and changed by as much as a thing has changed.

What a thing said before stands in the index until it is written, so a change takes its old words off and puts its new
ones on. Two changes of one thing at the same moment may count a word once too often; the next rebuild sets it right.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache

from django.db import connection, transaction

from partnerships.text.folding import fold, normal
from search.analysis.stopwords import DANISH, ENGLISH
from search.audience import PUBLIC
from search.documents import Record
from search.engines import current_engine
from search.engines.base import EngineFailed, Request
from search.models import KnownWord
from search.outbox import draw_version
from search.records import LANGUAGES
from search.tree import Everything

AT_ONCE = 500
INSERTED_AT_ONCE = 10_000
COMMON = DANISH | ENGLISH
_LETTERS = re.compile(r"[^\W\d_]{3,30}")
Words = dict[str, str]
Key = tuple[str, str]


class Tally:
    """Counts while a generation is filled, and takes the place of what was counted before."""

    def __init__(self) -> None:
        self.answering: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        """By the languages that things answer in, since most of them answer in the same."""
        self.spellings: Words = {}

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            if PUBLIC in record.acl:
                self._add(record)

    def _add(self, record: Record) -> None:
        found = _of_record(record)
        for word, spelling in found.items():
            self.spellings.setdefault(word, spelling)
        self.answering[record.for_lang].update(found.keys())

    @property
    def documents(self) -> Counter[Key]:
        found: Counter[Key] = Counter()
        for langs, words in self.answering.items():
            for lang in langs:
                found.update({(lang, word): count for word, count in words.items()})
        return found

    @transaction.atomic
    def keep(self) -> None:
        KnownWord.objects.all().delete()
        _create(self.documents, self.spellings)


@contextmanager
def counted_anew(present: Iterable[Record], gone: Iterable[str]) -> Iterator[None]:
    """Around the writing of these rows: what they said before is read, and afterwards the difference is kept."""
    tally = Tally()
    tally.add(present)
    before = _in_the_index([*(record.id for record in present), *gone])
    yield
    if before is not None:
        _change(tally, before)


def _in_the_index(keys: list[str]) -> Counter[Key] | None:
    """Nothing before the first index stands: its own count comes with it."""
    if not keys:
        return None
    found: Counter[Key] = Counter()
    try:
        for lang in LANGUAGES:
            request = Request(Everything(), frozenset({PUBLIC}), lang, filters={"id": tuple(keys)}, limit=len(keys))
            for row in current_engine().search(request).rows:
                kept = json.loads(row.source)
                said = [part for _lang, *parts in kept["texts"] for part in parts]
                found.update((lang, word) for word in words_of([*said, *kept["names"]]))
    except EngineFailed:
        return None
    return found


def _change(tally: Tally, before: Counter[Key]) -> None:
    change = tally.documents
    change.subtract(before)
    if changed := {key: by for key, by in change.items() if by}:
        with transaction.atomic():
            rows = {(row.lang, row.word): row for row in _rows({word for _, word in changed})}
            _add_up([rows[key] for key in rows.keys() & changed.keys()], changed)
            _create({key: by for key, by in changed.items() if by > 0 and key not in rows}, tally.spellings)


def _add_up(rows: list[KnownWord], changed: dict[Key, int]) -> None:
    version = draw_version()
    for row in rows:
        row.documents, row.version = max(row.documents + changed[row.lang, row.word], 0), version
    KnownWord.objects.bulk_update(rows, ["documents", "version"], batch_size=AT_ONCE)


def _rows(words: set[str]) -> Iterator[KnownWord]:
    listed = sorted(words)
    for first in range(0, len(listed), AT_ONCE):
        yield from KnownWord.objects.filter(word__in=listed[first : first + AT_ONCE])


def _create(documents: dict[Key, int], spellings: Words) -> None:
    """A portal has hundreds of thousands of words, too many to make a model of each."""
    if not documents:
        return
    version = draw_version()
    columns = ("lang", "word", "spelling", "documents", "version")
    quoted = ", ".join(map(connection.ops.quote_name, columns))
    table = connection.ops.quote_name(KnownWord._meta.db_table)
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({places}) ON CONFLICT DO NOTHING"  # noqa: S608
    rows = [(lang, word, spellings[word], count, version) for (lang, word), count in sorted(documents.items())]
    with connection.cursor() as cursor:
        for first in range(0, len(rows), INSERTED_AT_ONCE):
            cursor.executemany(statement, rows[first : first + INSERTED_AT_ONCE])


def _of_record(record: Record) -> Words:
    said = [part for text in record.texts for part in (text.title, text.summary, text.body)]
    return words_of([*said, *record.names])


def words_of(texts: Iterable[str]) -> Words:
    """Folded word → a spelling of it, for all that carry meaning."""
    found = set(_LETTERS.findall(normal(" ".join(texts))))
    return {_folded(spelling): spelling for spelling in sorted(found - COMMON)}


_folded = lru_cache(maxsize=200_000)(fold)
