"""Inviting and being invited, as people meet it: the list, the mail's link, sign-up on the way, the answer."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partnerships import clock
from partnerships.models import HistoryEntry, Invitation, Membership, Participation
from partnerships.services import invitations
from portal.logs import WithoutKeys
from tests.cms_pages import make_site
from tests.factories import make_membership, make_organisation, make_partnership, make_person

pytestmark = pytest.mark.django_db
PASSWORD = "et langt kodeord"


@pytest.fixture(autouse=True)
def site():
    cache.clear()
    make_site()


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def confirmed(name, email):
    person = make_person(name)
    person.user.email = email
    person.user.set_password(PASSWORD)
    person.user.save()
    person.user.emailaddress_set.create(email=email, verified=True, primary=True)
    return person


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    def post(by, path, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(path, fields)

    return post


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def company(carla):
    return make_organisation("Fjordbryg ApS", administrator=carla)


@pytest.fixture
def invited(send, carla, company, mailoutbox):
    """Nina's invitation, sent through the page, and the address in her mail."""
    send(client_of(carla), page_of(company), addresses="Nina Ny <nina@example.org>", role="member")
    return Invitation.objects.get(), link_in(mailoutbox[-1])


def page_of(to):
    kind = "organisation" if hasattr(to, "company_number") else "partnership"
    return reverse(f"partnerships:{kind}_invitations", args=[to.slug])


def link_in(letter):
    return re.search(r"https?://\S+/(?:invitation|konto)/\S+", letter.body).group().removeprefix(settings.SITE_URL)


def test_a_pasted_list_gets_a_report_and_a_list_with_states(send, carla, company, mailoutbox):
    typed = "Nina Ny <nina@example.org>\nikke en adresse\nbo@example.org\nbo@example.org"
    page = send(client_of(carla), page_of(company), addresses=typed, role="editor", message="Kom!")
    assert sorted(letter.to[0] for letter in mailoutbox) == ["bo@example.org", "nina@example.org"]
    text = page.content.decode()
    for said in ("2 invitationer sendt ud af 4", "Det er ikke en e-mailadresse.", "Skrevet to gange.", "Redaktør"):
        assert said in text
    assert "Kom!" in mailoutbox[0].body
    assert page.context["form"]["addresses"].value() == "ikke en adresse", "what was sent is not asked for again"


@pytest.mark.parametrize("typed", ["", " \n"])
def test_without_an_address_the_form_says_so(send, carla, company, typed):
    page = send(client_of(carla), page_of(company), addresses=typed, role="member").content.decode()
    assert "<title>Fejl: " in page
    assert "Skriv mindst én adresse." in page


def test_renewing_and_withdrawing_from_the_list(send, carla, company, invited, mailoutbox):
    invitation, old = invited
    client = client_of(carla)
    send(client, page_of(company), act="renew", invitation=invitation.pk)
    new = link_in(mailoutbox[-1])
    assert (Client().get(old).status_code, Client().get(new).status_code) == (404, 200)
    send(client, page_of(company), act="revoke", invitation=invitation.pk)
    assert Client().get(new).status_code == 404
    assert "Trukket tilbage" in client.get(page_of(company)).content.decode()


@pytest.mark.parametrize("key", ["999999", "x", "", "1" * 30])
def test_anothers_invitation_is_not_in_ones_list(send, carla, company, invited, key):
    other = make_organisation("En anden", administrator=carla)
    for pk in (invited[0].pk, key):
        assert send(client_of(carla), page_of(other), act="revoke", invitation=pk).status_code == 404
    assert Invitation.objects.get().is_open


def test_the_link_changes_nothing_and_says_what_it_is_about(invited):
    _invitation, link = invited
    before = list(HistoryEntry.objects.values()), list(Invitation.objects.values())
    page = Client().get(link)
    assert (list(HistoryEntry.objects.values()), list(Invitation.objects.values())) == before
    text = page.content.decode()
    for part in ("Carla Mønster", "Fjordbryg ApS", "nina@example.org"):
        assert part in text
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]


def test_the_way_on_carries_no_token(invited):
    _invitation, link = invited
    token = link.rstrip("/").rpartition("/")[2]
    page = Client().get(link).content.decode()
    onward = re.findall(r'href="([^"]*next=[^"]*)"', page)
    assert onward
    assert not [address for address in onward if token in address]


def test_from_the_mail_through_sign_up_into_the_organisation(send, invited, company, mailoutbox):
    invitation, link = invited
    visitor = Client()
    page = visitor.get(link).content.decode()
    signup = next(a for a in re.findall(r'href="([^"]+)"', page) if a.startswith(f"{reverse('account_signup')}?"))
    onward = parse_qs(urlsplit(signup).query)["next"][0]
    account = {"name": "Nina Ny", "email": "nina@example.org", "password1": PASSWORD, "next": onward}
    send(visitor, reverse("account_signup"), **account)
    confirm = link_in(mailoutbox[-1])
    lands = send(visitor, urlsplit(confirm).path, next=onward)
    assert lands["Location"] == invitation.get_absolute_url()
    assert "Tag imod invitationen" in visitor.get(lands["Location"]).content.decode()
    accepted = send(visitor, lands["Location"], act="accept")
    assert accepted["Location"] == company.get_absolute_url()
    assert Membership.objects.current().filter(organisation=company, profile__name="Nina Ny").exists()


def test_who_is_signed_in_with_the_address_comes_straight_to_the_answer(invited):
    nina = confirmed("Nina Ny", "nina@example.org")
    assert client_of(nina).get(invited[1])["Location"] == invited[0].get_absolute_url()


