"""What every engine must do; the same tests run on each."""

from dataclasses import replace
from datetime import date

import pytest

from search.documents import Record, Text, days, document
from search.engines.base import EngineFailed, Request
from search.engines.embedded import EmbeddedEngine
from search.tree import Best, Combined, Everything, Exact, Fuzzy, Nothing, Phrase, Term

from .conftest import ENGINES

PUBLIC = frozenset({"public"})


def row(pk, title, *, acl=PUBLIC, for_lang=("da", "en"), topics=(), day=1, **facets):
    return document(
        Record(
            "story",
            pk,
            (Text("da", title),),
            for_lang,
            frozenset(acl),
            date(2020, 1, day),
            facets={"topic": tuple(topics), **facets},
        )
    )


@pytest.fixture(params=ENGINES)
def engine_name(request):
    return request.param


@pytest.fixture
def engine(new_engine):
    engine = new_engine()
    engine.create("one")
    engine.promote("one")
    return engine


def ids(engine, tree=None, **fields):
    fields.setdefault("tokens", PUBLIC)
    request = Request(tree=tree or Everything(), language=fields.pop("language", "da"), **fields)
    return [found.id for found in engine.search(request).rows]


def test_what_is_written_is_found_and_what_is_gone_is_not(engine):
    engine.write("one", [row(1, "varme"), row(2, "vand")])
    assert set(ids(engine)) == {"story:1", "story:2"}
    engine.write("one", [], gone=["story:1"])
    assert ids(engine) == ["story:2"]
    assert engine.count("one") == 1


def test_writing_the_same_row_twice_keeps_one(engine):
    engine.write("one", [row(1, "varme")])
    engine.write("one", [row(1, "gips"), row(1, "gips")])
    assert ids(engine, Term("title", "gip")) == ["story:1"]
    assert ids(engine, Term("title", "varm")) == []
    assert engine.count("one") == 1


@pytest.mark.parametrize(
    ("tokens", "seen"),
    [
        (PUBLIC, {"story:1"}),
        (frozenset({"public", "p:3"}), {"story:1", "story:2"}),
        (frozenset({"p:4"}), set()),
        (frozenset(), set()),
    ],
)
def test_only_a_token_in_common_finds_a_row(engine, tokens, seen):
    engine.write("one", [row(1, "varme"), row(2, "varme", acl={"p:3"}, topics=["secret"])])
    assert set(ids(engine, Term("title", "varm"), tokens=tokens)) == seen
    found = engine.search(Request(Everything(), tokens, "da", facets=("topic",)))
    assert found.total == len(seen)
    assert ("secret" in found.facets.get("topic", {})) == ("story:2" in seen)


def test_a_row_answers_only_for_its_languages(engine):
    engine.write("one", [row(1, "varme", for_lang=("da",)), row(2, "heat", for_lang=("en",)), row(3, "damp")])
    assert set(ids(engine)) == {"story:1", "story:3"}
    assert set(ids(engine, language="en")) == {"story:2", "story:3"}


def test_a_facet_ignores_its_own_choice_and_heeds_the_others(engine):
    engine.write(
        "one",
        [
            row(1, "a", topics=["heat"], status=("running",)),
            row(2, "b", topics=["heat", "water"], status=("stopped",)),
            row(3, "c", topics=["water"], status=("running",)),
        ],
    )
    found = engine.search(Request(Everything(), PUBLIC, "da", filters={"topic": ("heat",)}, facets=("topic", "status")))
    assert found.total == 2
    assert found.facets == {"topic": {"heat": 2, "water": 2}, "status": {"running": 1, "stopped": 1}}


def test_values_of_one_facet_are_or_and_facets_are_and(engine):
    engine.write(
        "one",
        [row(1, "a", topics=["heat"], status=("running",)), row(2, "b", topics=["water"], status=("stopped",))],
    )
    assert set(ids(engine, filters={"topic": ("heat", "water")})) == {"story:1", "story:2"}
    assert ids(engine, filters={"topic": ("heat", "water"), "status": ("stopped",)}) == ["story:2"]


def test_names_sort_as_danes_expect(engine):
    engine.write(
        "one", [row(pk, name) for pk, name in enumerate(["Åsen", "Ørsted", "Aalborg", "Zink", "Æbler", "alm"])]
    )
    order = ids(engine, sort="name")
    assert order == ["story:5", "story:3", "story:4", "story:1", "story:2", "story:0"]


def test_newest_first_and_paging_to_the_end(engine):
    engine.write("one", [row(day, "varme", day=day) for day in range(1, 28)])
    pages = [ids(engine, sort="newest", offset=offset, limit=10) for offset in (0, 10, 20, 30)]
    assert [key for page in pages for key in page] == [f"story:{day}" for day in range(27, 0, -1)]


def test_a_span_of_days_has_both_its_ends(engine):
    engine.write("one", [row(day, "varme", day=day) for day in (1, 2, 3)])
    assert set(ids(engine, days=(days(date(2020, 1, 2)), None))) == {"story:2", "story:3"}
    assert ids(engine, days=(days(date(2020, 1, 2)), days(date(2020, 1, 2)))) == ["story:2"]


def test_a_phrase_needs_its_words_side_by_side(engine):
    engine.write("one", [row(1, "renset spildevand"), row(2, "spildevand bliver renset")])
    assert ids(engine, Phrase("title", ("ren", "spildevand"))) == ["story:1"]


