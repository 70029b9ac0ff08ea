"""Three consents: shown, found, written to. Each is read by one selector, and the page is what the others need."""

from datetime import timedelta

import pytest
from django.urls import reverse

from partnerships import clock
from partnerships.consent_texts import CONSENTS
from partnerships.models import Consent, DeadAddress, HistoryEntry, Profile
from partnerships.services import consents, people
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.standing import open_memberships, staff_among
from tests.factories import make_membership, make_organisation, make_person

pytestmark = pytest.mark.django_db
ALL = {"contact", "search", "write"}


def given_by(person):
    return set(Consent.objects.current().filter(profile=person).values_list("purpose", flat=True))


def give(person, *purposes):
    for purpose in purposes:
        consents.give_consent(profile=person, actor=person.user, purpose=purpose)


def withdraw(person, purpose):
    consents.withdraw_consent(profile=person, actor=person.user, purpose=purpose)


@pytest.mark.parametrize("purpose", ["search", "write"])
def test_who_is_not_shown_can_be_neither_found_nor_written_to(purpose):
    person = make_person()
    with pytest.raises(WrongState):
        give(person, purpose)
    assert given_by(person) == set()


def test_found_and_written_to_are_independent_of_each_other():
    person = make_person()
    give(person, "contact", "search", "write")
    withdraw(person, "search")
    assert given_by(person) == {"contact", "write"}
    give(person, "search")
    withdraw(person, "write")
    assert given_by(person) == {"contact", "search"}


def test_who_is_no_longer_shown_is_neither_found_nor_written_to_and_all_of_it_is_recorded():
    person = make_person()
    give(person, "contact", "search", "write")
    withdraw(person, "contact")
    assert given_by(person) == set()
    assert Consent.objects.filter(profile=person).exclude(withdrawn=None).count() == 3
    notes = HistoryEntry.objects.filter(profile=person, verb="consent_withdrawn").values_list("note", flat=True)
    assert set(notes) == ALL
    give(person, "contact")
    assert given_by(person) == {"contact"}, "a yes that was taken back does not come back by itself"


@pytest.mark.parametrize("purpose", sorted(ALL))
def test_each_yes_keeps_its_version_and_nobody_else_can_say_it(purpose):
    person, other = make_person(consents="contact"), make_person()
    give(person, purpose)
    kept = Consent.objects.current().get(profile=person, purpose=purpose)
    assert kept.text_version in (CONSENTS[purpose].version, "test")
    with pytest.raises(NotAllowed):
        consents.give_consent(profile=other, actor=person.user, purpose=purpose)
    with pytest.raises(NotAllowed):
        consents.withdraw_consent(profile=person, actor=other.user, purpose=purpose)


def test_each_selector_reads_its_own_consent():
    shown, found, written = (make_person(consents=yes) for yes in ("contact", "contact search", "contact write"))
    make_person()
    assert set(Profile.objects.consenting()) == {shown, found, written}
    assert set(Profile.objects.findable()) == {found}
    assert set(Profile.objects.may_be_written_to()) == {written}


def test_who_cannot_sign_in_or_whose_mail_comes_back_cannot_be_written_to():
    closed, bounced = make_person(consents=True), make_person(consents=True)
    closed.user.is_active = False
    closed.user.save()
    DeadAddress.objects.create(address=bounced.user.email, reason="bounced")
    make_person(consents=True, user=False)
    assert not Profile.objects.may_be_written_to().exists()


@pytest.mark.parametrize(
    ("begin", "end", "absent"),
    [(-2, 2, True), (0, 0, True), (-2, None, True), (-5, -1, False), (1, 3, False), (None, None, False)],
)
def test_away_counts_from_the_first_day_to_the_last(begin, end, absent):
    today = clock.today()
    days = {
        name: None if n is None else today + timedelta(days=n)
        for name, n in (("away_from", begin), ("away_until", end))
    }
    person = make_person(consents=True)
    people.update_profile(profile=person, actor=person.user, name="Carla", **days)
    person.refresh_from_db()
    assert person.is_away is absent
    assert Profile.objects.absent().exists() is absent
    assert Profile.objects.present().exists() is not absent
    company = make_organisation()
    make_membership(person, company)
    assert bool(staff_among(open_memberships(company)).named) is not absent, "meanwhile only the mailbox stands there"


@pytest.mark.parametrize("days", [{"away_until": 3}, {"away_from": 3, "away_until": 1}])
def test_an_absence_needs_a_first_day_and_an_order(days):
    person = make_person()
    dated = {name: clock.today() + timedelta(days=n) for name, n in days.items()}
    with pytest.raises(Invalid):
        people.update_profile(profile=person, actor=person.user, name="Carla", **dated)


