"""What a searchable thing says of itself, and the ready terms that an engine keeps of it.

The index has one row for one thing. Its texts may be in two languages; each is analysed in its own.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from partnerships.text.folding import collation_key, fold
from search.analysis.current import current_analyser
from search.analysis.terms import Analyser
from search.analysis.words import words

TEXT_FIELDS = ("title", "names", "summary", "topics", "body", "content", "title_x", "body_x", "content_x", "prefix")
"""`content` is what files say: so much longer than other texts that it would change what is long in `body`."""
WITHOUT_PLACES = ("title_x", "body_x", "content_x")
ONLY_WHETHER = ("prefix",)
"""Where in these a term stands, or how often, says nothing and is not kept."""
KEYWORD_FIELDS = (
    "id",
    "kind",
    "lang",
    "for_lang",
    "acl",
    "title_key",
    "topic",
    "sector",
    "status",
    "place",
    "year",
    "organisation",
    "partnership",
    "goal",
    "filetype",
    "part_of",
)
IN_EVERY_FIELD = "·"
"""A term that no text has. With it no field is empty, and engines that count a field's rows differently score alike."""
LONGEST_NAME = 80
SHORTEST_PREFIX, LONGEST_PREFIX = 2, 15
EPOCH = date(1970, 1, 1)
PERIODS = ((2021, 2030), (2011, 2020), (2001, 2010))
BEFORE = "-2000"
PERIOD_NAMES = (*(f"{first}-{last}" for first, last in PERIODS), BEFORE)


@dataclass(frozen=True, slots=True)
class Text:
    """A thing's words in one language."""

    lang: str
    title: str
    summary: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a long text, and the page it stands on."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """`acl` says who may find it; `facets` are the address names it can be narrowed by; `names` are other names it has."""

    kind: str
    pk: int
    texts: tuple[Text, ...]
    for_lang: tuple[str, ...]
    acl: frozenset[str]
    day: date
    names: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.kind}:{self.pk}"


@dataclass(frozen=True, slots=True)
class Document:
    """A record as terms. `source` is what a hit is shown from: plain text by language, and its facts.

    `newest` and `sort_key` are unique, so that every engine pages through the same order. `digest` is the same for the
    same record: an audit compares it with the database.
    """

    id: str
    text: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    day: int
    newest: int
    sort_key: str
    digest: str
    source: str


def document(record: Record) -> Document:
    analyser = current_analyser()
    return Document(
        id=record.id,
        text={name: " ".join([*texts, IN_EVERY_FIELD]) for name, texts in _terms(record, analyser).items()},
        keywords=_keywords(record),
        day=days(record.day),
        newest=(days(record.day) << 32) + zlib.crc32(record.id.encode()),
        sort_key=f"{collation_key(record.texts[0].title)[:120]}\t{record.id}",
        digest=digest(record),
        source=json.dumps(_source(record), ensure_ascii=False, separators=(",", ":")),
    )


def days(day: date) -> int:
    return (day - EPOCH).days


def digest(record: Record) -> str:
    """Of everything that the record says, its rights above all, and of the editors' rules for its words."""
    parts = [record.id, record.texts, record.for_lang, sorted(record.acl), record.day, record.names, record.topics]
    splitter = current_analyser().splitter
    rules = splitter.touching(said_by(record)) if splitter.spelt else ()
    said = repr([*parts, record.years, sorted(record.facets.items()), *record.passages, *rules])
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def said_by(record: Record) -> str:
    """All words of a record."""
    texts = [part for text in record.texts for part in (text.title, text.summary, text.body)]
    return " ".join([*texts, *record.names, *record.topics])


def title_key(title: str) -> str:
    """A whole title as one term, for the search that is exactly a title."""
    return " ".join(fold(title).split())


def period_of(year: int) -> str:
    """Years are filtered singly or by period; the facet lists the periods."""
    return next((f"{first}-{last}" for first, last in PERIODS if first <= year <= last), BEFORE)


def _terms(record: Record, analyser: Analyser) -> dict[str, list[str]]:
    """Parts of compounds and other spellings go to fields of lower weight, so that the word itself always wins."""
    terms: dict[str, list[str]] = {name: [] for name in TEXT_FIELDS}

    def add(field_name: str, extra_field: str, text: str, lang: str) -> None:
        main, extra = analyser.written(text, lang) if len(text) > LONGEST_NAME else analyser.name(text, lang)
        terms[field_name] += [main] if main else []
        terms[extra_field] += [extra] if extra else []

    for text in record.texts:
        add("title", "title_x", text.title, text.lang)
        add("summary", "body_x", text.summary, text.lang)
        add("body", "body_x", text.body, text.lang)
    for passage in record.passages:
        add("content", "content_x", passage.text, record.texts[0].lang)
    for name in record.names:
        add("names", "body_x", name, record.texts[0].lang)
    for topic in record.topics:
        add("topics", "body_x", topic, record.texts[0].lang)
    terms["prefix"] = prefixes([*(text.title for text in record.texts), *record.names])
    return terms


def prefixes(names: Iterable[str]) -> list[str]:
    """What somebody may have typed so far of a word in a title or name, in its folded spelling."""
    known = {fold(word) for name in names for word in words(name)}
    return sorted({word[:end] for word in known for end in range(SHORTEST_PREFIX, min(len(word), LONGEST_PREFIX) + 1)})


def _keywords(record: Record) -> dict[str, tuple[str, ...]]:
    own_names = [text.title for text in record.texts] + (list(record.names) if record.kind in NAMED else [])
    return {
        **record.facets,
        "id": (record.id,),
        "kind": (record.kind,),
        "lang": (record.texts[0].lang,),
        "for_lang": record.for_lang,
        "acl": tuple(sorted(record.acl)),
        "title_key": _unique(title_key(name) for name in own_names),
        "year": _unique([*map(str, record.years), *map(period_of, record.years)]),
    }


NAMED = ("organisation", "partnership", "person")


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _source(record: Record) -> dict[str, object]:
    return {
        "texts": [[text.lang, text.title, text.summary, text.body] for text in record.texts],
        "names": record.names,
        "facts": {name: list(record.facets.get(name, ())) for name in ("status", "sector", "place")},
        "years": [min(record.years), max(record.years)] if record.years else [],
        "passages": digest(record) if record.passages else "",
    }
