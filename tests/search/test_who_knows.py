"""Who knows: whom it names and whom not, by what, and in which order."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client

from cms.models import CaseStoryPage, OrganisationLink, PersonLink
from partnerships import clock
from partnerships.models import Consent, DeadAddress
from search import audience
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.query import Viewer
from tests.cms_pages import make_site, make_story
from tests.factories import (
    make_goal,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_seat,
    make_topic,
)
from tests.queries import queries_of

from .asking import ask

pytestmark = pytest.mark.django_db
PAGE = "/soeg/hvem-ved/"
on_the_embedded_engine = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


def stands_behind(person, story, role="contact"):
    PersonLink.objects.create(page=story, person=person, role=role)
    return person


def written(story, years_ago):
    day = clock.now() - timedelta(days=365.25 * years_ago)
    CaseStoryPage.objects.filter(pk=story.pk).update(first_published_at=day)
    return story


def answer(client=None, address=PAGE, **parameters):
    response = (client or Client()).get(address, {**parameters, "format": "json"})
    assert response.status_code == 200
    return response.json()


def names(client=None, **parameters):
    return [expert["name"] for expert in answer(client, **parameters)["experts"]]


@pytest.fixture
def site(index):
    make_site()
    return index


# Who is named


@pytest.fixture
def three(site):
    """One who agrees, one who never did, one who withdrew; all contacts on a case about gypsum."""
    story = make_story("Gips fra røggas")
    agrees, never, withdrew = (
        make_person(name, consents=name != "Nina Nej", expertise="Gips")
        for name in ("Anna Aftalt", "Nina Nej", "Trine Trukket")
    )
    for person in (agrees, never, withdrew):
        stands_behind(person, story)
    Consent.objects.filter(profile=withdrew).update(withdrawn=clock.now())
    site()
    return story


@on_the_embedded_engine
@pytest.mark.parametrize(("name", "named"), [("Anna Aftalt", True), ("Nina Nej", False), ("Trine Trukket", False)])
def test_only_who_agrees_now_is_named_anywhere(three, name, named):
    topic = make_topic("Gips")
    three.topics = [topic]
    three.save_revision().publish()
    call_command("rebuild_index", verbosity=0)
    pages = [f"{PAGE}?q=gips", "/soeg/?q=gips", topic.get_absolute_url(), three.url, f"{PAGE}?q=gips&format=json"]
    assert {address: name in Client().get(address).content.decode() for address in pages} == dict.fromkeys(pages, named)


@on_the_embedded_engine
def test_who_is_away_or_gets_no_mail_is_not_named_meanwhile(three):
    assert names(q="gips") == ["Anna Aftalt"]
    anna = PersonLink.objects.get(person__name="Anna Aftalt").person
    dead = DeadAddress.objects.create(address=anna.user.email, reason="bounced")
    assert names(q="gips") == []
    dead.delete()
    anna.away_from = clock.today()
    anna.save()
    assert names(q="gips") == []


@pytest.fixture
def rooms(site):
    """An author who agrees, of one post for each audience, and people who stand in four ways to the partnership."""
    author, administrator, member = make_person("Anna Aftalt", consents=True), make_person("Adam"), make_person("Mads")
    make_membership(member, organisation := make_organisation("Fjordbryg"))
    partnership = make_partnership("Stofnettet", administrator=administrator, members=[organisation])
    for readers in ("public", "members", "administrators"):
        make_post(partnership, author, audience=readers, title=f"Zirkonium {readers}")
    site()
    people = {"member": member, "administrator": administrator, "stranger": make_person("Frank")}
    return {who: person.user for who, person in people.items()}


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (None, {"public"}),
        ("stranger", {"public"}),
        ("member", {"public", "members"}),
        ("administrator", {"public", "members", "administrators"}),
    ],
)
def test_evidence_is_only_what_the_viewer_may_read(rooms, who, seen):
    client = Client()
    if who:
        client.force_login(rooms[who])
    (expert,) = answer(client, q="zirkonium", kind="person")["experts"]
    assert {shown["title"].split()[1] for shown in expert["evidence"]} == seen
    assert all(client.get(shown["url"]).status_code == 200 for shown in expert["evidence"])
    assert re.findall(r"\d+", expert["reasons"][0]) == [str(len(seen))]


@on_the_embedded_engine
def test_the_index_is_not_believed_about_evidence(rooms, monkeypatch):
    """Tokens that let everything through still show nobody what the database refuses them."""
    every = frozenset({"public", *(f"p:{n}" for n in range(99)), *(f"pa:{n}" for n in range(99))})
    monkeypatch.setattr(audience, "viewer", lambda user: Viewer(user, every))
    (expert,) = answer(q="zirkonium", kind="person")["experts"]
    assert [shown["title"] for shown in expert["evidence"]] == ["Zirkonium public"]


def test_private_things_change_nothing_for_a_stranger(site):
    topic, goal = make_topic("Damp"), make_goal("Damp for alle")
    person, organisation = make_person("Anna", consents=True, topics=[topic]), make_organisation("Dampværket")
    partnership = make_partnership("Dampnettet", administrator=person, members=[organisation], topics=[topic])
    story, closed = make_story("Damp til byen", topics=[topic], goals=[goal]), make_story("Damp i dybet", live=False)
    make_story("Damp til havnen", topics=[topic])
    stands_behind(person, story)
    site()
    pages = [topic.get_absolute_url(), goal.get_absolute_url(), story.url, organisation.get_absolute_url()]
    pages.append(partnership.get_absolute_url())

    def said():
        asked = [{"q": "damp"}, {"topic": topic.slug}, {"organisation": organisation.slug}, {"q": "zirkonium"}, {}]
        html = [re.sub(r"[Oo]pdateret[^<]*", "", Client().get(page).content.decode()) for page in pages]
        return [answer(**parameters) for parameters in asked], html

    before = said()
    hidden = make_person("Hemmelig Person", expertise="Damp og zirkonium", topics=[topic])
    for readers in ("members", "administrators"):
        make_post(partnership, person, audience=readers, title="Damp og zirkonium", organisation=organisation)
    for one in (story, closed):
        stands_behind(hidden, one, "author")
    stands_behind(person, closed, "author")
    make_seat(hidden, partnership)
    site()
    assert said() == before


# In which order, by what


def test_what_was_written_long_ago_counts_less_but_never_nothing(site):
    for years, name in ((0, "Ny Nysen"), (4, "Firs Firsen"), (40, "Gammel Gammelsen")):
        stands_behind(make_person(name, consents=True), written(make_story("Halm i kedlen"), years))
    call_command("rebuild_index", verbosity=0)
    assert names(q="halm", kind="person") == ["Ny Nysen", "Firs Firsen", "Gammel Gammelsen"]


def test_who_says_it_themselves_comes_before_one_with_the_same_part(site):
    story = make_story("Halm i kedlen")
    for name, expertise in (("Anna", ""), ("Bent", "Halm")):
        stands_behind(make_person(name, consents=True, expertise=expertise), story, "author")
    site()
    assert names(q="halm", kind="person") == ["Bent", "Anna"]


@on_the_embedded_engine
def test_a_name_is_no_expertise(site):
    """Somebody called Halm gets no vote for it beyond being found by name; the bonus is for what one says oneself."""
    make_person("Hans Halm", consents=True)
    make_person("Bent", consents=True, expertise="Halm")
    site()
    assert names(q="halm", kind="person")[0] == "Bent"


@on_the_embedded_engine
def test_evidence_is_three_things_with_their_role_and_the_weightiest_first(site):
    person = make_person("Anna", consents=True, expertise="Halm")
    for number in range(4):
        stands_behind(person, make_story(f"Halm {number}"), "author" if number == 3 else "contact")
    site()
    (expert,) = answer(q="halm", kind="person")["experts"]
    assert len(expert["evidence"]) == 3
    assert expert["evidence"][0] | {"id": ""} == {
        "id": "",
        "title": "Halm 3",
        "url": expert["evidence"][0]["url"],
        "lang": "da",
        "role": "forfatter",
    }
    assert {shown["role"] for shown in expert["evidence"][1:]} == {"kontakt"}
    html = Client().get(PAGE, {"q": "halm"}).content.decode()
    assert all(f'href="{shown["url"]}"' in html for shown in expert["evidence"])


@on_the_embedded_engine
def test_one_thing_counts_once_for_one_person(site):
    story = make_story("Halm i kedlen")
    person = make_person("Anna", consents=True)
    for role in ("author", "contact"):
        stands_behind(person, story, role)
    site()
    (expert,) = ask("halm").experts
    assert [shown.title for shown in expert.evidence] == ["Halm i kedlen"]
    assert expert.reasons == ("Forfatter til 1 case",)


# The page of its own


@pytest.fixture
def town(site):
    """Two topics, two places; a brewer in one, a person at a works in the other."""
    water, heat, harbour, town = make_topic("Vand"), make_topic("Varme"), make_place("Havnen"), make_place("Byen")
    brewery, works = make_organisation("Fjordbryg"), make_organisation("Dampværket")
    anna, bent = make_person("Anna", consents=True), make_person("Bent", consents=True)
    make_membership(anna, brewery)
    make_membership(bent, works, until=clock.today() - timedelta(days=1))
    for person, topic, place, organisation in ((anna, water, harbour, brewery), (bent, heat, town, works)):
        story = make_story(f"Energi ved {organisation}", topics=[topic], places=[place])
        stands_behind(person, story)
        OrganisationLink.objects.create(page=story, organisation=organisation)
    site()
    return {"topic": water.slug, "place": harbour.slug, "organisation": brewery.slug, "works": works.slug}


@pytest.mark.parametrize("name", ["topic", "place", "organisation"])
def test_a_filter_leaves_those_behind_what_fits(town, name):
    assert set(names(q="energi")) == {"Anna", "Bent", "Fjordbryg", "Dampværket"}
    assert set(names(q="energi", **{name: town[name]})) == {"Anna", "Fjordbryg"}
    assert set(names(**{name: town[name]})) == {"Anna", "Fjordbryg"}
    assert names(q="energi", **{name: "findes-ikke"}) == []
    assert [row["selected"] for row in answer(q="energi", **{name: town[name]})["facets"][name]].count(True) == 1


@on_the_embedded_engine
def test_an_ended_membership_is_none(town):
    assert names(q="energi", organisation=town["works"]) == ["Dampværket"]


@on_the_embedded_engine
def test_a_kind_leaves_that_kind_and_its_counts_ignore_it(town):
    assert set(names(q="energi", kind="person")) == {"Anna", "Bent"}
    html = Client().get(PAGE, {"q": "energi", "kind": "organisation"}).content.decode()
    assert "Personer <span>2</span>" in html
    assert "Organisationer <span>2</span>" in html


@on_the_embedded_engine
def test_a_long_list_is_paged_to_its_end(site):
    story = make_story("Halm i kedlen")
    for number in range(23):
        stands_behind(make_person(f"Person {number:02}", consents=True), story)
    site()
    assert [len(names(q="halm", page=number)) for number in (1, 2, 3)] == [20, 3, 3]
    assert set(names(q="halm")) | set(names(q="halm", page=2)) == {f"Person {number:02}" for number in range(23)}
    assert "Viser 21-23 af 23" in Client().get(PAGE, {"q": "halm", "page": 2}).content.decode()


@on_the_embedded_engine
def test_it_stands_at_its_address_in_both_languages_and_answers_only_to_reading(town):
    assert Client().get("/en/search/people/", {"q": "energi"}).status_code == 200
    assert "Who knows about “energi”?" in Client().get("/en/search/people/", {"q": "energi"}).content.decode()
    assert Client().post(PAGE).status_code == 405


@on_the_embedded_engine
def test_while_the_engine_is_gone_it_says_so_and_names_nobody(town, monkeypatch):
    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "search", refuse)
    said = answer(q="energi")
    assert said["experts"] == []
    assert "virker ikke helt" in said["notice"]


@on_the_embedded_engine
def test_it_asks_the_database_as_little_for_many_as_for_few(site):
    def more(count):
        for number in range(count):
            topic, person = (
                make_topic(f"Emne {number}"),
                make_person(f"Person {number}", consents=True, expertise="Varme"),
            )
            organisation = make_organisation(f"Varme {number} ApS", topics=[topic])
            make_membership(person, organisation)
            make_post(make_partnership(members=[organisation], administrator=person), person, title="Varme")
            stands_behind(person, make_story(f"Varme {number}", topics=[topic]))
        site()

    def asked(client):
        queries = queries_of(client, PAGE, {"q": "varme"})
        assert not [sql for sql in queries if sql.split()[0] in ("INSERT", "UPDATE", "DELETE")]
        return len(queries)

    member = Client()
    member.force_login(make_person("Mads").user)
    more(2)
    few = asked(Client()), asked(member)
    more(5)
    assert (asked(Client()), asked(member)) == few
    assert few[0] <= 8
    assert few[1] <= 8 + 6


# On the pages of topics and goals


def test_a_topic_and_a_goal_name_who_stands_behind_their_things(site):
    topic, goal = make_topic("Damp"), make_goal("Damp for alle")
    near, far = make_person("Anna Aftalt", consents=True), make_person("Frank Fjern", consents=True)
    stands_behind(near, make_story("Kedlen", topics=[topic], goals=[goal]))
    stands_behind(far, make_story("Damp, men uden emne"))
    site()
    for thing in (topic, goal):
        html = Client().get(thing.get_absolute_url()).content.decode()
        assert "Anna Aftalt" in html
        assert "Kontakt på 1 case." in html
        assert "Frank Fjern" not in html