def test_languages_are_from_the_list_and_replaced_whole():
    person = make_person()
    people.update_profile(profile=person, actor=person.user, name="Carla", languages=["da", "de"])
    people.update_profile(profile=person, actor=person.user, name="Carla", languages=["de", "en"])
    assert {row.code for row in person.languages.all()} == {"de", "en"}
    people.update_profile(profile=person, actor=person.user, name="Carla", headline="Ny")
    assert person.languages.count() == 2, "what is not said stays"
    with pytest.raises(Invalid):
        people.update_profile(profile=person, actor=person.user, name="Carla", languages=["xx"])


def test_position_is_named_by_oneself_or_an_administrator():
    head, one, colleague = make_person("Carla"), make_person("Mie"), make_person("Per")
    company = make_organisation(administrator=head)
    row = make_membership(one, company)
    make_membership(colleague, company)
    assert people.name_position(membership=row, actor=one.user, title=" Drifts\x07chef ").title == "Drifts chef"
    assert people.name_position(membership=row, actor=head.user, title="Tekniker").title == "Tekniker"
    for other in (colleague, make_person()):
        with pytest.raises(NotAllowed):
            people.name_position(membership=row, actor=other.user, title="Direktør")
    people.end_membership(membership=row, actor=one.user)
    with pytest.raises(WrongState):
        people.name_position(membership=row, actor=one.user, title="Direktør")


# The profile's page


@pytest.fixture
def carla(client, db):
    person = make_person("Carla Mønster", consents=True)
    client.force_login(person.user)
    return person


def save(client, **typed):
    return client.post(reverse("profile"), {"name": "Carla Mønster", **typed})


def test_profile_is_saved_whole(client, carla):
    company = make_organisation(administrator=carla)
    row = carla.memberships.get()
    switches = {"contact": "on", "write": "on"}
    about = {"languages": ["da", "pl"], "ask_about": "Kølevand\r\n\r\nGæring", f"position-{row.pk}": "Driftschef"}
    assert save(client, **switches, **about).status_code == 302
    carla.refresh_from_db()
    row.refresh_from_db()
    assert given_by(carla) == {"contact", "write"}
    assert carla.asked_about == ["Kølevand", "Gæring"]
    assert (row.title, carla.languages.count()) == ("Driftschef", 2)
    shown = client.get(carla.get_absolute_url()).content.decode()
    for text in ("Driftschef", "Kølevand", "Gæring", 'content="noindex"', company.name):
        assert text in shown


def test_who_turns_the_first_switch_off_needs_not_turn_the_others_off(client, carla):
    assert save(client, search="on", write="on").status_code == 302
    assert given_by(carla) == set()


def test_who_is_not_shown_and_asks_to_be_found_is_told_what_it_needs(client, carla):
    withdraw(carla, "contact")
    answer = save(client, search="on", headline="Det skrevne bliver stående")
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"search"}
    assert "Det skrevne bliver stående" in answer.content.decode()
    assert given_by(carla) == set()


def test_nobody_names_a_position_in_a_membership_that_is_not_theirs(client, carla):
    row = make_membership(make_person("Mie"), make_organisation())
    save(client, contact="on", **{f"position-{row.pk}": "Direktør"})
    row.refresh_from_db()
    assert row.title == ""


def test_preview_says_of_each_place_whether_one_is_there(client, carla):
    withdraw(carla, "search")
    words = client.get(reverse("profile")).content.decode()
    assert "s-who__name" not in words
    assert "s-card__title" in words
    withdraw(carla, "contact")
    words = client.get(reverse("profile")).content.decode()
    assert "s-card__title" not in words


def test_list_of_people_is_narrowed_by_language(client):
    german = make_person("Gerda", consents=True)
    make_person("Dorte", consents=True)
    german.languages.create(code="de")
    page = client.get(reverse("partnerships:person_list"), {"language": "de"}).content.decode()
    assert "Gerda" in page
    assert "Dorte" not in page


@pytest.mark.parametrize("rows", [20, 200])
def test_list_of_people_needs_few_queries_however_many(client, rows, django_assert_max_num_queries):
    company = make_organisation()
    for number in range(rows):
        person = make_person(f"Person {number}", consents="contact")
        make_membership(person, company)
        person.languages.create(code="da")
    with django_assert_max_num_queries(16):
        client.get(reverse("partnerships:person_list"))
