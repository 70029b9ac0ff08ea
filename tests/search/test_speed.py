"""What is slow once is slow for everybody. Ratios of this process's own time, loose enough for a machine that others use."""

import statistics
import time
from dataclasses import replace
from datetime import date

import pytest

from search.analysis import current
from search.analysis.words import words
from search.documents import Record, Text, document
from search.engines.base import Request
from search.engines.embedded import EmbeddedEngine
from search.highlight import marked
from search.query import FACETS
from search.row_numbers import KINDS, key_of, number_of
from search.sources import SOURCES
from search.tree import Term

from .test_alerts import danish, texts  # noqa: F401

PUBLIC = frozenset({"public"})


def own_time(act):
    began = time.process_time()
    act()
    return time.process_time() - began


def records(danish, count):  # noqa: F811
    bodies = texts(danish, count, 150, seed=3)
    kept = {"acl": PUBLIC, "day": date(2026, 1, 1), "for_lang": ("da", "en")}
    return [
        Record("story", pk, (Text("da", body[:60], body=f"varme {body}"),), **kept)
        for pk, body in enumerate(bodies, start=1)
    ]


@pytest.fixture(scope="module")
def made(danish, tmp_path_factory):  # noqa: F811
    """An index of a thousand rows that all have one word."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("speed"))
    engine.create("one")
    engine.write("one", map(document, records(danish, 1_000)))
    engine.promote("one")
    return engine


def test_a_text_of_known_words_costs_little_more_than_finding_its_words(danish):  # noqa: F811
    """Measured 3 to 5 times; without what is kept of each word it would be more than a hundred."""
    some = records(danish, 200)
    for record in some:
        document(record)
    plain = min(own_time(lambda: [words(text.body) for one in some for text in one.texts]) for _ in range(3))
    ours = min(own_time(lambda: [document(record) for record in some]) for _ in range(3))
    assert ours < 20 * plain, f"{ours:.3f} s against {plain:.3f} s"


def test_a_text_that_says_nothing_of_it_is_looked_through_without_analysing_it(danish):  # noqa: F811
    body = " ".join(record.texts[0].body for record in records(danish, 40)).replace("varme", "vand")
    current._analyser.cache_clear()
    current.current_analyser().text("fjernvarmeanlæg", "da")
    marked("først", "da", frozenset({"elektrolys"}))
    looked = own_time(lambda: marked(body, "da", frozenset({"elektrolys"})))
    analysed = own_time(lambda: current.current_analyser().text(body, "da"))
    assert looked < analysed / 3, f"{looked:.3f} s against {analysed:.3f} s"


def test_a_window_of_rows_without_sources_costs_less_than_with_them(made):
    request = Request(Term("body", "varm"), PUBLIC, "da", limit=400)
    made.search(request)
    bare = replace(request, with_source=False)
    times = [(own_time(lambda: made.search(request)), own_time(lambda: made.search(bare))) for _ in range(15)]
    whole, without = (statistics.median(column) for column in zip(*times, strict=True))
    assert len(made.search(request).rows) == 400
    assert without < whole, f"{without:.4f} s against {whole:.4f} s"


def test_two_hundred_groups_cost_hardly_more_than_one(made):
    """The target is 1.2 times at 100,000 rows; here the search itself takes a moment only."""
    one, many = (
        Request(
            Term("body", "varm"), frozenset({"public", *(f"p:{pk}" for pk in range(count))}), "da", facets=FACETS[:4]
        )
        for count in (1, 200)
    )
    made.search(one)
    times = [(own_time(lambda: made.search(one)), own_time(lambda: made.search(many))) for _ in range(25)]
    few, more = (statistics.median(column) for column in zip(*times, strict=True))
    assert more < 2 * few, f"{more:.4f} s against {few:.4f} s"


def test_every_kind_has_a_number_and_leads_back_to_its_id():
    assert set(KINDS) == set(SOURCES)
    assert {key_of(number_of(f"{kind}:{pk}")) for kind in KINDS for pk in (1, 2_000_000_000)} == {
        f"{kind}:{pk}" for kind in KINDS for pk in (1, 2_000_000_000)
    }


@pytest.mark.parametrize("key", ["document:5#3", "weather:1", "story:", "story:x", "", "story:-1"])
def test_what_is_no_row_has_no_number(key):
    assert number_of(key) == -1
