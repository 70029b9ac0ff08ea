"""What editors say means the same is found as well, at once, more weakly, and can be left out."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from cms.editors import EDITORS, FACILITATORS
from partnerships.models import HistoryEntry
from partnerships.services.refusals import Invalid, NotAllowed
from search.models import Synonym
from search.services import synonyms
from tests.cms_pages import make_site, make_story
from tests.factories import make_person
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


@pytest.fixture
def editor():
    return in_group(EDITORS).user


def in_group(name):
    person = make_person("Erik Redaktør")
    person.user.groups.set(Group.objects.filter(name=name))
    return person


def keep(word, others, **fields):
    return Synonym.objects.create(word=word, others=others, **fields)


def test_a_synonym_is_found_after_the_word_itself_and_marked(index):
    make_story("Elbiler i havnen")
    make_story("Elektriske køretøjer på vej")
    make_story("Noget andet")
    index()
    assert titles(ask("elbil")) == ["Elbiler i havnen"]
    keep("elbil", "elektrisk køretøj")
    results = ask("elbiler")
    assert titles(results) == ["Elbiler i havnen", "Elektriske køretøjer på vej"]
    assert "<mark>Elektriske</mark> <mark>køretøjer</mark>" in results.hits[1].title
    assert results.also == ("elektrisk køretøj",)


def test_words_in_a_row_have_synonyms_together_and_not_apart(index):
    make_story("Biogas af gylle")
    make_story("Grøn omstilling i industrien")
    index()
    keep("grøn omstilling", "biogas")
    assert set(titles(ask("grøn omstilling"))) == {"Biogas af gylle", "Grøn omstilling i industrien"}
    assert titles(ask("grøn")) == ["Grøn omstilling i industrien"]
    assert titles(ask("omstilling")) == ["Grøn omstilling i industrien"]
    assert titles(ask('"grøn omstilling"')) == ["Grøn omstilling i industrien"]


@EMBEDDED
def test_one_way_does_not_lead_back(index):
    make_story("Fjernvarme")
    make_story("Damp")
    index()
    keep("damp", "fjernvarme", both_ways=False)
    assert set(titles(ask("damp"))) == {"Damp", "Fjernvarme"}
    assert titles(ask("fjernvarme")) == ["Fjernvarme"]
    Synonym.objects.all().delete()
    keep("damp", "fjernvarme")
    assert set(titles(ask("fjernvarme"))) == {"Damp", "Fjernvarme"}


@EMBEDDED
def test_a_group_finds_all_of_it_and_a_language_keeps_to_itself(index):
    for title in ("Cykel", "Knallert", "Løbehjul"):
        make_story(title)
    index()
    keep("cykel", "knallert, løbehjul", lang="en")
    assert titles(ask("knallert")) == ["Knallert"]
    Synonym.objects.update(lang="da")
    Synonym.objects.get().save()
    assert set(titles(ask("knallert"))) == {"Cykel", "Knallert", "Løbehjul"}
    assert titles(ask("knallert", language="en")) == ["Knallert"]


@EMBEDDED
def test_the_page_says_what_else_was_searched_for_and_leads_to_the_words_alone(index):
    make_site()
    make_story("Elbiler i havnen")
    make_story("Ladestandere")
    index()
    keep("elbil", "ladestander")
    html = Client().get("/soeg/", {"q": "elbil"}).content.decode()
    assert "Vi søgte også efter <b>ladestander</b>" in html
    assert 'href="?q=elbil&amp;exact=1"' in html
    alone = Client().get("/soeg/", {"q": "elbil", "exact": "1"}).content.decode()
    assert "Ladestandere" not in alone
    assert "Vi søgte også" not in alone
    assert "Vi søgte også" not in Client().get("/soeg/", {"q": "ladestander", "exact": "1"}).content.decode()


@EMBEDDED
def test_what_an_editor_changes_is_in_force_with_the_next_search(index, editor):
    make_story("Ladestandere")
    index()
    assert titles(ask("elbil")) == []
    row = synonyms.keep(actor=editor, word=" elbil ", others="ladestander, , Elbil, ladestander")
    assert (row.word, row.others) == ("elbil", "ladestander")
    assert titles(ask("elbil")) == ["Ladestandere"]
    synonyms.keep(actor=editor, synonym=row, word="elbil", others="bus")
    assert titles(ask("elbil")) == []
    synonyms.keep(actor=editor, synonym=row, word="elbil", others="ladestander")
    synonyms.remove(actor=editor, synonym=row)
    assert titles(ask("elbil")) == []
    assert HistoryEntry.objects.filter(note="synonym elbil").count() == 4


@pytest.mark.parametrize("others", ["", " , ", "elbil, ELBIL", "!!"])
def test_a_row_needs_another_word(editor, others):
    with pytest.raises(Invalid):
        synonyms.keep(actor=editor, word="elbil", others=others)


def test_a_word_has_one_row_a_language(editor):
    synonyms.keep(actor=editor, word="elbil", others="bil")
    synonyms.keep(actor=editor, word="elbil", others="bil", lang="da")
    with pytest.raises(Invalid):
        synonyms.keep(actor=editor, word="elbil", others="bus")


def test_only_editors_change_synonyms(editor):
    row = synonyms.keep(actor=editor, word="elbil", others="bil")
    for person in (make_person("Mads"), in_group(FACILITATORS)):
        for act in (
            lambda who: synonyms.keep(actor=who, word="bus", others="bil"),
            lambda who: synonyms.keep(actor=who, synonym=row, word="bus", others="bil"),
            lambda who: synonyms.remove(actor=who, synonym=row),
        ):
            with pytest.raises(NotAllowed):
                act(person.user)
    assert Synonym.objects.get().word == "elbil"


@pytest.mark.parametrize(("group", "allowed"), [(EDITORS, True), (FACILITATORS, False), (None, False)])
def test_the_screen_is_for_editors_and_goes_through_the_service(group, allowed):
    client = Client()
    client.force_login(in_group(group).user)
    assert (client.get(reverse("synonym:index")).status_code == 200) == allowed
    typed = {"word": "elbil", "others": "ladestander", "both_ways": "on", "lang": ""}
    client.post(reverse("synonym:add"), typed)
    assert Synonym.objects.filter(word="elbil").exists() == allowed
    if allowed:
        again = client.post(reverse("synonym:add"), typed)
        assert "Ordet har allerede en række" in again.content.decode()
        row = Synonym.objects.get()
        client.post(reverse("synonym:edit", args=[row.pk]), {**typed, "others": "bus"})
        assert Synonym.objects.get().others == "bus"
        client.post(reverse("synonym:delete", args=[row.pk]))
        assert not Synonym.objects.exists()
