"""Registering, entering, changing and verifying organisations."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group

from cms.editors import EDITORS
from partnerships import clock
from partnerships.models import HistoryEntry, Membership, Organisation
from partnerships.services import organisations
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import make_facilitator, make_membership, make_organisation, make_person, make_place, make_topic

pytestmark = pytest.mark.django_db

NUMBER = "61056416"


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def editor():
    person = make_person("Erik Redaktør")
    person.user.groups.add(Group.objects.get(name=EDITORS))
    return person


def register(person, **fields):
    return organisations.register(actor=person.user, **{"name": "Fjordbryg ApS", "kind": "company", **fields})


def test_whoever_registers_administers_and_nobody_has_verified(carla):
    topic, place = make_topic(), make_place()
    company = register(carla, company_number=NUMBER, about="Vi *brygger*.", topics=[topic], places=[place])
    assert not company.is_verified
    assert company.about_html == "<p>Vi <em>brygger</em>.</p>\n"
    assert (list(company.topics.all()), list(company.places.all())) == ([topic], [place])
    own = Membership.objects.current().get(organisation=company)
    assert (own.profile, own.role, own.since) == (carla, "administrator", clock.today())
    assert HistoryEntry.objects.get(organisation=company).verb == "organisation_registered"


@pytest.mark.parametrize("number", ["61 05 64 16", " 61056416 "])
def test_company_number_may_be_written_with_spaces(carla, number):
    assert register(carla, company_number=number).company_number == NUMBER


@pytest.mark.parametrize(
    "number", ["61056417", "6105641", "610564160", "６１０５６４１６", "abcdefgh", "00000000", "61'056;"]
)
def test_company_number_needs_eight_digits_and_the_right_check_digit(carla, number):
    with pytest.raises(Invalid) as refused:
        register(carla, company_number=number)
    assert refused.value.field == "company_number"
    assert not Organisation.objects.exists()


def test_number_is_registered_once_but_many_have_none(carla):
    register(carla, company_number=NUMBER)
    with pytest.raises(WrongState) as refused:
        register(make_person(), name="Noget Andet", company_number=NUMBER)
    assert refused.value.field == "company_number"
    register(make_person(), name="Forening A")
    register(make_person(), name="Forening B")
    assert Organisation.objects.count() == 3


def test_number_of_another_cannot_be_taken_over_by_a_change(carla):
    register(carla, company_number=NUMBER)
    mine = register(carla, name="Min Forening")
    with pytest.raises(WrongState) as refused:
        organisations.update(organisation=mine, actor=carla.user, company_number=NUMBER)
    assert refused.value.field == "company_number"


def test_pressing_register_twice_makes_one_organisation(carla):
    register(carla)
    with pytest.raises(WrongState):
        register(carla)
    assert Organisation.objects.count() == 1


def test_another_person_may_register_another_organisation_of_the_same_name(carla):
    slugs = {register(carla).slug, register(make_person()).slug}
    assert slugs == {"fjordbryg-aps", "fjordbryg-aps-2"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("kind", "kingdom"),
        ("mailbox", "ikke en adresse"),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://example.org"),
        ("website", "https://admin@example.org"),
        ("about", "x" * 10_001),
    ],
)
def test_value_that_cannot_be_kept_is_named(carla, field, value):
    with pytest.raises(Invalid) as refused:
        register(carla, **{field: value})
    assert refused.value.field == field
    assert not Organisation.objects.exists()
    assert not Membership.objects.exists()


def test_nobody_registers_without_signing_in():
    with pytest.raises(NotAllowed):
        organisations.register(actor=AnonymousUser(), name="Uden", kind="company")


def test_editors_enter_organisations_that_nobody_administers(editor, carla):
    names = [{"name": "Statoil", "since": "1987", "until": "2009-11-01"}]
    entered = organisations.enter(actor=editor.user, name="Equinor", kind="company", former_names=names)
    assert not entered.memberships.exists()
    assert list(entered.former_names.values_list("name", "since", "until")) == [("Statoil", "1987", "2009-11-01")]
    for other in (carla, make_facilitator()):
        with pytest.raises(NotAllowed):
            organisations.enter(actor=other.user, name="Uden lov", kind="company")


def test_change_touches_the_named_fields_alone_and_says_which(carla):
    company = register(carla, about="Vi brygger.")
    organisations.update(organisation=company, actor=carla.user, name="Fjordbryg", website="https://example.org/æ")
    company.refresh_from_db()
    assert (company.name, company.about, company.website) == ("Fjordbryg", "Vi brygger.", "https://example.org/æ")
    assert company.slug == "fjordbryg-aps"
    assert company.history.first().note == "name, website"


def test_former_names_replace_the_list_and_none_leaves_it(carla):
    company = register(carla)
    names = [
        {"name": "Bryggeriet", "since": "2001", "until": ""},
        {"name": "Bryggeriet", "since": "2001", "until": "2004"},
    ]
    organisations.update(organisation=company, actor=carla.user, former_names=names)
    assert list(company.former_names.values_list("name", "until")) == [("Bryggeriet", "2004")]
    organisations.update(organisation=company, actor=carla.user, name="Fjordbryg")
    assert company.former_names.count() == 1
    organisations.update(organisation=company, actor=carla.user, former_names=[])
    assert not company.former_names.exists()


@pytest.mark.parametrize("bad", [{"name": ""}, {"name": "A", "since": "2009-13"}, {"name": "A", "until": "sidste år"}])
def test_bad_former_name_changes_nothing(carla, bad):
    company = register(carla)
    good = [{"name": "Bryggeriet"}]
    organisations.update(organisation=company, actor=carla.user, former_names=good)
    with pytest.raises(Invalid) as refused:
        organisations.update(organisation=company, actor=carla.user, name="Nyt", former_names=[bad])
    assert refused.value.field == "former_names"
    company.refresh_from_db()
    assert (company.name, company.former_names.count()) == ("Fjordbryg ApS", 1)


def test_nobody_verifies_themselves_by_way_of_a_change(carla):
    company = register(carla)
    for field, value in (("verified", clock.today()), ("verified_by", carla)):
        with pytest.raises(NotAllowed):
            organisations.update(organisation=company, actor=carla.user, **{field: value})
        with pytest.raises(NotAllowed):
            register(carla, name=f"Ny {field}", **{field: value})
    company.refresh_from_db()
    assert not company.is_verified


def test_the_municipality_verifies_once(editor, carla):
    company = register(carla)
    organisations.verify(organisation=company, actor=editor.user)
    company.refresh_from_db()
    assert (company.verified, company.verified_by) == (clock.today(), editor)
    assert company.history.first().verb == "organisation_verified"
    with pytest.raises(WrongState):
        organisations.verify(organisation=company, actor=editor.user)


def test_staff_without_a_role_may_not_change_it(carla):
    company = make_organisation(administrator=carla)
    for role, status in (("member", "active"), ("editor", "ended"), ("administrator", "requested")):
        person = make_person()
        make_membership(person, company, role=role, status=status)
        with pytest.raises(NotAllowed):
            organisations.update(organisation=company, actor=person.user, name="Kuppet")
