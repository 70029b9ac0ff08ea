"""Where a mail server hands over what came back: by HTTP with a secret, or on standard input."""

import io

import pytest
from django.core.management import call_command
from django.test import Client

from partnerships.models import DeadAddress
from partnerships.notifications import Letter, send
from tests.factories import make_application, make_organisation, make_partnership, make_person
from tests.mail import returned

pytestmark = pytest.mark.django_db
SECRET = "en hemmelighed af passende længde".encode().hex()


@pytest.fixture
def mail():
    carla = make_person("Carla Mønster")
    application = make_application(make_partnership(), make_organisation(administrator=carla), carla)
    return send(carla.user, Letter("application_receipt", {"application": application}, application.get_absolute_url))


def post(body, secret):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.post("/-/bounces", body, content_type="message/rfc822", headers=headers).status_code


@pytest.mark.parametrize(("configured", "given"), [("", ""), ("", "x"), (SECRET, ""), (SECRET, "x"), (SECRET, "é")])
def test_without_the_secret_the_address_does_not_exist(mail, settings, configured, given):
    settings.BOUNCE_SECRET = configured
    assert post(returned(mail), given) == 404
    assert not DeadAddress.objects.exists()


def test_with_the_secret_a_bounce_is_taken_and_what_is_none_is_no_fault(mail, settings):
    settings.BOUNCE_SECRET = SECRET
    for body in (b"", b"\xff\x00", b"Hej"):
        assert post(body, SECRET) == 204
    assert post(b"x" * 1_000_001, SECRET) == 413
    assert not DeadAddress.objects.exists()
    assert post(returned(mail), SECRET) == 204
    assert DeadAddress.objects.get().address == mail.address


@pytest.mark.parametrize("is_ours", [True, False])
def test_a_bounce_on_standard_input_is_taken(mail, monkeypatch, is_ours):
    raw = returned(mail) if is_ours else returned(mail, message_key="0" * 32)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    call_command("take_bounce", stdout=io.StringIO())
    assert DeadAddress.objects.exists() == is_ours
