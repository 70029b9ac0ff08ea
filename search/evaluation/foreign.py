"""Somebody else's collection, through this portal's analysis and query builder.

Documents are JSON lines with `id`, `title`, `text`, and where there are any `lang` (da or en) and `people`; queries are
tab-separated id and text; judgements are in TREC's format: query, a column that nobody reads, document or person, grade.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from search.audience import PUBLIC
from search.documents import Record, Text
from search.evaluation.known_items import QuerySet
from search.evaluation.measures import Judged
from search.experts import DAMPING, FIRST, WEIGHTS

KIND = "story"
BOTH = ("da", "en")
SOME_DAY = date(2026, 1, 1)


class NotACollection(ValueError):
    """A file is not what it should be; the message names the line."""


@dataclass(frozen=True, slots=True)
class Collection:
    """`names` and `people` are by the id that a document has in the index."""

    records: list[Record]
    names: dict[str, str]
    people: dict[str, tuple[str, ...]]
    language: str


def read_collection(path: Path) -> Collection:
    records, names, people, languages = [], {}, {}, Counter()
    for number, row in enumerate(_rows(path), start=1):
        lang = row.get("lang") or "da"
        known = tuple(dict.fromkeys(map(str, row.get("people") or ())))
        record = Record(
            kind=KIND,
            pk=number,
            texts=(Text(lang, str(row.get("title") or ""), "", str(row.get("text") or "")),),
            for_lang=BOTH,
            acl=frozenset({PUBLIC}),
            day=SOME_DAY,
        )
        records.append(record)
        names[record.id], people[record.id] = str(row["id"]), known
        languages[lang] += 1
    if not records:
        raise NotACollection(f"{path.name} has no documents.")
    return Collection(records, names, people, _read_in(languages))


def _read_in(languages: Counter[str]) -> str:
    """Queries are taken to be in the language of most documents."""
    return max(BOTH, key=lambda lang: languages[lang])


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise NotACollection(f"{path.name}, line {number}: {error}") from error
            if not isinstance(row, dict) or "id" not in row:
                raise NotACollection(f"{path.name}, line {number}: a document needs an id.")
            yield row


def read_queries(path: Path, judged: Judged, language: str) -> QuerySet:
    texts = {}
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        query, tab, text = line.partition("\t")
        if not tab:
            raise NotACollection(f"{path.name}, line {number}: id and text are parted by a tab.")
        texts[query.strip()] = (text.strip(), language)
    return QuerySet(texts, {query: things for query, things in judged.items() if query in texts})


def read_judgements(path: Path) -> Judged:
    """A person's name may have spaces: the first two columns and the last are taken off, what is between is the name."""
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        match line.split():
            case []:
                continue
            case [query, _, *thing, grade] if thing and grade.lstrip("-").isdigit():
                judged[query][" ".join(thing)] = int(grade)
            case _:
                raise NotACollection(f"{path.name}, line {number}: query, 0, what, grade.")
    return dict(judged)


def people_behind(ids: Iterable[str], people: dict[str, tuple[str, ...]]) -> list[str]:
    """Those who wrote what was found, by the portal's own vote of ranks; each counts as an author."""
    votes: Counter[str] = Counter()
    for rank, key in zip(range(FIRST), ids, strict=False):
        for person in people[key]:
            votes[person] += WEIGHTS["author"] / (DAMPING + rank)
    return sorted(votes, key=lambda person: (-votes[person], person))
