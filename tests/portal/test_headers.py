"""What every answer says to the browser, and the pages that say something went wrong."""

import re
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, override_settings
from django.urls import path, reverse
from django.utils import translation

from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401
from portal.urls import urlpatterns as site_urls
from tests.cms_pages import make_story

from .visiting import ask, client_of, main_pages

pytestmark = pytest.mark.django_db


def raising(error):
    def view(request):
        raise error

    return view


TROUBLE = {"400": BadRequest("x"), "403": PermissionDenied("x"), "404": Http404("x"), "500": RuntimeError("a secret")}
broken = [path(f"broken/{status}/", raising(error)) for status, error in TROUBLE.items()]
broken += [path(f"en/broken/{status}/", raising(error)) for status, error in TROUBLE.items()]
broken += [path(f"{prefix}broken/form/", lambda request: HttpResponse("sent")) for prefix in ("", "en/")]
urlpatterns = [*broken, *site_urls]

CLASSES = {
    "a page": "/organisationer/",
    "the front page": "/",
    "a missing page": "/findes-ikke/",
    "a redirect": "/mit/",
    "JSON": "/soeg/?format=json",
    "plain text": "/-/live",
    "the sitemap": "/sitemap.xml",
    "an account page": "/konto/login/",
    "a fault of ours": "/broken/500/",
    "a refusal": "/broken/403/",
    "a bad request": "/broken/400/",
}


def policy_of(response):
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: part[1:] for part in parts if part}


@pytest.fixture
def troubled():
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_answer_carries_the_strict_policy(world, troubled, kind):
    response = troubled.get(CLASSES[kind])
    policy = policy_of(response)
    assert policy["default-src"] == ["'self'"]
    assert policy["object-src"] == policy["frame-ancestors"] == ["'none'"]
    assert policy["base-uri"] == policy["form-action"] == ["'self'"]
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_editors_screens_have_a_policy_of_their_own(world):
    response = client_of(world, "municipal_editor").get("/admin/")
    policy = policy_of(response)
    assert response.status_code == 200
    assert "'unsafe-inline'" in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["object-src"] == ["'none'"]


def test_the_editors_may_see_a_preview_in_their_own_frame(world):
    editor, page = client_of(world, "municipal_editor"), make_story()
    response = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert response.status_code == 200
    assert page.title in response.content.decode()
    assert policy_of(response)["frame-ancestors"] == ["'self'"]


@pytest.mark.parametrize("path", ["/administration/", "/en/admin/", "//admin/"])
def test_no_other_address_gets_the_editors_policy(world, path):
    assert "unsafe" not in Client().get(path)["Content-Security-Policy"]


class Inline(HTMLParser):
    """Whatever a strict policy would stop."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {value}" for value in given.values() if (value or "").startswith("javascript:")]
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.found.append(tag)
        if tag in ("iframe", "object", "embed"):
            self.found.append(tag)


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_page_writes_a_script_or_style_into_itself(world, language):
    found = {}
    for role, page in main_pages(world, language):
        response = ask(client_of(world, role), "get", page)
        assert response.status_code in (200, 404), page
        reader = Inline()
        reader.feed(response.content.decode())
        if reader.found:
            found[page] = reader.found
    assert found == {}


PAGES_OF_TROUBLE = {
    "400": ("forespørgslen", "The request could not be understood"),
    "403": ("adgang", "You do not have access here"),
    "404": ("findes ikke", "The page does not exist"),
    "500": ("Noget gik galt", "Something went wrong"),
}


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("status", PAGES_OF_TROUBLE)
def test_trouble_has_a_page_of_its_own_in_the_language_of_the_address(world, troubled, status, language):
    response = troubled.get(f"{'/en' if language == 'en' else ''}/broken/{status}/")
    page = response.content.decode()
    assert response.status_code == int(status)
    assert f'<html lang="{language}">' in page
    (heading,) = re.findall(r"<h1[^>]*>([^<]+)</h1>", page)
    (title,) = re.findall(r"<title>([^<]+)</title>", page)
    assert PAGES_OF_TROUBLE[status][language == "en"] in heading
    assert heading in title
    for word in ("Traceback", "RuntimeError", "a secret", "settings", "Django"):
        assert word not in page


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_form_without_its_token_gets_a_page_that_explains(world, troubled, language):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"{'/en' if language == 'en' else ''}/broken/form/", {"a": "b"})
    page = response.content.decode()
    assert response.status_code == 403
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert "CSRF" not in page


STATE_CHANGING = ["partnerships:organisation_register", "profile", "account_login", "account_signup", "account_logout"]


@pytest.mark.parametrize("name", [*STATE_CHANGING, "demo_sign_in"])
@pytest.mark.parametrize("role", ["visitor", "stranger"])
def test_no_form_is_taken_without_its_token(world, name, role):
    client = client_of(world, role)
    client.handler.enforce_csrf_checks = True
    assert ask(client, "post", reverse(name), "name=a&who=member").status_code == 403


def test_visitors_get_no_cookie_by_reading(world):
    for page in ("/", "/organisationer/", "/soeg/?q=vand", "/findes-ikke/", "/en/"):
        assert set(Client().get(page).cookies) <= {settings.CSRF_COOKIE_NAME}, page


def test_cookies_are_session_and_token_alone_and_out_of_reach_of_scripts(world):
    client = Client()
    client.get(reverse("account_login"))
    with translation.override("da"):
        client.post(
            reverse("account_login"),
            {"login": world.people.stranger.user.email, "password": "et langt kodeord"},
        )
    client.get(reverse("desk"))
    client.get("/en/")
    assert set(client.cookies) == {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME}
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize("path", ["/", "/organisationer/", "/soeg/", "/-/live", "/robots.txt", "/sitemap.xml"])
def test_head_answers_as_get_without_a_body(world, path):
    get, head = Client().get(path), Client().head(path)
    assert head.status_code == get.status_code == 200
    assert head.content == b""
    assert head["Content-Type"] == get["Content-Type"]


@pytest.mark.parametrize("path", ["/", "/organisationer/", "/konto/login/", "/findes-ikke/"])
@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_unusual_methods_are_no_fault(world, path, method):
    response = Client(raise_request_exception=False).generic(method, path)
    assert response.status_code in (200, 403, 404, 405)
    assert "Content-Security-Policy" in response


def test_pages_of_those_signed_in_are_not_kept_by_proxies(world):
    response = client_of(world, "administrator").get(reverse("desk"))
    assert "Cookie" in response["Vary"]


PERSONAL = ["/", "/mit/", "/soeg/?q=vand", "/soeg/?format=json", "/organisationer/", "/findes-ikke/", "/konto/email/"]


@pytest.mark.parametrize("path", PERSONAL)
def test_what_was_made_for_somebody_signed_in_is_stored_nowhere(world, path):
    assert client_of(world, "administrator").get(path)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", ["/", "/soeg/?q=vand", "/organisationer/"])
def test_what_everyone_reads_may_be_kept(world, path):
    assert "no-store" not in Client().get(path).headers.get("Cache-Control", "")


def test_a_file_that_nobody_owns_asks_for_no_session(world, django_assert_num_queries):
    client = client_of(world, "administrator")
    with django_assert_num_queries(0):
        assert client.get("/-/live").status_code == 200
