"""Does the index say what the database says? Compared row by row; what differs is written anew.

A term that ended last night changes no row, so no signal tells of it: the nightly audit finds that too.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from search import indexing, outbox
from search.documents import digest
from search.engines import current_engine
from search.sources import SOURCES
from search.swapping import believe_the_engine
from search.word_rules import follow_rules


@dataclass(frozen=True, slots=True)
class Drift:
    """Ids that the index lacks, has without a right, or has in another state."""

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    stale: tuple[str, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.missing, *self.surplus, *self.stale)


def compare() -> Drift:
    """The index is read first: what changes meanwhile is at worst written once more."""
    engine = current_engine()
    follow_rules()
    held = dict(engine.digests(engine.live()))
    wanted = dict(_wanted())
    return Drift(
        missing=tuple(sorted(wanted.keys() - held.keys())),
        surplus=tuple(sorted(held.keys() - wanted.keys())),
        stale=tuple(sorted(key for key in wanted.keys() & held.keys() if wanted[key] != held[key])),
    )


def mend(drift: Drift) -> int:
    """Returns how many rows were written, into the generation that was compared."""
    believe_the_engine()
    outbox.put(drift.keys)
    return indexing.catch_up()


def _wanted() -> Iterator[tuple[str, str]]:
    for source in SOURCES.values():
        yield from ((record.id, digest(record)) for record in source.records())
