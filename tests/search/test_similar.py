"""Similar things: by words and topics, never the thing itself, its translation, or what one may not see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from wagtail.models import PageViewRestriction

from search import audience
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.similar import company_of, strongest_words
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_organisation, make_partnership, make_person, make_topic
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
on_the_embedded_engine = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
STRAW = {"summary": "Halm bliver til bioethanol i raffinaderiet."}


@pytest.fixture
def site(index):
    make_site()
    return index


def similar_to(thing, *, user=None, language="da", topics=()):
    company = company_of(thing, audience.viewer(user or AnonymousUser()), language, topics=topics)
    return [hit.name for hit in company.similar]


def test_what_shares_words_is_similar_and_what_shares_none_is_not(site):
    straw = make_story("Halm til bioethanol", **STRAW)
    make_story("Bioethanol af affald", summary="Også halm kan bruges i raffinaderiet.")
    make_story("Sten ved kysten", summary="Bølger og sand.")
    closed = make_story("Halm til bioethanol bag låsen", **STRAW)
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    make_story("Halm til bioethanol som kladde", live=False, **STRAW)
    site()
    assert similar_to(straw) == ["Bioethanol af affald"]
    assert "Bioethanol af affald" in Client().get(straw.url).content.decode()


@on_the_embedded_engine
def test_a_thing_is_not_similar_to_itself_or_its_translation(site):
    straw = make_story("Halm til bioethanol", **STRAW)
    english = translate(straw, title="Halm bioethanol raffinaderiet")
    site()
    assert similar_to(straw) == similar_to(english, language="en") == []
    assert similar_to(straw, language="en") == [], "not even where the other language is read"


def test_organisations_and_partnerships_are_similar_by_topic_and_words(site):
    topic = make_topic("Vand")
    one, _other = (make_organisation(name, topics=[topic]) for name in ("Fjordbryg", "Havbryg"))
    stranger = make_organisation("Fjordbanken")
    own = make_partnership("Vandnet", members=[one], topics=[topic])
    make_partnership("Renere vand", topics=[topic])
    site()
    assert set(similar_to(one, topics=[topic])) == {"Havbryg", "Renere vand"}
    assert similar_to(stranger) == []
    assert similar_to(own, topics=[topic]) == ["Renere vand"]
    for thing, name in ((one, "Havbryg"), (own, "Renere vand")):
        assert f">{name}</a></h3>" in Client().get(thing.get_absolute_url()).content.decode()


@on_the_embedded_engine
def test_the_index_is_not_believed(site):
    straw, other = make_story("Halm til bioethanol", **STRAW), make_story("Bioethanol og halm", **STRAW)
    site()
    type(other).objects.filter(pk=other.pk).update(live=False)
    assert similar_to(straw) == []


@on_the_embedded_engine
def test_a_page_renders_without_an_engine_and_falls_back_to_what_shares_its_topics(site, monkeypatch):
    topic = make_topic("Halm")
    straw, other = make_story("Halm til bioethanol", topics=[topic]), make_story("Kedlen", topics=[topic])

    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "search", refuse)
    assert other.title in Client().get(straw.url).content.decode()
    for thing in (topic, make_organisation("Fjordbryg"), make_partnership("Halmnet")):
        assert Client().get(thing.get_absolute_url()).status_code == 200


@on_the_embedded_engine
def test_pages_with_all_that_search_knows_still_ask_little(site):
    topic = make_topic("Halm")

    def more(count):
        for number in range(count):
            story = make_story(f"Halm til bioethanol {number}", topics=[topic], **STRAW)
            person = make_person(f"Person {number}", consents=True)
            story.person_links.create(person=person, role="contact")
            story.organisation_links.create(organisation=make_organisation(f"Værk {number}", topics=[topic]))
            make_partnership(f"Halm til bioethanol {number}", topics=[topic], administrator=person)
        site()
        return story

    member = Client()
    member.force_login(make_person("Mads").user)
    story = more(4)
    things = [make_organisation("Fjordbryg", topics=[topic]), make_partnership("Halmnet", topics=[topic]), topic]
    paths = [story.url, *(thing.get_absolute_url() for thing in things)]
    before = {path: (len(queries_of(Client(), path)), len(queries_of(member, path))) for path in paths}
    assert {path: few for path, few in before.items() if few[0] > 18 or few[1] > 18 + 6} == {}
    more(4)
    after = {path: (len(queries_of(Client(), path)), len(queries_of(member, path))) for path in paths}
    assert {path: (before[path], after[path]) for path in paths if after[path] > before[path]} == {}


def test_words_are_strongest_by_place_by_number_and_by_length():
    texts = {"title": "Halm", "summary": "Bioethanolraffinaderi", "body": "Halm og damp, damp, i 2009 er der"}
    assert strongest_words(texts, "da")[:2] == ["halm", "biøthanolraffinaderi"]
    assert "2009" not in strongest_words(texts, "da")
    assert len(strongest_words({"body": " ".join(f"ord{'x' * n}" for n in range(2, 60))}, "da")) == 20
