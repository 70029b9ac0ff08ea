"""The text of uploaded documents is found down to the page, under the same rights as everything else."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from cms.services import publish, unpublish
from partnerships.services import documents
from partnerships.text import file_reader
from partnerships.text.extraction import Extracted
from search import audit, indexing
from search.document_records import WORDS, language_of, parts
from search.engines import current_engine
from search.engines.base import EngineFailed
from tests.cms.test_document_links import naming
from tests.cms_pages import make_story, translate
from tests.factories import make_topic
from tests.files import make_document, pdf
from tests.search.asking import ask, counts, titles

pytestmark = pytest.mark.django_db
ON_ONE = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
"""What no engine has a say in is tried on one."""


@pytest.fixture(autouse=True)
def read_at_once(monkeypatch):
    """In this process: the one that reads hostile files has tests of its own."""

    def extracted(data, kind):
        said = file_reader.read(data, kind)
        return Extracted(tuple(said["pages"]), said["count"], said["reason"])

    monkeypatch.setattr(documents, "extracted", extracted)


PAGES = (
    "Indledning om planen.",
    "Her måles overskudsvarmen i røret ved skel, og målingen gentages hvert kvarter.",
    "Til sidst om nødforsyning.",
)


def test_a_word_inside_a_pdf_leads_to_its_page(index):
    document = make_document(pages=PAGES)
    page = naming(document)
    index()
    (hit,) = ask("overskudsvarme").hits
    assert (hit.id, hit.kind, hit.name) == (f"document:{document.pk}", "document", "Måleplan")
    assert hit.url == f"{document.url}#page=2"
    assert "Her måles <mark>overskudsvarmen</mark> i røret" in hit.text
    assert (hit.facts["page"], hit.facts["pages"], hit.facts["filetype"]) == (2, 3, "PDF")
    assert hit.facts["named_by"] == [{"title": "En sag", "url": page.get_url(), "lang": "da"}]
    assert Client().get(hit.url).status_code == 200


@ON_ONE
def test_a_docx_is_found_too_and_opens_at_its_beginning(index):
    document = make_document(pages=PAGES, kind="docx")
    naming(document)
    index()
    (hit,) = ask("nødforsyning").hits
    assert (hit.url, hit.facts["page"], hit.facts["filetype"]) == (document.url, 3, "Word")


def test_words_that_stand_on_different_pages_find_the_document_and_show_the_better_page(index):
    naming(make_document(pages=PAGES))
    index()
    (hit,) = ask("nødforsyning måles kvarter").hits
    assert hit.facts["page"] == 2
    assert titles(ask('"gentages hvert kvarter"')) == ["Måleplan"]
    assert titles(ask('"kvarter hvert gentages"')) == []
    assert titles(ask("indledning -nødforsyning")) == []


def test_a_title_is_found_without_a_place_in_the_text(index):
    naming(make_document("Gipsregnskab", pages=PAGES))
    index()
    (hit,) = ask("gipsregnskab").hits
    assert hit.facts["page"] is None
    assert "#" not in hit.url
    assert hit.text.startswith("Indledning")


@ON_ONE
def test_a_file_that_cannot_be_read_is_found_by_its_title(index):
    naming(make_document("Gipsregnskab", data=b"nothing"))
    index()
    assert titles(ask("gipsregnskab")) == ["Gipsregnskab"]


@pytest.mark.parametrize("way", ["unlinked", "draft", "unpublished", "page closed", "collection closed"])
def test_what_is_not_open_is_in_no_list_count_or_facet(index, way):
    document = make_document("Gipsregnskab", pages=PAGES)
    if way != "unlinked":
        page = naming(document, live=way != "draft")
    index()
    assert ask("overskudsvarme").total == (way not in ("unlinked", "draft"))
    if way == "unpublished":
        unpublish(page)
    elif way == "page closed":
        PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    elif way == "collection closed":
        CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), restriction_type="login")
    assert ask("overskudsvarme").hits == (), "the database is asked before a hit is shown"
    index()
    for text in ("overskudsvarme", "gipsregnskab", ""):
        results = ask(text)
        assert f"document:{document.pk}" not in [hit.id for hit in results.hits]
        assert "document" not in counts(results, "kind")
        assert counts(results, "filetype") == {}
    assert not audit.compare().keys


def test_a_replaced_file_is_found_by_its_new_text_only(index):
    document = make_document(pages=["Om gips"])
    naming(document)
    index()
    assert titles(ask("gips")) == ["Måleplan"]
    document.file = ContentFile(pdf(["Om damp"]), "plan.pdf")
    document.save()
    index()
    assert titles(ask("gips")) == [], "at once, before the new one is read"
    documents.read_waiting()
    index()
    assert titles(ask("damp")) == ["Måleplan"]
    document.delete()
    index()
    assert ask("damp").total == 0


@ON_ONE
def test_a_page_that_takes_its_document_in_or_out_is_heard_of(index):
    document, page = make_document(pages=["Om gips"]), make_story()
    index()
    assert ask("gips").total == 0
    page.body = [("document", {"document": document, "about": ""})]
    publish(page)
    index()
    assert ask("gips").total == 1
    page.body = []
    publish(page)
    index()
    assert ask("gips").total == 0


def test_a_document_is_narrowed_by_its_type_and_by_the_subjects_of_its_pages(index):
    topic = make_topic("Vand")
    naming(make_document("Den ene", pages=["Om gips"]), topics=[topic])
    naming(make_document("Den anden", pages=["Om gips"], kind="docx"))
    index()
    assert counts(ask("gips"), "filetype") == {"pdf": 1, "docx": 1}
    assert titles(ask("gips", filetype="docx")) == ["Den anden"]
    assert titles(ask("gips", kind="document", topic=topic.slug)) == ["Den ene"]
    assert ask("gips", filetype="xlsx").total == 0


@ON_ONE
def test_a_document_stands_once_for_both_languages_and_says_which_it_is_in(index):
    document = make_document("Measuring plan", pages=["The heat is measured every hour and it is kept for a year."])
    page = naming(document)
    translate(page, title="A case")
    index()
    for language, title in (("da", "En sag"), ("en", "A case")):
        (hit,) = ask("measured", language=language, kind="document").hits
        assert hit.lang == "en"
        assert [one["title"] for one in hit.facts["named_by"]] == [title]


def test_long_files_move_no_order_among_the_rest(index):
    for number in range(6):
        make_story(f"Sag {number}", summary="varme " * (number + 1) + "vand " * (7 - number))
    index()
    before = titles(ask("varme", kind="story"))
    naming(make_document(pages=["varme damp gips " * 400] * 5), title="Bilag")
    index()
    assert titles(ask("varme", kind="story")) == before


def test_a_rebuild_and_an_audit_know_passages(index):
    naming(make_document(pages=PAGES))
    indexing.rebuild()
    assert ask("overskudsvarme").hits[0].facts["page"] == 2
    assert not audit.compare().keys


@ON_ONE
def test_without_passages_a_hit_is_shown_all_the_same(index, monkeypatch):
    naming(make_document(pages=PAGES))
    index()

    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "best_passages", refuse)
    (hit,) = ask("overskudsvarme").hits
    assert (hit.facts["page"], hit.name) == (None, "Måleplan")


@ON_ONE
def test_a_page_of_hits_asks_for_passages_once_and_only_where_there_are_any(index, monkeypatch):
    for number in range(4):
        naming(make_document(f"Plan {number}", pages=PAGES), title=f"Sag {number}")
    make_story("Om dampen")
    index()
    asked, best_passages = [], type(current_engine()).best_passages
    monkeypatch.setattr(
        type(current_engine()), "best_passages", lambda self, request: asked.append(1) or best_passages(self, request)
    )
    assert ask("overskudsvarme").total == 4
    assert len(asked) == 1
    assert ask("dampen").total == 1
    assert len(asked) == 1


@ON_ONE
def test_more_documents_take_as_many_queries(index):
    def queries():
        ask("overskudsvarme")
        with CaptureQueriesContext(connection) as captured:
            ask("overskudsvarme")
        return len(captured)

    def name(numbers):
        for number in numbers:
            naming(make_document(f"Plan {number}", pages=PAGES), title=f"Sag {number}")
        index()

    name(range(3))
    few = queries()
    name(range(3, 8))
    assert queries() == few


@ON_ONE
def test_when_the_engine_is_down_titles_of_documents_are_found(index, monkeypatch):
    naming(make_document("Gipsregnskab"))
    make_document("Gipsregnskab, lukket")

    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "search", refuse)
    assert titles(ask("gipsregnskab")) == ["Gipsregnskab"]


@ON_ONE
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_shows_the_card_and_its_json_leads_to_the_page(index, language):
    document = make_document("Plan <b>", pages=["<script>overskudsvarme</script>"])
    naming(document)
    index()
    path = f"{language}/{'search' if language else 'soeg'}/"
    html = Client().get(path, {"q": "overskudsvarme"}).content.decode()
    assert ("Page 1" if language else "Side 1") in html
    assert "&lt;script&gt;<mark>overskudsvarme</mark>" in html
    assert "<script>overskudsvarme" not in html
    assert f'href="{document.url}#page=1"' in html
    said = json.loads(Client().get(path, {"q": "overskudsvarme", "format": "json"}).content)
    assert said["hits"][0]["url"] == f"{document.url}#page=1"
    assert said["facets"]["filetype"] == [{"value": "pdf", "label": "PDF", "count": 1, "selected": False}]


@pytest.mark.parametrize(("count", "lengths"), [(0, []), (1, [1]), (449, [449]), (451, [226, 225]), (900, [300] * 3)])
def test_passages_are_about_as_long_as_each_other_and_lose_nothing(count, lengths):
    text = " ".join(map(str, range(count)))
    cut = parts(text)
    assert [len(part.split()) for part in cut] == lengths
    assert " ".join(cut) == text
    assert all(len(part.split()) <= WORDS * 1.5 for part in cut)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Varmen er målt, og den kan bruges af dem der bor i byen", "da"),
        ("The heat is measured and it can be used by those who live in the town", "en"),
        ("12345", "da"),
    ],
)
def test_the_small_words_say_the_language(text, language):
    assert language_of(text) == language
