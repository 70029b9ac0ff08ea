"""The membership's page for both sides, the partnership's list of members, and the organisation's list of partnerships."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from partnerships import clock
from partnerships.models import Participation, Proposal, Seat
from tests.cms_pages import make_site
from tests.factories import (
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    make_tier,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


class Town:
    def __init__(self):
        self.anna, self.carla, self.bo = make_person("Anna"), make_person("Carla"), make_person("Bo Berg")
        self.network = make_partnership("Vandnetværket", administrator=self.anna)
        self.company = make_organisation("Fjordbryg ApS", administrator=self.carla)
        make_membership(self.bo, self.company)
        self.member = make_participation(self.company, self.network)
        self.tier = make_tier(self.network, "Observatør", kind="observer")
        self.path = self.member.get_absolute_url()

    def post(self, who, **fields):
        return client_of(who).post(self.path, fields, follow=True)

    def page(self, who):
        return client_of(who).get(self.path).content.decode()

    def held(self, seat=None):
        return ",".join(str(one.pk) for one in self.member.seats.order_by("pk"))


@pytest.fixture
def town():
    return Town()


def test_an_organisation_names_and_replaces_who_acts_for_it(town):
    page = town.post(town.carla, act="name", profile=town.bo.pk, role="representative").content.decode()
    assert "Bo Berg" in page
    first = Seat.objects.get(participation=town.member)
    town.post(town.carla, act="name", profile=town.carla.pk, role="representative", seen=str(first.pk))
    seats = Seat.objects.filter(participation=town.member, until=None)
    assert [seat.profile for seat in seats] == [town.carla]


def test_a_page_that_was_open_too_long_replaces_nobody(town):
    town.post(town.carla, act="name", profile=town.bo.pk, role="representative")
    page = town.post(town.carla, act="name", profile=town.carla.pk, role="representative", seen="").content.decode()
    assert "En anden er blevet udpeget imens" in page
    assert Seat.objects.get(participation=town.member).profile == town.bo


def test_a_seat_is_ended_from_the_page(town):
    seat = make_seat(town.bo, town.network, role="representative", participation=town.member)
    town.post(town.carla, act="end_seat", thing=seat.pk)
    seat.refresh_from_db()
    assert seat.until == clock.today()


@pytest.mark.parametrize("thing", ["999999", "", "x", "1" * 30])
@pytest.mark.parametrize("act", ["end_seat", "agree", "withdraw"])
def test_what_is_not_of_this_membership_does_not_exist(town, act, thing):
    other = make_participation(make_organisation("En anden", administrator=town.carla), town.network)
    seat = make_seat(town.bo, town.network, role="representative", participation=other)
    for key in (thing, seat.pk):
        assert town.post(town.carla, act=act, thing=key).status_code == 404


def test_leaving_with_a_day_and_taking_it_back(town):
    day = clock.today() + timedelta(days=20)
    page = town.post(town.carla, act="leave", last_day=day.isoformat(), reason="Vi flytter.").content.decode()
    assert "Tag udmeldelsen tilbage" in page
    town.post(town.carla, act="stay")
    assert Participation.objects.get(pk=town.member.pk).until is None


@pytest.mark.parametrize("last_day", ["i morgen", "2001-01-01"])
def test_what_was_typed_stays_beside_a_message(town, last_day):
    page = town.post(town.carla, act="leave", last_day=last_day, reason="Vi flytter.").content.decode()
    assert "<title>Fejl: " in page
    assert "Vi flytter." in page
    assert Participation.objects.get(pk=town.member.pk).until is None


def test_another_tier_is_asked_and_agreed_on_the_page(town):
    town.post(town.carla, act="ask_tier", tier=town.tier.pk)
    proposal = Proposal.objects.get()
    assert "Sig ja" in town.page(town.anna)
    assert "Træk forslaget tilbage" in town.page(town.carla)
    town.post(town.anna, act="agree", thing=proposal.pk)
    assert Participation.objects.get(pk=town.member.pk).tier == town.tier


def test_an_exclusion_is_proposed_answered_and_decided_on_the_page(town):
    town.post(town.anna, act="propose_exclusion", reason="Kontingentet mangler.")
    proposal = Proposal.objects.get()
    assert "Kontingentet mangler." in town.page(town.carla)
    early = town.post(town.anna, act="agree", thing=proposal.pk, reason="Nu.").content.decode()
    assert "høres først" in early
    town.post(town.carla, act="answer", thing=proposal.pk, text="Vi har betalt.")
    unsaid = town.post(town.anna, act="agree", thing=proposal.pk, reason="").content.decode()
    assert "<title>Fejl: " in unsaid
    town.post(town.anna, act="reject", thing=proposal.pk, reason="Betalt.")
    assert Participation.objects.get(pk=town.member.pk).until is None
    assert "Betalt." in town.page(town.carla)


def test_what_waits_for_a_side_stands_on_its_desk(town):
    town.post(town.anna, act="propose_exclusion", reason="Kontingentet mangler.")
    desk = lambda who: client_of(who).get(reverse("desk")).content.decode()  # noqa: E731
    assert town.path in desk(town.carla)
    assert town.path not in desk(town.bo)
    town.post(town.carla, act="answer", thing=Proposal.objects.get().pk, text="Nej.")
    assert "Ekskluder" in desk(town.anna)
    assert "Ekskluder Fjordbryg ApS fra Vandnetværket?" not in desk(town.carla)


@pytest.mark.parametrize("who", ["bo", "stranger"])
def test_the_page_is_for_the_two_sides(town, who):
    person = getattr(town, who, None) or make_person("Fremmed")
    assert client_of(person).get(town.path).status_code == 404
    assert client_of(person).post(town.path, {"act": "leave"}).status_code == 404


def test_who_acts_for_it_reads_the_page_while_the_seat_lasts(town):
    seat = make_seat(town.bo, town.network, role="representative", participation=town.member)
    assert client_of(town.bo).get(town.path).status_code == 200
    seat.until = yesterday()
    seat.save()
    assert client_of(town.bo).get(town.path).status_code == 404


def test_a_person_who_takes_part_alone_leaves_by_themselves(town):
    ida = make_person("Ida")
    own = make_participation(ida, town.network)
    page = client_of(ida).get(own.get_absolute_url()).content.decode()
    assert "Meld ud" in page
    client_of(ida).post(own.get_absolute_url(), {"act": "name", "profile": town.bo.pk})
    client_of(ida).post(own.get_absolute_url(), {"act": "leave"})
    assert Participation.objects.get(pk=own.pk).until == clock.today()


# Lists


def names(page):
    return [str(row.member) for row in page.context["page"]]


def test_the_list_shows_who_lacks_somebody_and_whose_term_ends(town):
    led = make_participation(make_organisation("Asnæs Damp"), town.network)
    make_seat(town.bo, town.network, role="representative", participation=led, until=clock.today() + timedelta(days=9))
    make_participation(make_organisation("Gammelt Savværk"), town.network, until=yesterday())
    path, client = reverse("partnerships:member_list", args=[town.network.slug]), client_of(town.anna)
    assert names(client.get(path)) == ["Asnæs Damp", "Fjordbryg ApS"]
    assert names(client.get(f"{path}?show=vacant")) == ["Fjordbryg ApS"]
    assert names(client.get(f"{path}?show=ending")) == ["Asnæs Damp"]
    assert names(client.get(f"{path}?show=former")) == ["Gammelt Savværk"]
    assert names(client.get(f"{path}?q=fjord")) == ["Fjordbryg ApS"]


def test_the_list_as_csv_carries_out_no_formula(town):
    make_participation(make_organisation("=HYPERLINK(1)"), town.network)
    make_seat(town.bo, town.network, role="representative", participation=town.member)
    answer = client_of(town.anna).get(reverse("partnerships:member_list", args=[town.network.slug]) + "?format=csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert ["Fjordbryg ApS", "Fuldgyldigt medlem", "2020-01-01", "", "Bo Berg", "", ""] in rows
    assert "'=HYPERLINK(1)" in [row[0] for row in rows]


def test_an_organisation_sees_its_partnerships_and_what_they_lack(town):
    page = client_of(town.carla).get(reverse("partnerships:organisation_participations", args=[town.company.slug]))
    assert town.path in page.content.decode()
    assert "ingen endnu" in page.content.decode()


@pytest.mark.parametrize("rows", [20, 200])
def test_long_lists_need_no_more_queries(town, django_assert_max_num_queries, rows):
    for n in range(rows):
        seated = make_participation(make_organisation(f"Nr. {n}"), town.network)
        make_seat(town.bo, town.network, role="representative", participation=seated)
    path, client = reverse("partnerships:member_list", args=[town.network.slug]), client_of(town.anna)
    client.get(path)
    with django_assert_max_num_queries(18):
        client.get(path)
