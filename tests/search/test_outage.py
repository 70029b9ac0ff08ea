"""The search server refuses, hangs, fails or talks nonsense: nothing else fails, and nothing is lost."""

import time

import pytest
from django.test import Client

from partnerships.models import Organisation
from search import indexing
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.engines.breaker import FAILURES, SECONDS, Breaker
from search.models import OutboxRow
from tests.cms_pages import make_site
from tests.factories import make_organisation

from .asking import ask, titles
from .proxy import MODES, Proxy

WITHIN = 1.0
BACK_WITHIN = 10.0


@pytest.fixture
def proxy(elastic_engine, settings):
    """The portal searches through it, with the patience that production has."""
    server = Proxy(elastic_engine.server.addresses[0])
    settings.SEARCH_URL, settings.SEARCH_INDEX_PREFIX = server.address, elastic_engine.server.prefix
    settings.SEARCH_TIMEOUT = 20
    current_engine.cache_clear()
    yield server
    current_engine.cache_clear()
    server.shutdown()
    server.server_close()


def impatient(settings):
    """From now on as production is, once the server is warm enough to answer in that time."""
    settings.SEARCH_TIMEOUT = 0.7
    current_engine.cache_clear()
    answers()


def answers(seconds=60):
    """Waits until the server answers in time again; other tests may keep the machine busy."""
    until = time.monotonic() + seconds
    while ask("damp").notice:
        assert time.monotonic() < until
        time.sleep(0.5)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", MODES)
def test_a_search_answers_from_the_database_and_says_so(proxy, settings, mode):
    make_site()
    make_organisation("Dampværket")
    indexing.rebuild()
    impatient(settings)
    client = Client()
    proxy.mode = mode
    taken = []
    for _ in range(2):
        start = time.monotonic()
        answer = client.get("/soeg/", {"q": "damp", "format": "json"})
        taken.append(time.monotonic() - start)
        assert answer.status_code == 200
        assert [hit["title"] for hit in answer.json()["hits"]] == ["Dampværket"]
        assert "virker ikke helt" in answer.json()["notice"]
    assert min(taken) <= WITHIN, taken
    assert client.get("/soeg/", {"q": "damp"}).status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/-/ready").status_code == 200
    proxy.mode = "pass"
    answers(SECONDS + 5)


@pytest.mark.django_db
def test_a_slow_server_is_waited_for_once_and_not_at_every_question(proxy, settings):
    """Nothing found is the search that asks most: for wider readings, for what was meant, for what helps."""
    make_site()
    make_organisation("Dampværket")
    indexing.rebuild()
    impatient(settings)
    proxy.mode = "slow"
    taken = []
    for _ in range(2):
        start = time.monotonic()
        assert Client().get("/soeg/", {"q": "xylofon dampskib", "place": "intet"}).status_code == 200
        taken.append(time.monotonic() - start)
    proxy.mode = "pass"
    assert min(taken) <= WITHIN + 0.1, taken


@pytest.mark.django_db
def test_an_index_that_may_not_be_written_loses_nothing(proxy, monkeypatch):
    monkeypatch.setattr(indexing, "_try_later", lambda: None)
    indexing.rebuild()
    engine = current_engine()
    index = f"{engine.server.prefix}-index-{engine.live()}"
    engine.managing.indices.put_settings(index=index, settings={"index.blocks.write": True})
    make_organisation("Gipsværket")
    assert indexing.catch_up() == 0
    assert OutboxRow.objects.filter(attempts=0).count() == OutboxRow.objects.count() > 0, "it is not the rows' fault"
    assert titles(ask("gips")) == []
    engine.managing.indices.put_settings(index=index, settings={"index.blocks.write": None})
    assert indexing.catch_up() > 0
    assert titles(ask("gips")) == ["Gipsværket"]


@pytest.mark.usefixtures("database_as_migrated")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("mode", ["refuse", "hang"])
def test_what_changed_while_it_was_away_is_found_soon_after_it_is_back(proxy, settings, mode):
    indexing.rebuild()
    impatient(settings)
    proxy.mode = mode
    make_organisation("Kajen")
    assert OutboxRow.objects.exists()
    assert Organisation.objects.filter(name="Kajen").exists()
    time.sleep(indexing.RETRY_SECONDS + 1)
    assert OutboxRow.objects.exists(), "it has been tried again, in vain"
    proxy.mode = "pass"
    until = time.monotonic() + BACK_WITHIN
    while OutboxRow.objects.exists() and time.monotonic() < until:
        time.sleep(0.2)
    answers()
    assert titles(ask("kajen")) == ["Kajen"]


class TestBreaker:
    def test_after_three_failures_nobody_waits_and_then_one_tries(self):
        now, calls = [0.0], []
        breaker = Breaker(now=lambda: now[0])

        def call():
            with breaker.guard():
                calls.append(now[0])
                raise EngineFailed

        for _ in range(FAILURES + 2):
            with pytest.raises(EngineFailed):
                call()
        assert len(calls) == FAILURES
        now[0] = SECONDS
        for _ in range(2):
            with pytest.raises(EngineFailed):
                call()
        assert calls[FAILURES:] == [SECONDS], "one tries for all, the next is spared"

    def test_one_success_ends_it(self):
        breaker = Breaker(now=lambda: 0.0)
        for _ in range(FAILURES - 1):
            with pytest.raises(EngineFailed), breaker.guard():
                raise EngineFailed
        with breaker.guard():
            pass
        for _ in range(FAILURES - 1):
            with pytest.raises(EngineFailed), breaker.guard():
                raise EngineFailed
        with breaker.guard():
            pass
