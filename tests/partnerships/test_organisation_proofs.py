"""Who acts for an organisation: by a mail to its domain, by a claim that is answered, and in which role."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from partnerships import clock
from partnerships.domains import domain_of, is_shared
from partnerships.models import DomainProof, Membership, Organisation
from partnerships.services import organisations, people, proofs, roles
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_editor,
    make_facilitator,
    make_membership,
    make_organisation,
    make_person,
)

pytestmark = pytest.mark.django_db
AT_HOME = "post@fjordbryg.example"


@pytest.fixture
def anna():
    return make_person("Anna")


@pytest.fixture
def company(anna):
    return make_organisation("Fjordbryg ApS", administrator=anna, website="https://www.fjordbryg.example/om")


@pytest.fixture
def leaderless():
    return make_organisation("Strandens Forening", kind="association", website="https://fjordbryg.example")


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def ask(organisation, person, address=AT_HOME):
    return proofs.ask_for_proof(organisation=organisation, actor=person.user, address=address)


@pytest.fixture
def link_in_mail(mailoutbox, django_capture_on_commit_callbacks):
    """Asks, and gives the token that stands in the mail alone."""

    def asked(organisation, person):
        with django_capture_on_commit_callbacks(execute=True):
            ask(organisation, person)
        assert mailoutbox[-1].to == [AT_HOME]
        return re.search(r"bekraeft(?:/|%2F)([\w-]{40,})", mailoutbox[-1].body).group(1)

    return asked


def test_a_mail_to_the_own_domain_verifies_after_one_press(company, anna, link_in_mail):
    token = link_in_mail(company, anna)
    path, client = reverse("partnerships:organisation_proof", args=[company.slug, token]), client_of(anna)
    assert client.get(path).status_code == 200
    company.refresh_from_db()
    assert not company.is_verified, "reading changes nothing"
    client.post(path)
    company.refresh_from_db()
    assert (company.verified, company.verified_domain) == (clock.today(), "fjordbryg.example")
    page = Client().get(company.get_absolute_url()).content.decode()
    assert "med en mail til fjordbryg.example" in page
    assert client.get(path).status_code == client.post(path).status_code == 404, "it counts once"


def test_only_a_hash_of_the_token_is_kept(company, anna, link_in_mail):
    token = link_in_mail(company, anna)
    assert len(token) >= 43
    assert token not in str(DomainProof.objects.values())


@pytest.mark.parametrize("late", ["older", "expired", "another person", "another organisation"])
def test_a_link_that_does_not_count_is_like_none(company, anna, link_in_mail, late):
    token, person, organisation = link_in_mail(company, anna), anna, company
    if late == "older":
        link_in_mail(company, anna)
    if late == "expired":
        DomainProof.objects.update(expires=clock.now() - timedelta(seconds=1))
    if late == "another person":
        person = make_person()
        make_membership(person, company, role="administrator")
    if late == "another organisation":
        organisation = make_organisation("Anden", administrator=anna, website="https://fjordbryg.example")
    path = reverse("partnerships:organisation_proof", args=[organisation.slug, token])
    assert client_of(person).get(path).status_code == client_of(person).post(path).status_code == 404
    with pytest.raises(WrongState):
        proofs.prove(organisation=organisation, actor=person.user, token=token)
    assert not Organisation.objects.exclude(verified=None).exists()


@pytest.mark.parametrize(
    "address",
    [
        "a@gmail.com",
        "a@fjordbryg.example.com",
        "a@x.fjordbryg.example",
        "a@b@fjordbryg.example",
        "fjordbryg.example",
        "a@",
    ],
)
def test_the_address_is_at_the_domain_of_the_website(company, anna, address):
    with pytest.raises(Invalid) as refused:
        ask(company, anna, address)
    assert refused.value.field == "address"
    assert not DomainProof.objects.exists()


@pytest.mark.parametrize(
    "website", ["", "https://www.facebook.com/fjordbryg", "https://gmail.com", "https://x.wordpress.com"]
)
def test_what_many_share_proves_nothing(anna, website):
    company = make_organisation(administrator=anna, website=website)
    with pytest.raises(WrongState):
        ask(company, anna, f"post@{domain_of(website) or 'fjordbryg.example'}")


def test_domains_are_read_as_they_are_written():
    assert domain_of("https://www.Blåbær.dk/side") == "xn--blbr-roah.dk"
    assert domain_of("https://user@evil.example@fjordbryg.example/") == "fjordbryg.example"
    assert domain_of("http://[") == domain_of("fjordbryg") == ""
    assert is_shared("hotmail.com") and not is_shared("minhotmail.com")


def test_a_website_that_changed_meanwhile_proves_nothing(company, anna, link_in_mail):
    token = link_in_mail(company, anna)
    organisations.update(organisation=company, actor=anna.user, website="https://kommunen.example")
    with pytest.raises(WrongState):
        proofs.prove(organisation=company, actor=anna.user, token=token)


def test_a_website_that_changes_afterwards_must_be_verified_anew(company, anna, link_in_mail):
    proofs.prove(organisation=company, actor=anna.user, token=link_in_mail(company, anna))
    kept = organisations.update(organisation=company, actor=anna.user, website="https://fjordbryg.example/nyt")
    assert kept.is_verified
    assert not organisations.update(
        organisation=company, actor=anna.user, website="https://kommunen.example"
    ).is_verified


def test_three_mails_a_day_and_no_more(company, anna):
    for _number in range(3):
        ask(company, anna)
    with pytest.raises(WrongState):
        ask(company, anna)


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_others_may_not_ask_where_somebody_administers(company, who):
    person = make_person()
    if who == "member":
        make_membership(person, company)
    with pytest.raises(NotAllowed):
        ask(company, person)


# --- Claiming


def test_who_proves_the_domain_of_an_organisation_without_administrators_administers_it(leaderless, link_in_mail):
    person = make_person("Ida")
    token = link_in_mail(leaderless, person)
    client_of(person).post(reverse("partnerships:organisation_proof", args=[leaderless.slug, token]))
    leaderless.refresh_from_db()
    assert leaderless.is_verified
    assert Membership.objects.current().get(organisation=leaderless).role == "administrator"


def test_of_two_who_prove_it_the_first_administers(leaderless, link_in_mail):
    first, second = make_person("Ida"), make_person("Bo")
    tokens = [link_in_mail(leaderless, one) for one in (first, second)]
    proofs.prove(organisation=leaderless, actor=first.user, token=tokens[0])
    with pytest.raises(WrongState):
        proofs.prove(organisation=leaderless, actor=second.user, token=tokens[1])
    assert Membership.objects.current().get(organisation=leaderless).profile == first


@pytest.mark.parametrize("make_helper", [make_editor, make_facilitator])
def test_a_claim_is_answered_by_those_who_help(leaderless, make_helper):
    person, helper = make_person("Ida"), make_helper()
    path = reverse("partnerships:organisation_claim", args=[leaderless.slug])
    client_of(person).post(path, {"act": "ask", "message": "Jeg er formand."})
    asked = Membership.objects.waiting().get()
    assert (asked.role, asked.message) == ("administrator", "Jeg er formand.")
    page = client_of(helper).get(asked.get_absolute_url())
    assert page.context["let_in"]["role"].value() == "administrator"
    people.accept_member(membership=asked, actor=helper.user, role="administrator")
    assert Membership.objects.current().get().role == "administrator"


@pytest.mark.parametrize("who", ["the one who asks", "a stranger"])
def test_a_claim_is_not_answered_by_anybody_else(leaderless, who):
    person = make_person("Ida")
    asked = roles.claim(organisation=leaderless, actor=person.user, message="Jeg er formand.")
    actor = person if who == "the one who asks" else make_person()
    with pytest.raises(NotAllowed):
        people.accept_member(membership=asked, actor=actor.user, role="administrator")


def test_what_somebody_administers_cannot_be_claimed(company):
    with pytest.raises(WrongState):
        roles.claim(organisation=company, actor=make_person().user, message="Jeg er direktør.")


# --- Roles


def test_an_administrator_gives_another_role_and_the_person_is_told(
    company, anna, mailoutbox, django_capture_on_commit_callbacks
):
    bo = make_membership(make_person("Bo"), company)
    with django_capture_on_commit_callbacks(execute=True):
        client_of(anna).post(bo.get_absolute_url(), {"act": "role", "role": "editor"})
    bo.refresh_from_db()
    assert bo.role == "editor"
    assert "Fjordbryg ApS" in mailoutbox[0].subject


def test_the_last_administrator_is_not_lowered_until_there_is_another(company, anna):
    own = company.memberships.get()
    bo = make_membership(make_person("Bo"), company, role="editor")
    with pytest.raises(WrongState):
        roles.change_role(membership=own, actor=anna.user, role="member")
    roles.change_role(membership=bo, actor=anna.user, role="administrator")
    assert roles.change_role(membership=own, actor=anna.user, role="member").role == "member"


@pytest.mark.parametrize("other", ["cannot sign in", "leaves today"])
def test_one_who_cannot_go_on_is_no_successor(company, anna, other):
    person = make_person("Bo")
    until = clock.today() if other == "leaves today" else None
    make_membership(person, company, role="administrator", until=until)
    if other == "cannot sign in":
        person.user.is_active = False
        person.user.save()
    with pytest.raises(WrongState):
        roles.change_role(membership=company.memberships.get(profile=anna), actor=anna.user, role="member")


@pytest.mark.parametrize("role", ["editor", "member"])
def test_only_administrators_change_roles(company, role):
    person = make_person()
    own = make_membership(person, company, role=role)
    with pytest.raises(NotAllowed):
        roles.change_role(membership=own, actor=person.user, role="administrator")


def test_those_who_help_make_a_member_administrator_where_there_is_none(leaderless):
    own = make_membership(make_person(), leaderless)
    assert (
        roles.change_role(membership=own, actor=make_facilitator().user, role="administrator").role == "administrator"
    )
