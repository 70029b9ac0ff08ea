"""A site of one's own: empty, whole, and with somebody who can sign in."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client

from cms.models import HomePage, Municipality
from tests.cms_pages import make_site

pytestmark = pytest.mark.django_db

NORDBY = {"municipality": "Nordby Kommune", "contact": "klima@nordby.example", "admin": "chef@nordby.example"}


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", "langt-kodeord-9")


def test_a_founded_site_is_the_municipalitys_and_its_administrator_signs_in():
    call_command("found_site", **NORDBY)
    here = Municipality.here()
    assert (here.name, here.mailbox) == ("Nordby Kommune", "klima@nordby.example")
    answer = Client().post("/konto/login/", {"login": "chef@nordby.example", "password": "langt-kodeord-9"})
    assert answer.status_code == 302
    page = Client().get("/").content.decode()
    assert "Nordby Kommune" in page
    assert "Kalundborg" not in page


def test_the_first_administrator_is_a_person_who_is_asked_for_a_name():
    call_command("found_site", **NORDBY)
    administrator = Client()
    administrator.force_login(get_user_model().objects.get(email=NORDBY["admin"]))
    page = administrator.get("/mit/", follow=True).content.decode()
    assert "Fortæl os først dit navn." in page
    assert 'value="Nordby Kommune"' not in page


def test_a_site_is_not_founded_upon_another():
    make_site()
    with pytest.raises(CommandError, match="make clean"):
        call_command("found_site", **NORDBY)
    assert not get_user_model().objects.filter(email=NORDBY["admin"]).exists()


@pytest.mark.parametrize(
    ("given", "secret"),
    [
        ({"admin": "chef"}, "langt-kodeord-9"),
        ({"contact": "klima"}, "langt-kodeord-9"),
        ({}, ""),
        ({}, "kort"),
        ({}, "1234567890"),
    ],
)
def test_nothing_is_founded_with_an_address_or_a_password_that_will_not_do(given, secret, monkeypatch):
    monkeypatch.setenv("ADMIN_PASSWORD", secret)
    with pytest.raises(CommandError):
        call_command("found_site", **{**NORDBY, **given})
    assert not HomePage.objects.exists()
