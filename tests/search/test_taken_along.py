"""Any search as a feed and as a table: the same things under the same rights, and nothing a program would carry out."""

import csv
import io
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from search.engines import current_engine
from search.engines.base import EngineFailed
from tests.cms_pages import make_site, make_story, make_update
from tests.factories import make_organisation, make_partnership, make_person, make_post

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def atom(client=None, **parameters):
    response = (client or Client()).get("/soeg/", {**parameters, "format": "atom"})
    assert (response.status_code, response["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    return ElementTree.fromstring(response.content)


def entries(feed):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in feed.findall("a:entry", ATOM)]


def table(client=None, **parameters):
    response = (client or Client()).get("/soeg/", {**parameters, "format": "csv"})
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_feed_has_what_the_page_has_with_whole_addresses(index):
    make_site()
    make_story("Gips & <kalk>", summary="Kort om \x0cgips & kalk.")
    make_story("Halm")
    index()
    feed = atom(q="gips")
    assert entries(feed) == ["Gips & <kalk>"]
    entry = feed.find("a:entry", ATOM)
    assert entry.find("a:link", ATOM).get("href").startswith(settings.SITE_URL)
    assert entry.findtext("a:summary", namespaces=ATOM).split() == "Kort om gips & kalk.".split()
    assert feed.find("a:link[@rel='self']", ATOM).get("href") == f"{settings.SITE_URL}/soeg/?q=gips&format=atom"
    assert entries(atom(q="findes-ikke")) == []


def test_an_entry_has_the_day_of_the_thing(index):
    make_site()
    make_update("Gips i dag", date="2024-03-02")
    index()
    assert atom(q="gips").find("a:entry", ATOM).findtext("a:updated", namespaces=ATOM).startswith("2024-03-02")


def test_a_table_has_the_first_two_hundred_in_the_order_of_the_page(index):
    make_site()
    for number in range(205):
        make_organisation(f"Gips {number:03}")
    index()
    rows = table(q="gips", sort="name", page=3)
    assert [row["title"] for row in rows] == [f"Gips {number:03}" for number in range(200)]
    assert list(rows[0]) == ["id", "kind", "title", "url", "lang", "date", "text"]
    assert len(entries(atom(q="gips"))) == 200


def test_no_cell_is_a_formula(index):
    make_site()
    formulas = ["=1+1", "+45", "-2", "@SUM(A1)", " =1", "\t=1", "＝1+1"]
    for name in formulas:
        make_organisation(f"{name} gips")
    index()
    rows = table(q="gips")
    assert len(rows) == len(formulas)
    for row in rows:
        assert row["title"].startswith("'")
        assert row["url"].startswith("http"), "what is harmless stays as it is"


def test_what_one_may_not_see_is_in_no_feed_or_table(index):
    make_site()
    author = make_person("Anna")
    partnership = make_partnership("Vandnet", administrator=author)
    for audience in ("public", "members", "administrators"):
        make_post(partnership, author, audience=audience, title=f"Zirkonium {audience}")
    index()
    member, stranger = Client(), Client()
    member.force_login(author.user)
    stranger.force_login(make_person("Frank").user)
    for client in (None, stranger):
        assert entries(atom(client, q="zirkonium")) == ["Zirkonium public"]
        assert [row["title"] for row in table(client, q="zirkonium")] == ["Zirkonium public"]
    assert len(table(member, q="zirkonium")) == len(entries(atom(member, q="zirkonium"))) == 3


def test_the_page_leads_to_them_and_tells_feed_readers(index):
    make_site()
    make_story("Gips")
    index()
    html = Client().get("/soeg/", {"q": "gips", "kind": "story"}).content.decode()
    newest = "?q=gips&amp;kind=story&amp;sort=newest&amp;format=atom"
    assert (
        f'type="application/atom+xml" title="Søgning i Samspil: gips" href="{settings.SITE_URL}/soeg/{newest}"' in html
    )
    assert f'href="{newest}"' in html
    assert 'href="?q=gips&amp;kind=story&amp;format=csv"' in html
    assert 'href="?q=gips&amp;kind=story&amp;format=json"' in html
    assert "<html" in Client().get("/soeg/", {"format": "pdf"}).content.decode()


def test_a_feed_and_a_table_without_the_engine_have_the_same_dates_and_say_so(index, monkeypatch):
    make_site()
    make_update("Nyt om gips", date="2026-03-04")
    make_organisation("Gipsværket")
    index()
    dates = {row["title"]: row["date"] for row in table(q="gips")}
    assert dates["Nyt om gips"] == "2026-03-04"

    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "search", refuse)
    assert {row["title"]: row["date"] for row in table(q="gips")} == dates
    feed = atom(q="gips")
    assert sorted(entries(feed)) == sorted(dates)
    assert "virker ikke helt" in feed.findtext("a:subtitle", namespaces=ATOM)