def test_must_should_never_and_minimum(engine):
    engine.write("one", [row(1, "gips damp"), row(2, "gips vand"), row(3, "damp vand")])
    gypsum, steam, water = (Term("title", term) for term in ("gip", "damp", "vand"))
    assert set(ids(engine, Combined(must=(gypsum,), should=(steam,)))) == {"story:1", "story:2"}
    assert ids(engine, Combined(must=(gypsum,), should=(steam,)))[0] == "story:1"
    assert ids(engine, Combined(must=(gypsum,), never=(steam,))) == ["story:2"]
    assert ids(engine, Combined(should=(gypsum, steam, water), minimum=3)) == []
    assert len(ids(engine, Combined(should=(gypsum, steam, water), minimum=2))) == 3
    assert ids(engine, Nothing()) == []


def test_the_best_field_counts_and_boosts_order(engine):
    engine.write("one", [row(1, "damp"), row(2, "gips")])
    assert ids(engine, Best((Term("title", "damp"), Term("title", "gip", boost=5.0)))) == ["story:2", "story:1"]


def test_one_letter_off_is_found_and_two_are_not(engine):
    engine.write("one", [row(1, "biogas")])
    known = row(1, "biogas").text["title"].split()[0]
    assert ids(engine, Fuzzy("title", known.replace("o", "i"))) == ["story:1"]
    assert ids(engine, Fuzzy("title", known.replace("bi", "xx"))) == []


def test_a_new_generation_takes_over_only_when_promoted(engine):
    engine.write("one", [row(1, "varme")])
    engine.create("two")
    engine.write("two", [row(2, "vand")])
    assert ids(engine) == ["story:1"]
    engine.promote("two")
    assert engine.live() == "two"
    assert ids(engine) == ["story:2"]
    engine.drop("one")
    assert ids(engine) == ["story:2"]


def test_without_a_generation_the_engine_says_that_it_failed(new_engine):
    engine = new_engine()
    assert engine.live() == ""
    assert engine.generations() == []
    with pytest.raises(EngineFailed):
        engine.search(Request(Everything(), PUBLIC, "da"))


def test_generations_are_listed_and_dropped(engine):
    engine.create("two")
    assert engine.generations() == ["one", "two"]
    engine.drop("two")
    engine.drop("two")
    assert engine.generations() == ["one"]


def test_writing_to_a_dropped_generation_fails_and_makes_none(engine):
    engine.create("two")
    engine.drop("two")
    with pytest.raises(EngineFailed):
        engine.write("two", [row(1, "varme")], version=1)
    assert engine.generations() == ["one"]


def test_every_row_tells_its_digest(engine):
    rows = [row(pk, "varme") for pk in range(1, 12)]
    engine.write("one", rows, version=1)
    assert dict(engine.digests("one")) == {document.id: document.digest for document in rows}
    engine.write("one", [row(1, "vand")], version=2)
    assert dict(engine.digests("one"))["story:1"] == row(1, "vand").digest != rows[0].digest


def test_an_exact_title_scores_its_boost_alone(engine):
    engine.write("one", [row(1, "varme"), row(2, "varme og vand")])
    (found,) = engine.search(Request(Exact("title_key", "varme", 100.0), PUBLIC, "da")).rows
    assert (found.id, found.score) == ("story:1", 100.0)


def test_a_prefix_of_a_word_in_the_title_is_a_term(engine):
    engine.write("one", [row(1, "Fjernvarme i Høng"), row(2, "Fjord")])
    assert set(ids(engine, Term("prefix", "fj"))) == {"story:1", "story:2"}
    assert ids(engine, Combined(must=(Term("prefix", "fjern"), Term("prefix", "hø")))) == ["story:1"]


def test_a_lower_version_that_comes_late_changes_nothing(elastic_engine):
    """The embedded engine has a lock instead."""
    elastic_engine.create("one")
    elastic_engine.promote("one")
    elastic_engine.write("one", [row(1, "vand")], version=5)
    elastic_engine.write("one", [row(1, "varme")], version=4)
    assert ids(elastic_engine, Term("title", "vand")) == ["story:1"]
    elastic_engine.write("one", [], gone=["story:1"], version=6)
    elastic_engine.write("one", [row(1, "varme")], version=5)
    assert elastic_engine.count("one") == 0


def test_there_is_one_writer_at_a_time(embedded_engine, monkeypatch):
    monkeypatch.setattr("search.engines.embedded.LOCK_SECONDS", 0.1)
    engine = embedded_engine
    other = EmbeddedEngine(engine.folder)
    with engine.one_writer() as ours:
        assert ours
        with other.one_writer() as theirs:
            assert not theirs
    with other.one_writer() as theirs:
        assert theirs


def test_a_reader_sees_what_another_process_wrote(embedded_engine):
    engine, reader = embedded_engine, EmbeddedEngine(embedded_engine.folder)
    engine.create("one")
    engine.promote("one")
    engine.write("one", [row(1, "varme")])
    assert ids(reader) == ["story:1"]
    engine.write("one", [row(2, "varme")])
    assert len(ids(reader)) == 2


def test_rows_without_their_source_are_the_same_rows(engine):
    engine.write("one", [row(number, "varme og vand" if number % 2 else "varme", day=number) for number in range(1, 9)])
    engine.write("one", [row(3, "varme", acl={"p:7"})], gone=["story:5"])
    whole = Request(Term("title", "varm"), PUBLIC, "da", limit=20)
    rows = engine.search(whole).rows
    assert len(rows) == 6
    assert all(found.source for found in rows)
    assert engine.search(replace(whole, with_source=False)).rows == tuple(replace(found, source="") for found in rows)


def test_a_row_of_an_unknown_kind_is_found_without_its_source_too(engine):
    unknown = Record("weather", 7, (Text("da", "varme"),), ("da",), PUBLIC, date(2020, 1, 1))
    engine.write("one", [document(unknown)])
    assert ids(engine, with_source=False) == ["weather:7"]
