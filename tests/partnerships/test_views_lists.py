"""Lists and pages of who takes part: narrowed by their address, and no slower for having more rows."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.listing import PER_PAGE
from tests.cms_pages import make_site
from tests.factories import (
    make_application,
    make_goal,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_seat,
    make_topic,
    yesterday,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

LISTS = ["organisation_list", "person_list", "partnership_list", "topic_list", "goal_list"]
MOST = {"list": 16, "page": 18}
MORE_SIGNED_IN = 6


@pytest.fixture
def town():
    """One of everything, each tied to the others; `grow` ties on more of the same."""
    make_site()
    return Town()


class Town:
    def __init__(self):
        self.topic, self.place = make_topic(), make_place()
        self.person = make_person("Kim Kontakt", consents=True, topics=[self.topic])
        self.organisation = make_organisation(administrator=self.person, topics=[self.topic], places=[self.place])
        self.partnership = make_partnership(topics=[self.topic], seeks="Flere")
        self.partnership.places.add(self.place)
        self.goal = make_goal()
        self.partnership.goals.add(self.goal)
        make_seat(self.person, self.partnership)
        self.grow(1)

    def grow(self, count):
        for number in range(count):
            self._one_more(number)

    def _one_more(self, number):
        topic, place = make_topic(f"Emne {number}"), make_place(f"Sted {number}")
        person = make_person(f"Person {number}", consents=True, topics=[topic, self.topic])
        other = make_organisation(f"Værk {number}", administrator=person, topics=[topic, self.topic], places=[place])
        other.former_names.create(name=f"Gammelt værk {number}", until="2009-11")
        make_membership(person, self.organisation)
        participation = make_participation(other, self.partnership)
        make_seat(person, self.partnership, role="representative", participation=participation)
        make_seat(person, self.partnership, role="secretary")
        elsewhere = make_partnership(f"Netværk {number}", topics=[topic, self.topic], seeks="Alle", responsible=other)
        make_participation(self.organisation, elsewhere)
        make_seat(self.person, elsewhere)
        goal = make_goal(f"Mål {number}", edition=self.goal.edition, predecessor=self.goal)
        elsewhere.goals.add(goal, self.goal)
        for audience in ("public", "members", "administrators"):
            make_post(self.partnership, person, audience=audience, organisation=other)
        make_application(self.partnership, make_organisation(f"Ansøger {number}"), person)
        asks = make_person(f"Spørger {number}")
        make_membership(asks, self.organisation, status="requested")

    def addresses(self):
        for name in LISTS:
            yield "list", reverse(f"partnerships:{name}")
        for thing in (self.organisation, self.person, self.partnership, self.topic, self.goal):
            yield "page", thing.get_absolute_url()

    def closed(self):
        yield reverse("desk")
        yield reverse("profile")
        yield reverse("partnerships:room", args=[self.partnership.slug])
        yield reverse("partnerships:organisation_edit", args=[self.organisation.slug])


def member(town):
    client = Client()
    client.force_login(town.person.user)
    return client


def test_lists_and_pages_ask_the_database_little(town):
    town.grow(3)
    too_many = {}
    for kind, address in town.addresses():
        for client, more in ((Client(), 0), (member(town), MORE_SIGNED_IN)):
            count = len(queries_of(client, address))
            if count > MOST[kind] + more:
                too_many[address, more] = count
    assert too_many == {}


def test_they_ask_no_more_for_more_rows(town):
    town.grow(1)
    paths = [address for _kind, address in town.addresses()]
    before = {(who, path): len(queries_of(client, path)) for who, client, path in _asked(town, paths)}
    town.grow(6)
    after = {(who, path): len(queries_of(client, path)) for who, client, path in _asked(town, paths)}
    assert {key: (before[key], count) for key, count in after.items() if count > before[key]} == {}


def _asked(town, paths):
    signed_in, visitor = member(town), Client()
    yield from (("visitor", visitor, path) for path in paths)
    yield from (("member", signed_in, path) for path in [*paths, *town.closed()])


def test_no_page_asks_the_same_thing_again_and_again(town):
    town.grow(3)
    repeated = {}
    for _who, client, path in _asked(town, [address for _kind, address in town.addresses()]):
        shapes = [re.sub(r"'[^']*'|\b\d+\b", "?", sql) for sql in queries_of(client, path)]
        often = {shape[:150] for shape in shapes if shapes.count(shape) > 3}
        if often:
            repeated[path] = often
    assert repeated == {}


def shown(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return [str(row) for row in response.context["listing"].page]


def test_filters_stand_in_the_address(client):
    make_site()
    water, harbour = make_topic("Vand"), make_place("Havnen")
    make_organisation("Havnens Is", topics=[water], places=[harbour])
    make_organisation("Strandens Grundejere", kind="association", topics=[water])
    make_organisation("Solfelt Nord")
    path = reverse("partnerships:organisation_list")
    assert shown(client, f"{path}?topic={water.slug}") == ["Havnens Is", "Strandens Grundejere"]
    assert shown(client, f"{path}?topic={water.slug}&kind=association") == ["Strandens Grundejere"]
    assert shown(client, f"{path}?kind=association&kind=company&place={harbour.slug}") == ["Havnens Is"]
    assert shown(client, f"{path}?q=havnen") == ["Havnens Is"]
    assert shown(client, f"{path}?q=findes+ikke") == []
    assert shown(client, f"{path}?kind=no-such-kind") == ["Havnens Is", "Solfelt Nord", "Strandens Grundejere"]


def test_a_chosen_filter_stays_chosen_in_the_form_and_in_the_paging(client):
    make_site()
    water = make_topic("Vand")
    for number in range(PER_PAGE + 1):
        make_organisation(f"Værk {number:02}", topics=[water])
    path = f"{reverse('partnerships:organisation_list')}?topic={water.slug}&q=v%C3%A6rk"
    page = client.get(path).content.decode()
    assert re.search(rf'value="{water.slug}"[^>]* checked', page)
    assert re.search(rf'href="\?topic={water.slug}&amp;q=v%C3%A6rk&amp;page=2"', page)
    assert len(shown(client, f"{path}&page=2")) == 1


@pytest.mark.parametrize(("page", "wanted"), [("0", 1), ("-1", 2), ("99", 2), ("to", 1), ("1", 1), ("2", 2)])
def test_a_page_that_is_not_there_leads_to_one_that_is(client, page, wanted):
    make_site()
    for number in range(PER_PAGE + 1):
        make_organisation(f"Værk {number:02}")
    response = client.get(f"{reverse('partnerships:organisation_list')}?page={page}")
    assert response.context["listing"].page.number in (wanted, 2)


def test_a_list_without_hits_says_so(client):
    make_site()
    for name in ("organisation_list", "person_list", "partnership_list"):
        page = client.get(f"{reverse(f'partnerships:{name}')}?q=zzzz").content.decode()
        assert page.count("<h1") == 1
        assert "s-card__title" not in page
        assert 'value="zzzz"' in page


def test_only_those_who_agreed_are_counted_among_people(client):
    make_site()
    water = make_topic("Vand")
    make_person("Kim Kontakt", consents=True, topics=[water])
    make_person("Hanne Hemmelig", consents=False, topics=[water])
    response = client.get(f"{reverse('partnerships:person_list')}?topic={water.slug}")
    assert [str(row) for row in response.context["listing"].page] == ["Kim Kontakt"]
    counts = {value.value: value.count for facet in response.context["listing"].facets for value in facet.values}
    assert counts[water.slug] == 1
    for path in (reverse("partnerships:person_list"), water.get_absolute_url(), reverse("partnerships:topic_list")):
        assert "Hemmelig" not in client.get(path).content.decode()


def test_partnerships_that_seek_stand_first(client):
    make_site()
    make_partnership("A er ophørt", until=yesterday())
    make_partnership("B kører")
    make_partnership("C søger", seeks="Havne")
    assert shown(client, reverse("partnerships:partnership_list")) == ["C søger", "B kører", "A er ophørt"]
