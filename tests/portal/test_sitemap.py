"""What robots are told, and what they may find: public things that stand, in both languages, and nothing else."""

import xml.etree.ElementTree as tree

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import translation

from tests.cms_pages import make_site, make_story, make_update, translate
from tests.factories import make_goal, make_organisation, make_partnership, make_person, make_post, make_topic

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def site():
    make_site()


def sitemap(**how):
    response = Client(**how).get("/sitemap.xml")
    assert response.status_code == 200
    urls = tree.fromstring(response.content).findall("s:url", NAMES)
    return {
        url.find("s:loc", NAMES).text.removeprefix(settings.SITE_URL): {
            link.get("hreflang"): link.get("href").removeprefix(settings.SITE_URL)
            for link in url.findall("x:link", NAMES)
        }
        for url in urls
    }


def both(thing):
    addresses = {}
    for language in ("da", "en"):
        with translation.override(language):
            addresses[language] = thing.get_absolute_url()
    return addresses


def test_things_that_take_part_stand_in_both_languages_and_name_each_other():
    things = [make_organisation(), make_partnership(), make_topic(), make_goal()]
    found = sitemap()
    for thing in things:
        wanted = both(thing)
        for address in wanted.values():
            assert wanted.items() <= found[address].items()


def test_lists_and_the_front_page_stand_in_both_languages():
    found = sitemap()
    for address in ("/", "/en/", "/organisationer/", "/en/organisations/", "/maal/", "/en/goals/"):
        assert address in found
    assert found["/"] == {"da": "/", "en": "/en/"}


def test_a_page_names_its_translation_and_no_other():
    story, update = make_story(), make_update()
    other = translate(story, title="Heat from water")
    found = sitemap()
    addresses = {one.locale.language_code: one.get_url() for one in (story, other)}
    assert found[addresses["da"]] == found[addresses["en"]] == addresses
    assert found[update.get_url()] == {"da": update.get_url()}


def test_nothing_unpublished_closed_or_personal_stands_in_it():
    from wagtail.models import PageViewRestriction

    draft, closed, gone = make_story(live=False), make_story(), make_story()
    PageViewRestriction.objects.create(page=closed, restriction_type="login")
    gone.unpublish()
    person = make_person(consents=False)
    partnership = make_partnership(administrator=person)
    posts = [make_post(partnership, person, audience=audience) for audience in ("members", "administrators")]
    text = "\n".join(sitemap())
    for page in (draft, closed, gone):
        assert page.slug not in text
    for thing in (person, *posts):
        assert thing.get_absolute_url() not in text
    for word in ("/mit/", "/konto/", "/admin/", "/-/", "/ansoeg", "/rum/"):
        assert word not in text


def test_every_address_in_it_answers():
    make_story()
    make_partnership()
    make_goal()
    found = sitemap()
    assert len(found) > 20
    assert {address: Client().get(address).status_code for address in found} == dict.fromkeys(found, 200)


def test_it_names_the_configured_address_whatever_the_request_named():
    response = Client(headers={"host": "evil.example.org"}).get("/sitemap.xml")
    assert b"evil" not in response.content


def test_the_demonstration_asks_robots_to_stay_away(client):
    assert client.get("/robots.txt").content.decode() == "User-agent: *\nDisallow: /\n"
    assert 'content="noindex, nofollow"' in client.get("/").content.decode()


@override_settings(DEMO=False)
def test_a_real_site_shows_robots_the_way(client):
    rules = client.get("/robots.txt")
    assert rules["Content-Type"].startswith("text/plain")
    assert rules.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    assert "noindex" not in client.get("/").content.decode()
