"""What the portal asks of an engine. Everything about language, rights and ranking is decided before it is asked."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from search.documents import Document
from search.tree import Node


class EngineFailed(RuntimeError):
    """The engine did not answer, or not in time; the caller falls back, or tries again later."""


@dataclass(frozen=True, slots=True)
class Request:
    """`tokens` and `language` are filters that no caller can leave out."""

    tree: Node
    tokens: frozenset[str]
    language: str
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    days: tuple[int | None, int | None] = (None, None)
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    with_source: bool = True
    """Without it rows come sooner: for one who orders hundreds and shows a dozen."""


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    score: float
    day: int
    source: str


@dataclass(frozen=True, slots=True)
class Found:
    total: int = 0
    rows: tuple[Row, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class Engine(Protocol):
    """A generation is one whole index under a name; one of them is live and answers."""

    name: str

    def search(self, request: Request) -> Found: ...

    def live(self) -> str:
        """The generation that answers, or nothing before the first was built."""

    def generations(self) -> list[str]:
        """All that there are, known to the database or not."""

    def create(self, generation: str) -> None: ...

    def write(
        self, generation: str, documents: Iterable[Document], gone: Iterable[str] = (), *, version: int = 0
    ) -> None:
        """Replaces these rows and takes those out; kept for good and found when it returns.

        `version` was drawn before the database was read. An engine with many writers at once keeps the higher.
        """

    def write_passages(self, generation: str, passages: Mapping[str, Iterable[Document]], *, version: int = 0) -> None:
        """Replaces all passages of these rows; a row without any has none afterwards. They are no rows: not counted,
        not found by `search`, and no part of any score there."""

    def best_passages(self, request: Request) -> Found:
        """The best passage of each row that `filters["part_of"]` names and the tokens let through, in no order."""

    def count(self, generation: str) -> int: ...

    def digests(self, generation: str) -> Iterator[tuple[str, str]]:
        """Id and digest of every row, for the audit."""

    def promote(self, generation: str) -> None:
        """From now on this generation answers; no search fails meanwhile."""

    def drop(self, generation: str) -> None: ...

    def one_writer(self) -> AbstractContextManager[bool]:
        """Held from reading the database to writing the index, where two writers would harm each other.

        False where another writes now and did not finish in time.
        """
