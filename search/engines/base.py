"""What the portal asks of an engine. Everything about language, rights and ranking is decided before it is asked."""

from collections.abc import Iterable, Mapping
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

    def create(self, generation: str) -> None: ...

    def write(self, generation: str, documents: Iterable[Document], gone: Iterable[str] = ()) -> None:
        """Replaces these rows and takes those out; kept for good when it returns."""

    def count(self, generation: str) -> int: ...

    def promote(self, generation: str) -> None:
        """From now on this generation answers; no search fails meanwhile."""

    def drop(self, generation: str) -> None: ...

    def one_writer(self) -> AbstractContextManager[bool]:
        """False where another process writes now and did not finish in time."""
