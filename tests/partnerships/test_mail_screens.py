"""Staff see in Wagtail's menu what did not leave, and send it again."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS
from partnerships.models import DeadAddress, OutgoingMail
from tests.factories import make_person

pytestmark = pytest.mark.django_db
MAIL = "/admin/outgoing_mail/"


def client_in(group):
    client = Client()
    if group != "nobody":
        person = make_person()
        person.user.groups.set(Group.objects.filter(name=group))
        client.force_login(person.user)
    return client


def make_mail(**fields):
    fields = {"state": "failed", "attempts": 8, "last_error": "SMTPDataError: 451 later", **fields}
    return OutgoingMail.objects.create(
        address="carla@example.org", kind="digest", language="da", subject="Nyt om Vand", text="Hemmeligt", **fields
    )


@pytest.fixture
def failed():
    return make_mail()


@pytest.fixture
def dead():
    return DeadAddress.objects.create(address="væk@example.org", reason="bounced", answer="550 5.1.1")


def test_administrators_see_what_failed_in_danish_and_nothing_of_what_it_says(failed, dead):
    make_mail(state="waiting", attempts=0)
    make_mail(state="sent")
    client = client_in(ADMINISTRATORS)
    page = client.get(MAIL).content.decode()
    assert page.count("carla@example.org</th>") == 1
    for said in ("Opgivet", "8 forsøg", "451 later", "Nyt om Vand", "Mailen kom retur", "væk@example.org"):
        assert said in page
    assert "Hemmeligt" not in page
    assert "Mails, der ikke er sendt" in client.get("/admin/").content.decode()


def test_one_press_sends_again(failed, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert client_in(ADMINISTRATORS).post(f"{MAIL}{failed.pk}/again/").status_code == 302
    assert [letter.to for letter in mailoutbox] == [["carla@example.org"]]
    failed.refresh_from_db()
    assert failed.state == "sent"


def test_an_address_that_works_again_gets_mail_again(dead):
    assert client_in(ADMINISTRATORS).post(f"{MAIL}addresses/{dead.pk}/works/").status_code == 302
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("group", ["nobody", EDITORS, FACILITATORS])
def test_others_see_and_send_nothing(failed, dead, group, mailoutbox):
    client = client_in(group)
    answers = [
        client.get(MAIL),
        client.post(f"{MAIL}{failed.pk}/again/"),
        client.post(f"{MAIL}addresses/{dead.pk}/works/"),
    ]
    assert {answer.status_code for answer in answers} == {302}
    assert {answer.content for answer in answers} == {b""}
    failed.refresh_from_db()
    assert failed.state == "failed"
    assert DeadAddress.objects.exists()
    assert mailoutbox == []


@pytest.mark.parametrize("state", ["sent", "sending", "missing"])
def test_what_is_not_in_the_list_is_not_sent(state):
    key = 999_999 if state == "missing" else make_mail(state=state).pk
    assert client_in(ADMINISTRATORS).post(f"{MAIL}{key}/again/").status_code == 404
