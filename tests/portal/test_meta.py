"""What every page says of itself in its head, in both languages."""

from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from tests.cms_pages import make_story, make_update, translate
from tests.factories import make_post

pytestmark = pytest.mark.django_db


class Head(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.title, self.meta, self.links, self.lang, self._in_title = "", {}, [], "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self._in_title = tag == "title"
        if tag == "html":
            self.lang = given["lang"]
        if tag == "meta" and given.get("content") is not None:
            self.meta |= {given[key]: given["content"] for key in ("name", "property") if key in given}
        if tag == "link":
            self.links.append(given)

    def handle_data(self, data):
        self.title += data if self._in_title else ""

    def link(self, rel):
        return [link for link in self.links if link["rel"] == rel]


LISTS = ["organisation_list", "person_list", "partnership_list", "topic_list", "goal_list"]
THINGS = {
    "organisation": "organisation",
    "person": "contact",
    "partnership": "partnership",
    "topic": "topic",
    "goal": "goal",
}


@pytest.fixture(scope="module")
def addresses(world):
    """Kind of page → its address in each language."""
    post = make_post(world.running, world.people.administrator)
    story, update = make_story(places=[]), make_update()
    pages = [story, update, translate(story, title="Heat"), translate(update, title="News")]
    found = {}
    for language in ("da", "en"):
        with translation.override(language):
            found |= {(name, language): reverse(f"partnerships:{name}") for name in LISTS}
            found |= {
                (name, language): reverse(f"partnerships:{name}", args=world.args[key]) for name, key in THINGS.items()
            }
            found["post", language] = post.get_absolute_url()
            found["search", language] = reverse("search:search")
            found["sign-in", language] = reverse("account_login")
            sections = Page.objects.live().filter(locale__language_code=language, depth__in=(2, 3)).specific()
            pages += [page for page in sections if page not in pages]
    found |= {(f"{type(page).__name__} {page.pk}", page.locale.language_code): page.get_url() for page in pages}
    return found


def heads(addresses):
    for (kind, language), address in addresses.items():
        response = Client().get(address)
        assert response.status_code == 200, address
        yield kind, language, address, Head(response.content.decode())


def test_every_page_has_title_and_description_in_its_language(addresses):
    for _kind, language, address, head in heads(addresses):
        assert head.lang == language, address
        assert head.title.strip().split("|")[0].strip() not in ("", "Samspil"), address
        assert "Samspil" in head.title, address
        assert len(head.meta["description"].strip()) > 2, address
        assert "<" not in head.meta["description"] + head.title, address


def test_titles_differ_from_page_to_page(addresses):
    titles = [head.title for _kind, language, _address, head in heads(addresses) if language == "da"]
    assert len(set(titles)) == len(titles)


def test_every_page_names_its_one_address(addresses):
    for _kind, _language, address, head in heads(addresses):
        assert [link["href"] for link in head.link("canonical")] == [f"{settings.SITE_URL}{address}"]
        assert head.meta["og:url"] == f"{settings.SITE_URL}{address}"


def test_a_filter_does_not_make_another_page(client, addresses):
    address = addresses["organisation_list", "da"]
    head = Head(client.get(f"{address}?kind=company&page=2").content.decode())
    assert [link["href"] for link in head.link("canonical")] == [f"{settings.SITE_URL}{address}"]


def test_every_page_names_itself_in_each_language_it_is_in(addresses):
    for kind, language, address, head in heads(addresses):
        named = {link["hreflang"]: link["href"] for link in head.link("alternate") if "hreflang" in link}
        assert named[language] == f"{settings.SITE_URL}{address}", address
        if (kind, "da") in addresses and (kind, "en") in addresses:
            assert named == {code: f"{settings.SITE_URL}{addresses[kind, code]}" for code in ("da", "en")}


def test_every_page_can_be_shared(addresses):
    for kind, language, address, head in heads(addresses):
        assert head.meta["og:type"] == "website"
        assert head.meta["og:locale"] == {"da": "da_DK", "en": "en_GB"}[language]
        assert head.meta["og:description"], address
        assert head.meta["og:image"].startswith(settings.SITE_URL), address
        if kind not in ("sign-in",):
            assert head.meta["og:title"] not in ("", "Samspil"), address


def test_the_canonical_address_is_the_configured_one_whatever_the_request_named(addresses):
    page = Client(headers={"host": "evil.example.org"}).get(addresses["organisation_list", "da"]).content.decode()
    assert "evil.example.org" not in page


@pytest.mark.django_db
def test_a_missing_page_searches_for_the_word_in_its_address_and_leads_to_the_sections(client):
    make_story()
    page = client.get("/cases/fjernvarme-1881/").content.decode()
    assert 'name="q" value="fjernvarme"' in page
    assert 'aria-labelledby="h-sections"' in page
    assert page.count(f'href="{reverse("search:search")}"') >= 3, "in the bar, in the small menu and in the footer"