def test_who_is_signed_in_with_another_address_is_told_what_to_do(invited):
    other = client_of(confirmed("Otto Anden", "otto@example.org"))
    page = other.get(invited[1]).content.decode()
    for part in ("nina@example.org", "otto@example.org", reverse("account_email"), reverse("account_logout")):
        assert part in page
    assert other.get(invited[0].get_absolute_url()).status_code == 404
    assert other.post(invited[0].get_absolute_url(), {"act": "accept"}).status_code == 404
    assert Invitation.objects.get().is_open


@pytest.mark.parametrize("why", ["unknown", "used", "expired", "withdrawn"])
def test_a_link_that_does_not_hold_gets_the_same_page_whatever_the_reason(invited, carla, why):
    invitation, link = invited
    if why == "expired":
        Invitation.objects.update(expires=clock.now())
    if why == "used":
        Invitation.objects.update(state="accepted")
    if why == "withdrawn":
        invitations.revoke(invitation=invitation, actor=carla.user)
    path = reverse("partnerships:invitation", args=["x" * 43]) if why == "unknown" else link
    answer = Client().get(path)
    reference = Client().get(reverse("partnerships:invitation", args=["y" * 43]))
    assert answer.status_code == reference.status_code == 404
    assert _bare(answer, path) == _bare(reference, reverse("partnerships:invitation", args=["y" * 43]))
    assert answer["Referrer-Policy"] == "no-referrer"


def _bare(answer, path):
    token = path.rstrip("/").rpartition("/")[2]
    return answer.content.decode().replace(token, "TOKEN")


def test_a_dead_link_leaves_no_token_in_the_log(caplog):
    token = "Ab1_-" * 9
    Client().get(reverse("partnerships:invitation", args=[token]))
    Client(enforce_csrf_checks=True).post(reverse("partnerships:invitation", args=[token]))
    assert caplog.records
    assert token not in caplog.text


def test_the_filter_leaves_ordinary_addresses_alone():
    import logging

    record = logging.LogRecord("x", 30, "x", 1, "%s: %s", ("Not Found", "/partnerskaber/vandnetvaerket/"), None)
    assert WithoutKeys().filter(record)
    assert record.getMessage() == "Not Found: /partnerskaber/vandnetvaerket/"


def test_it_waits_on_the_desk_of_who_has_an_account(invited):
    nina = client_of(confirmed("Nina Ny", "nina@example.org"))
    page = nina.get(reverse("desk")).content.decode()
    assert "Du er inviteret til Fjordbryg ApS" in page
    assert invited[0].get_absolute_url() in page


def test_declining_takes_it_off_the_desk(send, invited):
    nina = client_of(confirmed("Nina Ny", "nina@example.org"))
    send(nina, invited[0].get_absolute_url(), act="decline")
    assert invited[0].get_absolute_url() not in nina.get(reverse("desk")).content.decode()
    assert not Membership.objects.filter(profile__name="Nina Ny").exists()


def test_who_accepts_too_late_gets_a_clear_message(send, invited):
    nina = client_of(confirmed("Nina Ny", "nina@example.org"))
    Invitation.objects.update(expires=clock.now())
    page = send(nina, invited[0].get_absolute_url(), act="accept").content.decode()
    assert "Udløbet" in page
    assert not Membership.objects.filter(profile__name="Nina Ny").exists()


def test_an_organisation_invited_to_a_partnership_lands_in_its_room(send, mailoutbox):
    anna, nina = make_person("Anna"), confirmed("Nina Ny", "nina@example.org")
    network, theirs = make_partnership(administrator=anna), make_organisation("Ninas Net", administrator=nina)
    tier = network.tiers.get()
    send(client_of(anna), page_of(network), addresses="nina@example.org", role=f"tier-{tier.pk}")
    invitation = Invitation.objects.get()
    client = client_of(nina)
    unsaid = send(client, invitation.get_absolute_url(), act="accept")
    assert "Vælg den organisation, du deltager for" in unsaid.content.decode()
    accepted = send(client, invitation.get_absolute_url(), act="accept", organisation=theirs.pk)
    assert accepted.status_code == 302
    assert client.get(accepted["Location"]).status_code == 200
    assert Participation.objects.get(partnership=network, organisation=theirs)


def test_one_without_an_organisation_is_led_to_register_it(send):
    anna, nina = make_person("Anna"), confirmed("Nina Ny", "nina@example.org")
    network = make_partnership(administrator=anna)
    make_membership(nina, make_organisation("En anden"))
    send(client_of(anna), page_of(network), addresses="nina@example.org", role=f"tier-{network.tiers.get().pk}")
    page = client_of(nina).get(Invitation.objects.get().get_absolute_url()).content.decode()
    assert reverse("partnerships:organisation_register") in page
    assert "Tag imod invitationen" not in page


def test_a_person_is_invited_to_a_seat(send):
    anna, nina = make_person("Anna"), confirmed("Nina Ny", "nina@example.org")
    network = make_partnership(administrator=anna)
    send(client_of(anna), page_of(network), addresses="nina@example.org", role="board")
    accepted = send(client_of(nina), Invitation.objects.get().get_absolute_url(), act="accept")
    assert accepted["Location"] == reverse("partnerships:room", args=[network.slug])


@pytest.mark.parametrize("rows", [20, 200])
def test_a_long_list_needs_no_more_queries(django_assert_max_num_queries, carla, company, rows):
    Invitation.objects.bulk_create(
        Invitation(
            kind="colleague",
            organisation=company,
            role="member",
            email=f"a{n}@example.org",
            invited_by=carla,
            token_hash=str(n),
            expires=clock.now(),
        )
        for n in range(rows)
    )
    client = client_of(carla)
    client.get(page_of(company))
    with django_assert_max_num_queries(16):
        assert client.get(page_of(company)).status_code == 200
