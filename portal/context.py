"""What every page's frame shows: whose site it is, the menu, the languages, and what waits for the reader."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.models import HomePage, Municipality
from cms.selectors import menu_pages, page_in
from portal.waiting_figure import waiting_figure

NOT_IN_FOOTER = ("section", "accessibility")  # The menu has the first, /was leads to the second.


@dataclass(frozen=True)
class Entry:
    """One link of the menu; `here` where the present page lies below it."""

    text: str
    url: str
    here: bool = False


@dataclass(frozen=True)
class Language:
    """One language of the switch. `exists` is false where the page is only in the other and the link leads to the front page."""

    code: str
    name: str
    url: str
    exists: bool


def site(request: HttpRequest) -> dict[str, Any]:
    """For every template. Nothing is asked of the database until the frame is drawn."""
    pages = SimpleLazyObject(lambda: menu_pages(get_language() or "da"))
    return {
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "canonical": f"{settings.SITE_URL}{request.path}",
        "municipality": SimpleLazyObject(Municipality.here),
        "home_url": "/en/" if get_language() == "en" else "/",
        "menu": SimpleLazyObject(lambda: _menu(request.path, pages)),
        "footer_pages": SimpleLazyObject(lambda: [page for page in pages if page.role not in NOT_IN_FOOTER]),
        "alternates": SimpleLazyObject(lambda: _languages(request)),
        "waiting_count": SimpleLazyObject(lambda: waiting_figure(request)),
    }


def _menu(path: str, pages: list) -> list[Entry]:
    sections = [Entry(page.text, page.url, path.startswith(page.url)) for page in pages if page.role == "section"]
    modules = [
        (_("Partnerships"), reverse("partnerships:partnership_list")),
        (_("Organisations"), reverse("partnerships:organisation_list")),
    ]
    return [*sections, *(Entry(text, url, path.startswith(url)) for text, url in modules)]


def _languages(request: HttpRequest) -> list[Language]:
    """The same page in each language; a page without a translation leads to the other language's front page."""
    page = getattr(request, "served_page", None)
    return [_language(request, page, code, name) for code, name in (("da", "Dansk"), ("en", "English"))]


def _language(request: HttpRequest, page: Page | None, code: str, name: str) -> Language:
    front = "/en/" if code == "en" else "/"
    if isinstance(page, HomePage):
        return Language(code, name, front, True)
    if page is not None:
        url = page_in(page, code)
        return Language(code, name, url or front, bool(url))
    if request.resolver_match is None or request.resolver_match.url_name == "wagtail_serve":
        return Language(code, name, front, False)
    return Language(code, name, translate_url(request.path, code), True)
