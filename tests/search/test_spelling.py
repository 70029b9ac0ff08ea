"""A slip of the pen is mended by words of public things, and only where that leads somewhere."""

import pytest
from django.test import Client

from search import indexing, spelling
from search.models import KnownWord
from tests.cms_pages import make_site, make_story
from tests.factories import make_organisation, make_partnership, make_person, make_post
from tests.search.asking import ask

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


SLIPS = {
    "biogasanlæq": "biogasanlæg",
    "bogasanlæg": "biogasanlæg",
    "boigasanlæg": "biogasanlæg",
    "Gylel biogasanleag": "gylle biogasanlæg",
    "biogasanlaeg": "",
    "biogasanlæg": "",
    "zzzzzzzz": "",
}


def counted(word, lang="da"):
    row = KnownWord.objects.filter(lang=lang, word=word).first()
    return row.documents if row else 0


@pytest.fixture
def stories(index):
    found = [make_story(f"Biogasanlæg nummer {number}", summary="Gylle og halm.") for number in range(3)]
    index()
    return found


def test_a_slip_is_answered_with_what_was_meant(stories):
    for typed, meant in SLIPS.items():
        assert ask(typed).did_you_mean == meant, typed


@EMBEDDED
def test_the_page_and_the_machine_say_so_and_the_filters_stay(stories):
    make_site()
    html = Client().get("/soeg/", {"q": "biogasanlæq", "sort": "name"}).content.decode()
    assert "Mente du" in html
    assert 'href="?q=biogasanl%C3%A6g&amp;sort=name">biogasanlæg</a>' in html
    answer = Client().get("/soeg/", {"q": "biogasanlæq", "format": "json"}).json()
    assert answer["did_you_mean"] == "biogasanlæg"
    assert Client().get("/soeg/", {"q": "gylle", "format": "json"}).json()["did_you_mean"] is None


@EMBEDDED
def test_nothing_is_offered_that_would_find_no_more(stories, index):
    assert ask("biogasanlæq", kind="person").did_you_mean == ""
    make_story("Gylde")
    index()
    assert ask("gylde").did_you_mean == "", "a word that stands in one thing is no slip"
    assert ask("gylfe").did_you_mean == "gylle"


def test_words_of_private_things_are_never_offered(index):
    author, organisation = make_person("Anna"), make_organisation("Fjordbryg")
    partnership = make_partnership("Vandnet", administrator=author, members=[organisation])
    for number in range(4):
        make_post(partnership, author, title=f"Zirkonium {number}", audience="members", organisation=organisation)
    index()
    assert ask("zirkoniun").did_you_mean == ""
    assert ask("zirkoniun", user=author.user).did_you_mean == ""
    assert not KnownWord.objects.filter(word="zirkonium").exists()


@EMBEDDED
def test_words_come_and_go_with_the_things_that_have_them(stories, index):
    assert counted("biogasanlæg") == 3
    assert counted("biogasanlæg", "en") == 3, "a page without a translation answers in both languages"
    stories[0].title = "Vindmølle"
    stories[0].save_revision().publish()
    index()
    assert (counted("biogasanlæg"), counted("vindmølle")) == (2, 1)
    stories[0].save()
    index()
    assert counted("vindmølle") == 1, "saving again counts nothing twice"
    for story in stories[1:]:
        story.unpublish()
    index()
    assert counted("biogasanlæg") == 0
    assert ask("biogasanlæq").did_you_mean == ""


@EMBEDDED
def test_a_rebuild_counts_the_same_as_the_changes_did(stories, index):
    make_organisation("Ørsted Bioenergi", name_en="Oersted Bioenergy")
    index()
    before = set(KnownWord.objects.filter(documents__gt=0).values_list("lang", "word", "documents"))
    indexing.rebuild()
    assert set(KnownWord.objects.values_list("lang", "word", "documents")) == before
    assert ("da", "ørsted", 1) in before


@EMBEDDED
def test_a_process_learns_what_another_has_written(stories, index):
    here = spelling.speller("da")
    assert not here.knows("vindmølle")
    for number in range(3):
        make_story(f"Vindmølle {number}")
    index()
    assert spelling.speller("da").nearest("vindmøle") == ["vindmølle"]
    indexing.rebuild()
    KnownWord.objects.filter(word="vindmølle").delete()
    spelling.forget()
    assert not spelling.speller("da").knows("vindmølle")


@EMBEDDED
def test_a_word_is_offered_as_it_is_spelt_not_as_it_is_folded(index):
    for number in range(3):
        make_story(f"Michaels anlæg {number}")
    index()
    assert spelling.speller("da").nearest("michales") == ["michaels"]
