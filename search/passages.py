"""The place inside a long text that says most about what was asked for.

A generation has beside its main index one of passages, so that their number and length move no score of what is found.
They are asked once for all the hits of a page, under the same rights, and only those that belong to what was found: a
passage carries the digest of the record it was cut from.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace

from search.building import Asked, any_part
from search.documents import Document, Record, Text, digest, document
from search.engines import current_engine
from search.engines.base import EngineFailed, Request, Row
from search.query import Viewer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A page's number, and the text around the words."""

    page: int
    text: str


def passages_of(record: Record) -> list[Document]:
    own, lang = digest(record), record.texts[0].lang
    return [
        replace(
            made := document(replace(record, texts=(Text(lang, "", "", passage.text),), passages=(), facets={})),
            id=f"{record.id}#{number}",
            keywords={**made.keywords, "id": (f"{record.id}#{number}",), "part_of": (record.id,)},
            digest=own,
            source=json.dumps({"page": passage.page, "text": passage.text}, ensure_ascii=False),
        )
        for number, passage in enumerate(record.passages)
    ]


def places(rows: Iterable[Row], asked: Asked, viewer: Viewer, language: str) -> dict[str, Place]:
    """The best passage of each row that has any, by the row's id. A hit can do without one, so a failure is only told."""
    cut = {row.id: stamp for row in rows if (stamp := json.loads(row.source).get("passages"))}
    if not cut or asked.is_empty:
        return {}
    filters = {"part_of": tuple(cut), "digest": tuple(cut.values())}
    request = Request(any_part(asked), viewer.tokens, language, filters, limit=len(cut))
    try:
        found = current_engine().best_passages(request)
    except EngineFailed:
        log.exception("No passages are shown")
        return {}
    said = {row.id.partition("#")[0]: json.loads(row.source) for row in found.rows}
    return {key: Place(one["page"], one["text"]) for key, one in said.items()}
