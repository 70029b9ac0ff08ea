"""Both engines, for real: tantivy in a folder, and an Elasticsearch node that is started for the tests."""

import os
import uuid

import pytest
from django.conf import settings as configured
from django.db import connection

from cms.editors import EDITORS
from search import indexing, spelling
from search.engines import current_engine
from search.engines.elastic import ElasticEngine, Server
from search.engines.embedded import EmbeddedEngine
from tests.cms_pages import make_site
from tests.search.desk import client_of, user_in

from .shared_node import shared_node

ENGINES = ("embedded", "elastic")
BESIDE = {"sqlite": "embedded", "postgresql": "elastic"}
"""As they are served: the embedded engine beside SQLite, Elasticsearch beside PostgreSQL. `make test` runs both pairs."""


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    """The address of a real Elasticsearch node. Without Java and Maven the tests fail and say so."""
    own = tmp_path_factory.getbasetemp()
    of_all_workers = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    with shared_node(of_all_workers / "elasticsearch", configured.DATA_DIR / "elasticsearch" / "jars") as address:
        yield address


@pytest.fixture
def embedded_engine(tmp_path):
    return EmbeddedEngine(tmp_path / "engine")


@pytest.fixture
def elastic_engine(node):
    engine = ElasticEngine(Server((node,), prefix=f"test-{uuid.uuid4().hex[:12]}", seconds=20))
    yield engine
    for generation in engine.generations():
        engine.drop(generation)


@pytest.fixture(params=[BESIDE[connection.vendor]])
def engine_name(request):
    return request.param


@pytest.fixture
def new_engine(engine_name, request):
    """Makes an engine without any generation."""
    return lambda: request.getfixturevalue(f"{engine_name}_engine")


@pytest.fixture
def index(db, settings, engine_name, request):
    """An index of its own, live, of a site without anything to find; `index()` brings it up to date, as a commit would."""
    make_site()
    if engine_name == "elastic":
        server = request.getfixturevalue("elastic_engine").server
        settings.SEARCH_URL, settings.SEARCH_INDEX_PREFIX = server.addresses[0], server.prefix
        settings.SEARCH_TIMEOUT = server.seconds
    else:
        settings.INDEX_DIR = request.getfixturevalue("tmp_path") / "index"
    current_engine.cache_clear()
    spelling.forget()
    indexing.rebuild()
    yield indexing.catch_up
    current_engine.cache_clear()


@pytest.fixture
def editor():
    make_site()
    return user_in(EDITORS)


@pytest.fixture
def screens(index, editor):
    """The search desk as an editor has it, over an index that is up to date."""
    index()
    return client_of(editor)
