"""What every engine must do with passages; the same tests run on each."""

from datetime import date

import pytest

from search.documents import Passage, Record, Text, digest, document
from search.engines.base import EngineFailed, Request
from search.passages import passages_of
from search.tree import Combined, Everything, Term

from .conftest import ENGINES

PUBLIC = frozenset({"public"})


def record(pk, *pages, acl=PUBLIC, for_lang=("da", "en")):
    passages = tuple(Passage(number, text) for number, text in enumerate(pages, start=1))
    return Record("document", pk, (Text("da", "Plan"),), for_lang, frozenset(acl), date(2020, 1, 1), passages=passages)


@pytest.fixture(params=ENGINES)
def engine_name(request):
    return request.param


@pytest.fixture
def engine(new_engine):
    engine = new_engine()
    engine.create("one")
    engine.promote("one")
    return engine


def write(engine, *records, generation="one", version=1):
    engine.write_passages(generation, {one.id: passages_of(one) for one in records}, version=version)


def best(engine, *records, term="varm", tokens=PUBLIC, language="da"):
    filters = {"part_of": tuple(one.id for one in records), "digest": tuple(digest(one) for one in records)}
    tree = Combined(should=(Term("body", term),), minimum=1)
    found = engine.best_passages(Request(tree, tokens, language, filters, limit=len(records)))
    return {row.id for row in found.rows}


def test_each_row_has_its_best_passage_however_many_another_has(engine):
    many = record(1, *["varme varme"] * 30)
    one = record(2, "intet her", "lidt om varme blandt meget andet", "varme")
    none = record(3, "gips")
    write(engine, many, one, none)
    found = best(engine, many, one, none)
    assert {key.partition("#")[0] for key in found} == {"document:1", "document:2"}
    assert "document:2#2" in found


def test_only_the_rows_that_are_named_are_asked(engine):
    one, other = record(1, "varme"), record(2, "varme")
    write(engine, one, other)
    assert best(engine, one) == {"document:1#0"}


@pytest.mark.parametrize(
    ("tokens", "language", "seen"),
    [
        (frozenset({"public", "p:3"}), "da", True),
        (PUBLIC, "da", False),
        (frozenset(), "da", False),
        (frozenset({"p:3"}), "en", False),
    ],
)
def test_passages_have_the_rights_and_languages_of_their_row(engine, tokens, language, seen):
    closed = record(1, "varme", acl={"p:3"}, for_lang=("da",))
    write(engine, closed)
    assert bool(best(engine, closed, tokens=tokens, language=language)) == seen


def test_writing_again_replaces_all_passages_and_none_takes_them_out(engine):
    old, new = record(1, "varme", "varme", "varme"), record(1, "gips", "varme")
    write(engine, old)
    write(engine, new, version=2)
    assert best(engine, new) == {"document:1#1"}
    assert best(engine, old) == set(), "what was cut from an older state is never shown"
    engine.write_passages("one", {new.id: []}, version=3)
    assert best(engine, new) == set()


def test_passages_are_neither_rows_nor_a_part_of_their_scores(engine):
    rows = [document(Record("story", pk, (Text("da", "varme"),), ("da",), PUBLIC, date(2020, 1, 1))) for pk in (1, 2)]
    engine.write("one", rows, version=1)
    before = engine.search(Request(Term("title", "varm"), PUBLIC, "da"))
    write(engine, record(1, *["varme og vand"] * 40), version=2)
    assert engine.search(Request(Term("title", "varm"), PUBLIC, "da")) == before
    assert engine.search(Request(Everything(), PUBLIC, "da")).total == engine.count("one") == 2
    assert len(dict(engine.digests("one"))) == 2


def test_passages_belong_to_their_generation(engine):
    one = record(1, "varme")
    write(engine, one)
    engine.create("two")
    engine.promote("two")
    assert best(engine, one) == set()
    engine.promote("one")
    assert best(engine, one) == {"document:1#0"}
    engine.drop("two")
    with pytest.raises(EngineFailed):
        write(engine, one, generation="two")
    assert engine.generations() == ["one"]


def test_without_a_generation_the_engine_says_that_it_failed(new_engine):
    with pytest.raises(EngineFailed):
        best(new_engine(), record(1, "varme"))


def test_an_older_writer_that_comes_late_shows_nothing(elastic_engine):
    elastic_engine.create("one")
    elastic_engine.promote("one")
    old, new = record(1, "varme", "varme"), record(1, "varme nu")
    write(elastic_engine, new, version=5)
    write(elastic_engine, old, version=4)
    assert best(elastic_engine, new) == {"document:1#0"}
    assert best(elastic_engine, old) != {"document:1#0"}
