"""An index for the time of a measurement, on either engine, asked exactly as a visitor's search is.

It lies in a folder (or under a prefix) of its own and leaves no trace in the database: the index that answers visitors
is neither read nor written.
"""

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test.utils import override_settings

from partnerships import clock
from search import audience
from search.documents import Record, document
from search.engines import current_engine
from search.engines.base import Engine
from search.finding import understood, widened
from search.query import Query
from search.ranking import ranked

ENGINES = ("embedded", "elastic")
GENERATION = "measured"
AT_ONCE = 500
PATIENCE = 20.0


class NoServer(RuntimeError):
    """Elasticsearch is asked for, and no address of one is set."""


def chosen_engine() -> str:
    return "elastic" if settings.SEARCH_URL else "embedded"


@contextmanager
def temporary_index(engine_name: str, records: Iterable[Record]) -> Iterator[Engine]:
    """These records and nothing else; inside, everything that searches searches here."""
    with _elsewhere(engine_name):
        engine = current_engine()
        engine.create(GENERATION)
        try:
            fill(engine, records)
            engine.promote(GENERATION)
            yield engine
        finally:
            engine.drop(GENERATION)


def fill(engine: Engine, records: Iterable[Record]) -> None:
    rows = iter(records)
    while batch := list(islice(rows, AT_ONCE)):
        engine.write(GENERATION, map(document, batch), version=1)


def ranking(text: str, language: str) -> list[str]:
    """Ids in the order in which a visitor without an account would find them, with every wider reading that they get."""
    query = Query(text=text, language=language)
    _request, found, *_ = widened(query, understood(query), audience.viewer(AnonymousUser()))
    return [row.id for row in ranked(found.rows, clock.today())]


@contextmanager
def _elsewhere(engine_name: str) -> Iterator[None]:
    if engine_name == "elastic" and not settings.SEARCH_URL:
        raise NoServer(
            "SEARCH_URL is not set. Run: python3 deploy/elasticsearch_node.py beside .venv/bin/python manage.py ..."
        )
    with tempfile.TemporaryDirectory(prefix="samspil-measured-") as folder:
        here = {"INDEX_DIR": folder, "SEARCH_URL": ""}
        there = {"SEARCH_INDEX_PREFIX": f"measured-{uuid.uuid4().hex[:12]}", "SEARCH_TIMEOUT": PATIENCE}
        with override_settings(**(there if engine_name == "elastic" else here)):
            current_engine.cache_clear()
            try:
                yield
            finally:
                current_engine.cache_clear()
    current_engine.cache_clear()
