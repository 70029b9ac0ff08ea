"""In the demonstration one click signs in as one of five invented people; nowhere else."""

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import reverse

from portal.demo_sign_in import WHO
from tests.cms_pages import make_site
from tests.factories import make_person

pytestmark = pytest.mark.django_db
PATH = "/-/demo/sign-in"


@pytest.fixture(autouse=True)
def people():
    make_site()
    found = {}
    for who, email in WHO.items():
        found[who] = make_person(who)
        found[who].user.email = email
        found[who].user.save()
    return found


@pytest.mark.parametrize("who", ["member", "company", "administrator", "facilitator", "editor"])
def test_one_click_signs_in_as_each_of_the_five(client, people, who):
    answer = client.post(PATH, {"who": who})
    assert answer["Location"] == reverse("desk")
    assert client.session["_auth_user_id"] == str(people[who].user.pk)
    assert client.get(reverse("desk")).status_code == 200


def test_another_click_changes_person_and_session(client, people):
    client.post(PATH, {"who": "member"})
    before = client.session.session_key
    client.post(PATH, {"who": "editor"})
    assert client.session["_auth_user_id"] == str(people["editor"].user.pk)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "who", ["", "root", "superuser", "jens-mockup@example.org", "1", "member\x00", "MEMBER", "é" * 5000]
)
def test_nobody_else_is_let_in(client, who):
    assert client.post(PATH, {"who": who}).status_code == 400
    assert "_auth_user_id" not in client.session


def test_one_whose_account_is_closed_is_not_let_in(client, people):
    people["member"].user.is_active = False
    people["member"].user.save()
    assert client.post(PATH, {"who": "member"}).status_code == 400


def test_a_link_signs_nobody_in(client):
    assert client.get(f"{PATH}?who=editor").status_code == 405
    assert "_auth_user_id" not in client.session


def test_a_form_of_another_site_signs_nobody_in():
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(PATH, {"who": "editor"}).status_code == 403
    assert "_auth_user_id" not in strict.session


@override_settings(DEMO=False)
def test_outside_the_demonstration_nobody_is_let_in(client):
    assert client.post(PATH, {"who": "editor"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_the_sign_in_page_offers_the_five_only_in_the_demonstration(client):
    page = client.get(reverse("account_login")).content.decode()
    assert [f'value="{who}"' in page for who in WHO] == [True] * 5
    with override_settings(DEMO=False):
        assert PATH not in client.get(reverse("account_login")).content.decode()


def test_the_five_live_in_the_demonstrations_content():
    written = "".join(path.read_text() for path in (settings.BASE_DIR / "portal/demo").rglob("*.toml"))
    assert [email for email in WHO.values() if email not in written] == []


@pytest.mark.parametrize(
    ("onward", "leads_to"),
    [
        ("/partnerskaber/a/ansoegninger/7/", "/partnerskaber/a/ansoegninger/7/"),
        ("https://example.com/", "desk"),
        ("//example.com/", "desk"),
        ("javascript:alert(1)", "desk"),
        ("\x00", "desk"),
        ("", "desk"),
    ],
)
def test_one_goes_on_to_where_one_was_going_and_never_elsewhere(client, onward, leads_to):
    answer = client.post(PATH, {"who": "member", "next": onward})
    assert answer["Location"] == (reverse("desk") if leads_to == "desk" else leads_to)
