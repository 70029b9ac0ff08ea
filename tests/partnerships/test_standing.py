"""How a public page tells who takes part: what holds today, and only people who agreed are named."""

from datetime import timedelta

import pytest
from django.test import Client

from partnerships import clock, standing
from partnerships.models import Participation, Tier
from tests.factories import (
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db


def tomorrow():
    return clock.today() + timedelta(days=1)


@pytest.fixture
def partnership():
    return make_partnership()


def test_tiers_show_those_who_have_them_today(partnership):
    now = make_participation(make_organisation("Nu"), partnership)
    make_participation(make_organisation("Før"), partnership, until=yesterday())
    make_participation(make_organisation("Snart"), partnership, since=tomorrow())
    observers = Tier.objects.create(partnership=partnership, kind="observer", name_da="Observatør", order=1)
    watching = make_participation(make_organisation("Ser på"), partnership, tier=observers)
    shown = [[stand.participation for stand in tier.stands] for tier in standing.taking_part(partnership).tiers]
    assert shown == [[now], [watching]]


def test_vacancies_are_counted_only_where_places_are_limited(partnership):
    tier = partnership.tiers.get()
    make_participation(make_organisation(), partnership)
    for places, vacant in ((None, 0), (3, 2), (1, 0), (0, 0)):
        Tier.objects.filter(pk=tier.pk).update(places=places)
        assert standing.taking_part(partnership).tiers[0].vacancies == vacant


def test_representatives_are_named_or_counted(partnership):
    member = make_participation(make_organisation(), partnership)
    for role, person in (("representative", make_person("Åben", consents=True)), ("deputy", make_person("Stille"))):
        make_seat(person, partnership, role=role, participation=member)
    make_seat(make_person("Forbi", consents=True), partnership, role="deputy", participation=member, until=yesterday())
    stand = standing.taking_part(partnership).tiers[0].stands[0]
    assert [seat.profile.name for seat in stand.named] == ["Åben"]
    assert (stand.unnamed, stand.is_vacant) == (1, False)


def test_organisations_own_page_tells_past_and_present_but_not_what_is_to_come(partnership):
    company = make_organisation()
    make_participation(company, partnership, until=yesterday())
    now = make_participation(company, make_partnership("Nu"))
    make_participation(company, make_partnership("Snart"), since=tomorrow())
    stands = standing.stands_of(company, None)
    assert [stand.participation.partnership.name for stand in stands] == ["Nu", "Vandnetværket"]
    assert [stand.is_past for stand in stands] == [False, True]
    assert stands[0].participation == now


def test_staff_who_did_not_agree_are_counted_not_named():
    company = make_organisation(administrator=make_person("Stille"))
    make_membership(make_person("Åben", consents=True), company)
    make_membership(make_person("Ny", consents=True), company, status="requested")
    make_membership(make_person("Væk", consents=True), company, until=yesterday())
    staff = standing.staff_among(standing.open_memberships(company))
    assert [row.profile.name for row in staff.named] == ["Åben"]
    assert staff.total == 2


def test_withdrawn_consent_takes_the_name_away_at_once():
    person = make_person("Fortrudt", consents=True)
    company = make_organisation(administrator=person)
    person.consents.update(withdrawn=clock.now())
    assert standing.staff_among(standing.open_memberships(company)).named == []


def test_secretariat_speaks_and_the_administrators_where_there_is_none(partnership):
    head = make_person("Formand", consents=True)
    make_seat(head, partnership)
    make_seat(make_person("Bestyrelse", consents=True), partnership, role="board")
    make_seat(make_person("Tavs sekretær"), partnership, role="secretary")
    assert [seat.profile.name for seat in standing.speakers_of(partnership)] == ["Formand"]
    make_seat(make_person("Sekretær", consents=True), partnership, role="secretary")
    assert [seat.profile.name for seat in standing.speakers_of(partnership)] == ["Sekretær"]


def test_person_belongs_now_or_before_never_to_what_was_asked_for_or_is_to_come():
    person = make_person()
    make_membership(person, make_organisation("Før"), status="ended", until=yesterday())
    make_membership(person, make_organisation("Udløbet"), until=yesterday())
    make_membership(person, make_organisation("Nu"))
    make_membership(person, make_organisation("Spurgt"), status="requested")
    make_membership(person, make_organisation("Afvist"), status="refused")
    make_membership(person, make_organisation("Snart"), since=tomorrow())
    rows = standing.memberships_over_time(person)
    assert (rows[0].organisation.name, rows[0].is_now) == ("Nu", True)
    assert {row.organisation.name for row in rows[1:]} == {"Før", "Udløbet"}
    assert not any(row.is_now for row in rows[1:])


def test_membership_is_current_exactly_when_it_counts():
    company = make_organisation()
    for fields in ({}, {"until": yesterday()}, {"since": tomorrow()}, {"status": "requested"}, {"status": "ended"}):
        row = make_membership(make_person(), company, **fields)
        assert standing.is_current(row) is company.memberships.current().filter(pk=row.pk).exists(), fields


def test_queries_do_not_grow_with_members(partnership, django_assert_num_queries):
    def read():
        return [stand.named for tier in standing.taking_part(partnership).tiers for stand in tier.stands]

    make_participation(make_organisation(), partnership)
    with django_assert_num_queries(2):
        read()
    for _ in range(10):
        member = make_participation(make_organisation(), partnership)
        make_seat(make_person(consents=True), partnership, role="representative", participation=member)
    with django_assert_num_queries(2):
        read()


def test_where_no_source_gives_the_first_day_the_page_says_so_and_claims_no_vacancy(partnership):
    member = make_participation(make_organisation("Værket"), partnership)
    path = member.organisation.get_absolute_url()
    assert "ingen endnu" in Client().get(path).content.decode()
    Participation.objects.filter(pk=member.pk).update(since_is_known=False)
    page = Client().get(path).content.decode()
    assert "begyndelsesdagen er ukendt" in page
    assert "ingen endnu" not in page


def test_each_tier_shows_its_first_organisations_and_all_its_people_and_stands_there_when_it_is_empty(partnership):
    """Counted are all, also where only some are shown."""
    full = partnership.tiers.get()
    empty, left = (
        Tier.objects.create(partnership=partnership, kind="observer", name_da=name, order=1) for name in "ab"
    )
    for number in range(standing.FIRST_MEMBERS + 2):
        make_participation(make_organisation(f"Firma {number:02}"), partnership)
    for name in ("Ylva", "Anna"):
        Participation.objects.create(
            partnership=partnership, profile=make_person(name, consents=True), tier=full, since=clock.today()
        )
    make_participation(make_organisation("Væk"), partnership, tier=left, until=yesterday())
    first, *others = standing.taking_part(partnership).tiers
    assert [one.participation.organisation.name for one in first.stands][::23] == ["Firma 00", "Firma 23"]
    assert (len(first.stands), first.organisations, first.more) == (standing.FIRST_MEMBERS, 26, True)
    assert ([row.profile.name for row in first.people], first.total) == (["Anna", "Ylva"], 28)
    assert [(one.tier, one.total, one.stands) for one in others] == [(empty, 0, []), (left, 0, [])]
