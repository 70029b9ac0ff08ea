"""A question as a tree of terms that any engine can carry out: never a string in some query language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Everything:
    """All rows, with the same score."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No row."""


@dataclass(frozen=True, slots=True)
class Term:
    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Exact:
    """A keyword field has this value; all that have it score the boost alone."""

    field: str
    value: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms one after the other."""

    field: str
    terms: tuple[str, ...]
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """One letter more, less, other or exchanged; all matches score alike."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Best:
    """The best of these counts, the others a tenth."""

    nodes: tuple["Node", ...]
    boost: float = 1.0
    tie = 0.1


@dataclass(frozen=True, slots=True)
class Combined:
    """All of `must`, at least `minimum` of `should`, none of `never`."""

    must: tuple["Node", ...] = ()
    should: tuple["Node", ...] = ()
    never: tuple["Node", ...] = ()
    minimum: int = 0
    boost: float = 1.0


Node = Everything | Nothing | Term | Exact | Phrase | Fuzzy | Best | Combined
