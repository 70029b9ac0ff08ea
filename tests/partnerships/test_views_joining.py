"""From the first visit to a seat at the table, by the forms and mails that people meet."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from partnerships.models import Application, Membership, Organisation, Participation, Seat
from tests.cms_pages import make_site
from tests.factories import (
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_user,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site():
    make_site()


@pytest.fixture
def send(django_capture_on_commit_callbacks):
    """A person sends a form; what comes after the commit comes."""

    def post(person, path, **fields):
        client = person if isinstance(person, Client) else client_of(person)
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(path, fields)

    return post


def client_of(person):
    client = Client()
    if person is not None:
        client.force_login(person.user)
    return client


def page_of(person, path):
    response = client_of(person).get(path)
    assert response.status_code == 200
    return response.content.decode()


def address(name, *arguments):
    return reverse(f"partnerships:{name}", args=arguments)


def link_in(letter):
    """Through sign-in straight to the item; the same in text and HTML."""
    (link,) = {link for link in re.findall(r"https?://\S+", letter.body) if link.rstrip("/") != settings.SITE_URL}
    assert link.replace("&", "&amp;") in letter.alternatives[0].content
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL
    assert parts.path == reverse("account_login")
    return parse_qs(parts.query)["next"][0]


def applied(send, person, organisation, partnership, /, **changes):
    fields = {
        "organisation": organisation.pk,
        "tier": partnership.tiers.first().pk,
        "message": "Vi har 35 °C og vil gerne være med.",
        "confirmed": "on",
    }
    return send(person, address("apply", partnership.slug), **{**fields, **changes})


def test_the_whole_way_in(send, mailoutbox):
    nora, anna = make_person("Nora Nabosen"), make_person("Anna Eksempelsen")
    partnership = make_partnership("Vandnetværket", administrator=anna)

    registered = send(nora, address("organisation_register"), name="Havnens Is ApS", kind="company")
    organisation = Organisation.objects.get(name="Havnens Is ApS")
    assert registered["Location"] == organisation.get_absolute_url()
    assert organisation.memberships.get().role == Membership.Role.ADMINISTRATOR
    assert not organisation.is_verified

    sent = applied(send, nora, organisation, partnership)
    application = Application.objects.get()
    assert sent["Location"] == application.get_absolute_url()
    to_administrator, receipt = mailoutbox
    assert (to_administrator.to, receipt.to) == ([anna.user.email], [nora.user.email])
    assert link_in(to_administrator) == link_in(receipt) == application.get_absolute_url()

    assert client_of(nora).get(address("room", partnership.slug)).status_code == 404
    assert application.get_absolute_url() in page_of(anna, reverse("desk"))
    decided = send(anna, application.get_absolute_url(), act="accept", message="Velkommen!")
    assert decided["Location"] == application.get_absolute_url()
    assert Participation.objects.current().get().organisation == organisation
    answer = mailoutbox[2]
    assert answer.to == [nora.user.email]
    assert "Velkommen!" in answer.body
    assert link_in(answer) == application.get_absolute_url()

    assert "Velkommen!" in page_of(nora, application.get_absolute_url())
    assert client_of(nora).get(address("room", partnership.slug)).status_code == 200
    assert organisation.name in page_of(None, partnership.get_absolute_url())


def test_a_refusal_has_a_reason_and_one_may_apply_again(send, mailoutbox):
    nora, anna = make_person("Nora Nabosen"), make_person("Anna Eksempelsen")
    organisation = make_organisation(administrator=nora)
    partnership = make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    first = Application.objects.get()
    partnership.mailbox = "vand@example.org"
    partnership.save()

    without = send(anna, first.get_absolute_url(), act="refuse", ground="full", reason="  ")
    assert without.status_code == 200
    first.refresh_from_db()
    assert first.state == Application.State.SENT

    send(anna, first.get_absolute_url(), act="refuse", ground="full", reason="Vi er fulde i år.\n\nPrøv igen i 2027.")
    assert "Vi er fulde i år." in mailoutbox[-1].body
    assert f"Svaret tog 0 dage. Vi havde lovet {first.days_promised}." in mailoutbox[-1].body
    assert partnership.mailbox in mailoutbox[-1].body
    assert mailoutbox[-1].to == [nora.user.email]
    own = page_of(nora, first.get_absolute_url())
    assert "Vi er fulde i år." in own
    assert address("apply", partnership.slug) in own

    again = applied(send, nora, organisation, partnership, message="Nu er der plads?")
    second = Application.objects.latest("pk")
    assert again["Location"] == second.get_absolute_url() != first.get_absolute_url()
    assert first.get_absolute_url() in page_of(anna, second.get_absolute_url())


NUMBER = "010203-1234"


@pytest.mark.parametrize(("act", "field"), [("refuse", "reason"), ("accept", "message")])
def test_a_decision_that_cannot_be_kept_stays_in_the_form(send, act, field):
    nora, anna = make_person("Nora"), make_person("Anna")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    application = Application.objects.get()
    answer = send(
        anna, application.get_absolute_url(), act=act, ground="full", **{field: f"Skriv til {NUMBER} om måleren."}
    )
    assert answer.status_code == 200
    assert answer.context[act].errors.keys() == {field}
    assert f"Skriv til {NUMBER} om måleren." in answer.content.decode()
    application.refresh_from_db()
    assert application.state == Application.State.SENT


def test_an_answer_to_a_colleague_that_cannot_be_kept_stays_in_the_form(send):
    carla, jens = make_person("Carla"), make_person("Jens")
    organisation = make_organisation(administrator=carla)
    send(jens, address("organisation_join", organisation.slug), message="")
    request = Membership.objects.get(profile=jens)
    answer = send(carla, request.get_absolute_url(), act="refuse", reason=f"Ikke {NUMBER}, vel?")
    assert answer.status_code == 200
    assert f"Ikke {NUMBER}, vel?" in answer.content.decode()
    request.refresh_from_db()
    assert request.status == Membership.Status.REQUESTED


def test_who_decides_is_told_that_it_worked(send):
    nora, anna = make_person("Nora"), make_person("Anna")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    application, client = Application.objects.get(), client_of(anna)
    send(client, application.get_absolute_url(), act="refuse", ground="full", reason="Vi er fulde.")
    assert 'class="alert alert-success"' in client.get(application.get_absolute_url()).content.decode()


def test_one_applies_again_only_where_nothing_holds_or_waits(send):
    nora, anna = make_person("Nora"), make_person("Anna")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    again = f'href="{address("apply", partnership.slug)}"'
    applied(send, nora, organisation, partnership)
    first = Application.objects.get()
    send(anna, first.get_absolute_url(), act="refuse", ground="full", reason="Vi er fulde.")
    assert again in page_of(nora, first.get_absolute_url())
    applied(send, nora, organisation, partnership)
    assert again not in page_of(nora, first.get_absolute_url())
    second = Application.objects.latest("pk")
    send(anna, second.get_absolute_url(), act="accept")
    assert again not in page_of(nora, first.get_absolute_url())
    assert again not in page_of(nora, second.get_absolute_url())


def test_a_second_click_sends_nothing_twice(send, mailoutbox):
    nora, anna = make_person("Nora Nabosen"), make_person("Anna Eksempelsen")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    letters = len(mailoutbox)
    twice = applied(send, nora, organisation, partnership)
    assert twice.status_code == 200
    assert twice.context["form"].non_field_errors()
    assert "Vi har 35" in twice.content.decode()
    assert (Application.objects.count(), len(mailoutbox)) == (1, letters)


@pytest.mark.parametrize("second", ["accept", "refuse"])
def test_a_second_decision_changes_nothing_and_says_so(send, mailoutbox, second):
    nora, anna, arne = make_person("Nora"), make_person("Anna"), make_person("Arne")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    Seat.objects.create(
        partnership=partnership, profile=arne, role="administrator", since=partnership.seats.get().since
    )
    applied(send, nora, organisation, partnership)
    application = Application.objects.get()
    send(anna, application.get_absolute_url(), act="accept")
    letters = len(mailoutbox)
    client = client_of(arne)
    send(client, application.get_absolute_url(), act=second, ground="timing", reason="For sent.")
    assert 'class="alert alert-error"' in client.get(application.get_absolute_url()).content.decode()
    assert (Participation.objects.count(), len(mailoutbox)) == (1, letters)
    application.refresh_from_db()
    assert application.state == Application.State.ACCEPTED


def test_an_application_is_taken_back_once(send):
    nora, anna = make_person("Nora"), make_person("Anna")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    application = Application.objects.get()
    send(nora, application.get_absolute_url(), act="withdraw")
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    send(anna, application.get_absolute_url(), act="accept")
    assert not Participation.objects.exists()


@pytest.mark.parametrize("field", ["organisation", "tier"])
def test_nobody_applies_with_what_is_anothers(send, field):
    nora = make_person("Nora")
    organisation, partnership = make_organisation(administrator=nora), make_partnership()
    foreign = {"organisation": make_organisation("En anden"), "tier": make_partnership("Et andet").tiers.first()}
    answer = applied(send, nora, organisation, partnership, **{field: foreign[field].pk})
    assert field in answer.context["form"].errors
    assert not Application.objects.exists()


def test_fields_that_no_form_has_change_nothing(send):
    nora, anna = make_person("Nora"), make_person("Anna")
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    extra = {"state": "accepted", "applicant": anna.pk, "promised": "2020-01-01", "partnership": "1", "pk": "77"}
    applied(send, nora, organisation, partnership, **extra)
    application = Application.objects.get()
    assert (application.state, application.applicant, application.partnership) == ("sent", nora, partnership)
    rows = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}
    more = {"name": "Nyt", "kind": "company", "verified": "2026-01-01", "slug": "x", **rows}
    send(nora, address("organisation_edit", organisation.slug), **more)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.is_verified, organisation.slug != "x") == ("Nyt", False, True)


def test_who_administers_nothing_is_told_how_to_begin():
    page = page_of(make_person("Nora"), address("apply", make_partnership().slug))
    assert address("organisation_register") in page
    assert "<select" not in page


def test_a_partnership_that_takes_nobody_says_so_and_shows_itself():
    partnership = make_partnership(applications_open=False)
    client = client_of(make_person("Nora"))
    answer = client.get(address("apply", partnership.slug), follow=True)
    assert answer.redirect_chain[-1][0] == partnership.get_absolute_url()
    assert "alert-info" in answer.content.decode()


def test_a_colleague_asks_and_is_let_in(send, mailoutbox):
    carla, jens = make_person("Carla Mønster"), make_person("Jens Mockup")
    organisation = make_organisation(administrator=carla)
    asked = send(jens, address("organisation_join", organisation.slug), message="Jeg passer køleanlægget.")
    request = Membership.objects.get(profile=jens)
    assert asked["Location"] == request.get_absolute_url()
    assert (mailoutbox[0].to, link_in(mailoutbox[0])) == ([carla.user.email], request.get_absolute_url())
    assert "Jeg passer køleanlægget." in page_of(carla, request.get_absolute_url())

    send(carla, request.get_absolute_url(), act="let_in", role="editor")
    request.refresh_from_db()
    assert (request.status, request.role) == (Membership.Status.ACTIVE, Membership.Role.EDITOR)
    assert (mailoutbox[1].to, link_in(mailoutbox[1])) == ([jens.user.email], request.get_absolute_url())
    assert client_of(jens).get(address("organisation_edit", organisation.slug)).status_code == 200


def test_a_colleague_is_refused_with_a_reason_and_may_ask_again(send, mailoutbox):
    carla, jens = make_person("Carla"), make_person("Jens")
    organisation = make_organisation(administrator=carla)
    send(jens, address("organisation_join", organisation.slug), message="")
    request = Membership.objects.get(profile=jens)
    assert send(carla, request.get_absolute_url(), act="refuse", reason="").status_code == 200
    send(carla, request.get_absolute_url(), act="refuse", reason="Vi kender dig ikke.\r\nRing til os.")
    assert "Vi kender dig ikke.\nRing til os." in mailoutbox[-1].body
    assert "Vi kender dig ikke.<br>Ring til os." in page_of(jens, request.get_absolute_url())
    assert "Vi kender dig ikke." in page_of(jens, request.get_absolute_url())
    send(jens, address("organisation_join", organisation.slug), message="Jeg er ny.")
    assert Membership.objects.filter(profile=jens).count() == 2


def test_asking_twice_leads_to_the_first_request(send, mailoutbox):
    jens = make_person("Jens")
    organisation = make_organisation(administrator=make_person("Carla"))
    first = send(jens, address("organisation_join", organisation.slug), message="Hej")
    second = send(jens, address("organisation_join", organisation.slug), message="Hej")
    assert first["Location"] == second["Location"]
    assert (Membership.objects.filter(profile=jens).count(), len(mailoutbox)) == (1, 1)


def test_where_nobody_administers_the_facilitator_is_asked(send, mailoutbox):
    fanny, jens = make_facilitator(), make_person("Jens")
    organisation = make_organisation()
    send(jens, address("organisation_join", organisation.slug), message="Hej")
    assert [letter.to for letter in mailoutbox] == [[fanny.user.email]]
    request = Membership.objects.get(profile=jens)
    send(fanny, request.get_absolute_url(), act="let_in", role="administrator")
    request.refresh_from_db()
    assert request.status == Membership.Status.ACTIVE


def test_registering_shows_who_has_the_name_already(send):
    nora = make_person("Nora")
    there = make_organisation("Fjordbryg ApS")
    answer = send(nora, address("organisation_register"), name="fjordbryg aps", kind="company")
    assert there.get_absolute_url() in answer.content.decode()
    assert Organisation.objects.filter(name="fjordbryg aps").count() == 0
    send(nora, address("organisation_register"), name="fjordbryg aps", kind="company", another="on")
    assert Organisation.objects.filter(name="fjordbryg aps").count() == 1


def test_registering_twice_by_a_double_click_is_noticed(send):
    nora = make_person("Nora")
    for _click in range(2):
        answer = send(nora, address("organisation_register"), name="Havnens Is ApS", kind="company")
    assert Organisation.objects.filter(name="Havnens Is ApS").count() == 1
    assert answer.status_code == 200


def test_who_signed_in_without_a_name_gives_it_and_goes_on(send):
    client = Client()
    client.force_login(make_user())
    wanted = address("organisation_register")
    to_profile = client.get(wanted)
    assert urlsplit(to_profile["Location"]).path == reverse("profile")
    assert parse_qs(urlsplit(to_profile["Location"]).query) == {"next": [wanted]}
    assert f'value="{wanted}"' in client.get(to_profile["Location"]).content.decode()
    assert send(client, reverse("profile"), name="Nora Nabosen", next=wanted)["Location"] == wanted
    assert client.get(wanted).status_code == 200


def test_a_visitor_following_a_mail_signs_in_and_lands_on_the_item(send, mailoutbox):
    nora, anna = make_person("Nora"), make_person("Anna")
    anna.user.set_password("et langt kodeord")
    anna.user.save()
    anna.user.emailaddress_set.create(email=anna.user.email, verified=True, primary=True)
    organisation, partnership = make_organisation(administrator=nora), make_partnership(administrator=anna)
    applied(send, nora, organisation, partnership)
    link = re.search(r"https?://\S+next=\S+", mailoutbox[0].body).group().removeprefix(settings.SITE_URL)
    visitor = Client()
    page = visitor.get(link).content.decode()
    target = Application.objects.get().get_absolute_url()
    assert f'name="next" value="{target}"' in page
    answer = visitor.post(link, {"login": anna.user.email, "password": "et langt kodeord", "next": target})
    assert answer["Location"] == target


def test_the_english_pages_lead_to_english_pages(send):
    nora = make_person("Nora")
    with translation.override("en"):
        answer = send(nora, address("organisation_register"), name="Harbour Ice", kind="company")
        assert answer["Location"] == Organisation.objects.get(name="Harbour Ice").get_absolute_url()
        assert answer["Location"].startswith("/en/")


def test_an_ended_participation_closes_the_room_at_once():
    jens = make_person("Jens")
    organisation, partnership = make_organisation(administrator=jens), make_partnership()
    participation = make_participation(organisation, partnership)
    client = client_of(jens)
    assert client.get(address("room", partnership.slug)).status_code == 200
    participation.until = yesterday()
    participation.save()
    assert client.get(address("room", partnership.slug)).status_code == 404


def test_a_facilitator_who_asks_to_join_still_sees_who_else_waits():
    """Nobody lets themselves in, and their own request does not stand in front of the others'."""
    organisation = make_organisation("Strandens Grundejerforening")
    facilitator = make_facilitator("Anna Fælles")
    make_membership(facilitator, organisation, status="requested")
    other = make_membership(make_person("Ole Vest"), organisation, status="requested")
    response = client_of(facilitator).get(organisation.get_absolute_url())
    assert response.context["waiting"] == [other]
