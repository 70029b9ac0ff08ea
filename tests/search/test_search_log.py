"""What is searched is counted, without anybody who searched, and never by the request itself."""

import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.timetable import forget_what_is_old
from search import search_log
from search.models import LoggedSearch
from search.private_words import may_be_kept
from search.services import search_log as service
from search.views.clicks import click_token
from tests.cms_pages import make_site, make_story
from tests.factories import make_organisation, make_partnership, make_person, make_post
from tests.search.asking import Query

pytestmark = pytest.mark.django_db
SEARCH, CLICK = "/soeg/", "/soeg/klik/"
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


@pytest.fixture(autouse=True)
def nothing_counted_before():
    search_log._counts.clear()
    yield
    search_log._counts.clear()


@pytest.fixture
def portal(index):
    make_site()
    make_story("Varme fra vand")
    index()
    return Client()


def logged():
    search_log.flush()
    return [
        (row.query, row.lang, row.searches, row.results, row.clicks)
        for row in LoggedSearch.objects.order_by("query", "lang", "pk")
    ]


class TestWhatIsCounted:
    @EMBEDDED
    def test_a_query_its_language_and_what_everybody_finds(self, portal):
        portal.get(SEARCH, {"q": "  Varme   VAND "})
        portal.get(SEARCH, {"q": "varme vand"})
        portal.get("/en/search/", {"q": "varme"})
        portal.get(SEARCH, {"q": "brint"})
        assert logged() == [("brint", "da", 1, 0, 0), ("varme", "en", 1, 1, 0), ("varme vand", "da", 2, 1, 0)]

    @EMBEDDED
    def test_the_row_knows_the_hour_and_nobody(self, portal):
        portal.force_login(make_person("Mads").user)
        portal.get(SEARCH, {"q": "varme"}, REMOTE_ADDR="203.0.113.9", headers={"user-agent": "Mozilla/5.0 Test"})
        search_log.flush()
        row = LoggedSearch.objects.get()
        assert (row.hour.minute, row.hour.second, row.hour.microsecond) == (0, 0, 0)
        fields = {field.name for field in LoggedSearch._meta.get_fields()}
        assert fields == {"id", "query", "lang", "hour", "searches", "results", "clicks"}

    @EMBEDDED
    @pytest.mark.parametrize(
        "more",
        [
            {"q": ""},
            {"page": "2"},
            {"kind": "story"},
            {"from": "2020-01-01"},
            {"sort": "newest"},
            {"exact": "1"},
            {"format": "json"},
            {"format": "atom"},
            {"format": "csv"},
        ],
        ids=str,
    )
    def test_looking_further_and_machines_formats_are_no_new_search(self, portal, more):
        portal.get(SEARCH, {"q": "varme", **more})
        assert logged() == []

    @EMBEDDED
    @pytest.mark.parametrize(
        "headers",
        [
            {"HX-Request": "true"},
            {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
            {"User-Agent": "Mozilla/5.0 AppleWebKit bingbot/2.0"},
            {"User-Agent": "some-spider 1.0"},
            {"Sec-Purpose": "prefetch;prerender"},
        ],
        ids=str,
    )
    def test_scripts_crawlers_and_what_is_fetched_ahead_are_no_search(self, portal, headers):
        portal.get(SEARCH, {"q": "varme"}, headers=headers)
        portal.head(SEARCH, {"q": "varme"})
        assert logged() == []

    @EMBEDDED
    def test_a_members_search_is_counted_by_what_everybody_finds(self, portal, index):
        person = make_person("Anna")
        partnership = make_partnership("Energi", members=[make_organisation("Værket")], administrator=person)
        make_post(partnership, person, title="Hemmelig brint", audience="members")
        index()
        portal.force_login(person.user)
        assert "Hemmelig" in portal.get(SEARCH, {"q": "brint"}).content.decode()
        assert logged() == [("brint", "da", 1, 0, 0)]

    @EMBEDDED
    def test_who_sends_a_flood_is_not_counted_without_end(self, portal, monkeypatch):
        monkeypatch.setattr(search_log, "MOST_WAITING", 3)
        for number in range(6):
            search_log.note_search(f"flod {number}", "da", 0)
        search_log.note_search("flod 1", "da", 0)
        assert [(query, searches) for query, _lang, searches, *_ in logged()] == [
            ("flod 0", 1),
            ("flod 1", 2),
            ("flod 2", 1),
        ]

    @EMBEDDED
    def test_no_log_is_kept_where_the_setting_says_so(self, portal, settings):
        settings.SEARCH_LOG_DAYS = 0
        page = portal.get(SEARCH, {"q": "varme"}).content.decode()
        assert "data-asked" not in page
        assert logged() == []


PRIVATE = [
    *("010190-1234", "010190 1234", "0101901234", "010190–1234", "010190 - 1234", "01.01.90-1234", "01 01 90 12 34"),
    *("010190/1234", "０１０１９０-1234", "0101\u200b901234", "hvem er 010190-1234?", "cpr010190-1234", "999999-9999"),
    *("anna@example.org", "anna @ example.org", "anna＠example.org", "anna(at)example.org", "anna [at] example.org"),
    *("12345678", "12 34 56 78", "+45 12 34 56 78", "1234-5678", "ring 12.34.56.78", "anna%40example.org"),
]
PLAIN = [
    "varme",
    "2030",
    "dk2020",
    "4400 kalundborg",
    "1972-73",
    "24 °c",
    "3.500 oliefyr",
    "klimaplan 2050",
    "5.000 kunder",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_a_query_with_somebodys_number_or_address_is_not_kept(text):
    assert not may_be_kept(text)
    search_log.note_search(text, "da", 0)
    search_log.note_click(text, "da")
    assert logged() == []
    assert click_token(Query(text=text)) == ""


@pytest.mark.parametrize("text", PLAIN)
def test_other_numbers_are_kept(text):
    search_log.note_search(text, "da", 0)
    assert [row[0] for row in logged()] == [text]


class TestWriting:
    @EMBEDDED
    def test_a_search_writes_nothing_itself(self, portal):
        with CaptureQueriesContext(connection) as asked:
            portal.get(SEARCH, {"q": "varme"})
        assert not [one["sql"] for one in asked if not one["sql"].lstrip("(").startswith(("SELECT", "DECLARE"))]
        assert not LoggedSearch.objects.exists()

    def test_many_are_written_with_as_many_queries_as_one(self, django_assert_max_num_queries):
        for number in range(200):
            search_log.note_search(f"ord {number}", "da", number)
        with django_assert_max_num_queries(5):
            assert search_log.flush() == 200
        assert search_log.flush() == 0
        assert LoggedSearch.objects.count() == 200

    def test_one_timer_writes_for_all_searches_of_a_while(self, settings, monkeypatch):
        begun = []
        monkeypatch.setattr(threading.Timer, "start", lambda timer: begun.append(timer.interval))
        monkeypatch.setattr(search_log, "_timer", None)
        settings.SEARCH_LOG_SECONDS = 20
        for number in range(5):
            search_log.note_search(f"ord {number}", "da", 0)
        assert begun == [20]
        search_log._timer = None

    def test_what_cannot_be_written_holds_up_nobody(self, monkeypatch):
        def fails(*, rows):
            raise DatabaseError

        monkeypatch.setattr(service, "keep", fails)
        monkeypatch.setattr(connection, "close", lambda: None)
        search_log.note_search("varme", "da", 1)
        search_log._write_now()
        assert not search_log._counts


def make_row(days, **fields):
    hour = timezone.now() - timedelta(days=days)
    return LoggedSearch.objects.create(**{"query": "varme", "lang": "da", "hour": hour, "searches": 1, **fields})


class TestForgetting:
    def test_what_is_older_than_the_setting_is_deleted(self, settings):
        settings.SEARCH_LOG_DAYS = 10
        make_row(11)
        kept = make_row(9)
        call_command("forget_searches")
        assert list(LoggedSearch.objects.all()) == [kept]

    def test_whoever_writes_forgets_too(self):
        make_row(91)
        search_log.note_search("vand", "da", 1)
        assert [row[0] for row in logged()] == ["vand"]

    def test_the_timetable_forgets_once_a_day(self):
        make_row(91)
        evening = timezone.localtime().replace(hour=20, minute=0, second=0)
        forget_what_is_old(evening, evening + timedelta(seconds=30))
        assert LoggedSearch.objects.exists()
        forget_what_is_old(evening, evening + timedelta(days=1))
        assert not LoggedSearch.objects.exists()


class TestClicks:
    def token(self, text="varme"):
        return click_token(Query(text=text, language="da"))

    @EMBEDDED
    def test_the_page_says_what_a_browser_sends_and_leaves_links_as_they_are(self, portal):
        page = portal.get(SEARCH, {"q": "varme"})
        html = page.content.decode()
        assert f'data-clicks="{CLICK}"' in html
        assert 'href="/cases/' in html
        assert not page.cookies
        asked = html.split('data-asked="')[1].split('"')[0]
        assert Client(enforce_csrf_checks=True).post(CLICK, {"asked": asked}).status_code == 204
        assert logged() == [("varme", "da", 1, 1, 1)]

    def test_a_click_asks_for_no_session_and_begins_none(self):
        answer = Client().post(CLICK, {"asked": self.token()})
        assert not answer.cookies
        assert not LoggedSearch.objects.exists()

    @pytest.mark.parametrize("asked", ["", "varme", '["varme","da"]', "WyJ2YXJtZSIsImRhIl0:1abc:xyz"])
    def test_nobody_writes_words_of_their_own_into_the_log(self, asked):
        assert Client().post(CLICK, {"asked": asked}).status_code == 400
        assert logged() == []

    def test_another_site_counts_nothing(self):
        for site in ("cross-site", "same-site"):
            answer = Client().post(CLICK, {"asked": self.token()}, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 400
        assert logged() == []

    def test_an_old_page_counts_nothing(self, monkeypatch):
        asked = self.token()
        monkeypatch.setattr("search.views.clicks.GOOD_FOR_SECONDS", -1)
        assert Client().post(CLICK, {"asked": asked}).status_code == 400

    def test_reading_the_address_does_nothing(self):
        assert Client().get(CLICK, {"asked": self.token()}).status_code == 405
        assert logged() == []
