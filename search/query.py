"""What is asked and what is answered, without a word of any engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

LONGEST_TEXT = 256
MOST_WORDS = 32
PER_PAGE = 12
LAST_PAGE = 400
FOLDED = 6
SORTS = ("relevance", "newest", "name")
FACETS = (
    "kind",
    "topic",
    "sector",
    "status",
    "place",
    "year",
    "organisation",
    "partnership",
    "goal",
    "lang",
    "filetype",
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and what that lets them find. Without tokens nothing is found."""

    user: Any
    tokens: frozenset[str]


@dataclass(frozen=True, slots=True)
class Query:
    """A search as its address says it. `language` is the one the reader reads in, not a filter."""

    text: str = ""
    language: str = "da"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    sort: str = "relevance"
    page: int = 1
    was_cut: bool = False
    exact: bool = False
    """Only the words as typed: no synonyms, nothing wider."""

    @property
    def chosen(self) -> int:
        """How many filters are set."""
        return sum(len(values) for values in self.filters.values()) + bool(self.since) + bool(self.until)


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """Its counts ignore its own chosen values, so that a second can be added to the first."""

    name: str
    label: str
    values: tuple[Value, ...]

    @property
    def chosen(self) -> tuple[Value, ...]:
        return tuple(value for value in self.values if value.selected)

    @property
    def shown(self) -> tuple[Value, ...]:
        """The first of a long list; two more are not worth a fold."""
        return self.values if len(self.values) <= FOLDED + 2 else self.values[:FOLDED]

    @property
    def rest(self) -> tuple[Value, ...]:
        return self.values[len(self.shown) :]


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing found, loaded anew under the viewer's rights. `title` and `text` are safe HTML with <mark>."""

    id: str
    kind: str
    kind_label: str
    lang: str
    thing: Any
    name: str
    url: str
    title: str
    text: str
    facts: Mapping[str, Any]
    is_recommended: bool = False
    """Put first by the editors."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A thing that somebody has a part in, and which part."""

    id: str
    title: str
    url: str
    lang: str
    role: str


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who knows something about it, and why in words and by what."""

    id: str
    kind: str
    pk: int
    name: str
    role: str
    url: str
    reasons: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    query: Query
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    experts: tuple[Expert, ...] = ()
    notice: str = ""
    also: tuple[str, ...] = ()
    """The synonyms that were searched for as well."""
    did_you_mean: str = ""
    help: Any = None
    """Where nothing was found, what may lead further (search/helping.py)."""

    @property
    def pages(self) -> int:
        return min(-(-self.total // PER_PAGE), LAST_PAGE) or 1

    @property
    def first(self) -> int:
        return (self.query.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.hits) - 1

    @property
    def kinds(self) -> Facet | None:
        return next((facet for facet in self.facets if facet.name == "kind"), None)

    @property
    def people(self) -> tuple[Expert, ...]:
        return tuple(expert for expert in self.experts if expert.kind == "person")

    @property
    def organisations(self) -> tuple[Expert, ...]:
        return tuple(expert for expert in self.experts if expert.kind == "organisation")
