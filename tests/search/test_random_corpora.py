"""Corpora made by chance, questions made by chance, two engines: the same answers, freshly built and after changes."""

import os
import random
from statistics import mean

import pytest

from partnerships import clock
from search import finding
from search.building import understand
from search.documents import document
from search.engines.base import Request
from search.finding import widened
from search.query import Viewer
from search.ranking import ranked
from search.tree import Everything
from tests.search.random_questions import question
from tests.search.random_records import FILTERS, VIEWERS, changed, records

SEED = int(os.environ.get("SEARCH_TEST_SEED", "494984"))
"""The same for every change, so that nobody is held up by what another wrote; `make trust` takes a new one each time."""
CORPORA, QUESTIONS, RECORDS = 2, 100, 120
OVERLAP = 0.98
"""Of the first ten after changes: each engine still counts words of rows that are gone, until it merges."""
NEARLY = 0.002
"""Engines add up in another order; what lies so near stands in no order of its own."""


class Pair:
    """The same written to both."""

    def __init__(self, engines, monkeypatch):
        self.engines, self.monkeypatch, self.version = engines, monkeypatch, 0
        for engine in engines:
            engine.create("one")
            engine.promote("one")

    def write(self, some, gone=()):
        self.version += 1
        for engine in self.engines:
            engine.write("one", [document(one) for one in some], gone, version=self.version)

    def answers(self, query, tokens):
        """With the wider readings that a visitor gets."""
        asked = understand(query.text, query.language)
        for engine in self.engines:
            self.monkeypatch.setattr(finding, "current_engine", lambda engine=engine: engine)
            _request, found, notice = widened(query, asked, Viewer(None, tokens))
            yield found, notice


@pytest.fixture
def pair(embedded_engine, elastic_engine, monkeypatch):
    def begin():
        for engine in (embedded_engine, elastic_engine):
            engine.drop("one")
        return Pair((embedded_engine, elastic_engine), monkeypatch)

    return begin


def cases(chance):
    return [(question(chance, FILTERS, secrets=0.05), tokens) for _ in range(QUESTIONS) for tokens in VIEWERS]


def first(found, most=10):
    return [row.id for row in ranked(found.rows, clock.today())[:most]]


def in_other_order(here, there):
    """Places of the first ten where the two differ though the scores do not lie together."""
    scores = {row.id: row.score for row in here.rows}
    pairs = zip(here.rows[:10], there.rows[:10], strict=True)
    return [(a.id, b.id) for a, b in pairs if abs(scores[a.id] - scores[b.id]) > NEARLY * max(1, scores[a.id])]


def overlap(here, there):
    """How much of the first ten here is among the first ten there, or scores like the last of them. In rows made of few
    words many do, and then which of them comes tenth is chance."""
    rows = ranked(there.rows, clock.today())
    last = rows[:10][-1].score * (1 - NEARLY)
    among = {row.id for number, row in enumerate(rows) if number < 10 or row.score >= last}
    return len(among.intersection(first(here))) / len(first(here))


def assert_same(query, tokens, here, there, seed):
    (one, said), (other, said_there) = here, there
    case = f"SEARCH_TEST_SEED={SEED}, corpus {seed}: {query} {sorted(tokens)}"
    assert said == said_there, case
    assert one.total == other.total, case
    assert one.facets == other.facets, case
    assert {row.id for row in one.rows} == {row.id for row in other.rows}, case


def test_both_engines_answer_alike_on_any_corpus_and_after_any_changes(pair):
    asked, overlaps, hits = 0, [], 0
    for seed in range(CORPORA):
        chance = random.Random(SEED + seed)
        known, both = records(chance, RECORDS), pair()
        both.write(known.values())
        for query, tokens in cases(chance):
            here, there = both.answers(query, tokens)
            assert_same(query, tokens, here, there, seed)
            assert not in_other_order(here[0], there[0]), f"SEARCH_TEST_SEED={SEED}, corpus {seed}: {query}"
            asked, hits = asked + 1, hits + (here[0].total > 0)
        new, gone = changed(chance, known)
        for part in (slice(0, 20), slice(20, None)):
            both.write(new[part], gone[part])
        for query, tokens in cases(chance)[::2]:
            here, there = both.answers(query, tokens)
            assert_same(query, tokens, here, there, seed)
            overlaps += [overlap(here[0], there[0])] if here[0].rows else []
    print(f"\n{asked} questions, overlap {mean(overlaps):.4f}, SEARCH_TEST_SEED={SEED}")
    assert asked >= 200 * len(VIEWERS)
    assert hits > asked / 2
    assert mean(overlaps) >= OVERLAP


@pytest.mark.parametrize("sort", ["relevance", "newest", "name"])
def test_paging_to_the_end_gives_each_once_and_the_same_on_both(pair, sort):
    chance = random.Random(SEED)
    known, both = records(chance, RECORDS), pair()
    both.write(known.values())
    both.write(*changed(chance, known))
    for tokens in VIEWERS:
        ways = []
        for engine in both.engines:
            pages = [
                engine.search(Request(Everything(), tokens, "da", sort=sort, offset=offset, limit=7)).rows
                for offset in range(0, RECORDS + 7, 7)
            ]
            ways.append([row.id for page in pages for row in page])
        assert len(ways[0]) == len(set(ways[0])) > RECORDS / 3
        assert set(ways[0]) == set(ways[1])
        assert sort == "relevance" or ways[0] == ways[1]
