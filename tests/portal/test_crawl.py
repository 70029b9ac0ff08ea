"""Every link of the demonstration, followed by each kind of person in both languages."""

import os
import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from search import indexing
from search.engines import current_engine

from .visiting import Visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

LEFT_OUT = re.compile(r"^/(admin|static|media|documents|-/)|/(logout|log-ud)/")
THINGS = {
    "wagtail_serve",
    *(f"partnerships:{name}" for name in ("organisation", "person", "partnership", "post", "meeting", "room_document")),
    *(f"partnerships:{name}" for name in ("topic", "place", "goal")),
}
EVERYTHING = bool(os.environ.get("CRAWL_EVERYTHING"))
OF_EACH_ACT, OF_EACH_THING = 2, 8
"""What one can do with a thing has an address for each; in a language these many are enough. A visitor goes to all things
there are, who is signed in to some. `make trust` has everybody go everywhere."""
VOID = set("area base br col embed hr img input link meta source track wbr path use circle rect".split())
ENGLISH = re.compile(
    r"\b(the|with|your|you|this|which|that|are|was|were|of|from|has|been|please|sign|page)\b", re.IGNORECASE
)


class Page(HTMLParser):
    """What a page links to, and its words that are not marked as English."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.headings, self.title, self.lang = 0, "", ""
        self.words: list[str] = []
        self.open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "html":
            self.lang = attrs.get("lang", "")
        if tag == "a" and attrs.get("href"):
            self.links.append(attrs["href"])
        self.headings += tag == "h1"
        if tag not in VOID:
            self.open.append((tag, attrs.get("lang", "")))

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self.open]
        lang = next((lang for _, lang in reversed(self.open) if lang), "")
        if "title" in tags and "svg" not in tags:
            self.title += data
        if lang == "da" and not {"script", "style"} & set(tags):
            self.words += ENGLISH.findall(data)


def shape(target: str) -> tuple:
    """Of addresses that differ only in the values of a filter, one is enough."""
    parts = urlsplit(target)
    return parts.path, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


def language_of(path: str) -> str:
    return "en" if path.startswith("/en/") else "da"


def name_of(path: str) -> str:
    """Of what answers there, whatever thing it is about."""
    with translation.override(language_of(path)):
        try:
            return resolve(path).view_name
        except Resolver404:
            return path


class Crawl:
    """Goes from `/` and `/en/` wherever links lead."""

    def __init__(self, client: Visitor, *, of_each_thing: int | None) -> None:
        self.client, self.of_each_thing = client, of_each_thing
        self.seen: set[tuple] = set()
        self.alike: Counter = Counter()
        self.waiting = ["/", "/en/"]
        self.visited: Counter = Counter()
        self.faults: list[tuple] = []

    def run(self) -> None:
        while self.waiting:
            path = self.waiting.pop()
            answer = self.client.get(path, follow=True)
            here = answer.redirect_chain[-1][0] if answer.redirect_chain else path
            self.visited[language_of(path)] += 1
            page, wrong = looked_at(answer, here)
            self.faults += [(path, fault) for fault in wrong]
            for link in page.links if page else []:
                self.note(urldefrag(urljoin(urlsplit(here).path, link)).url)

    def note(self, target: str) -> None:
        parts = urlsplit(target)
        if parts.netloc or parts.scheme or LEFT_OUT.search(parts.path) or shape(target) in self.seen:
            return
        self.seen.add(shape(target))
        name = name_of(parts.path)
        enough = self.of_each_thing if name in THINGS else OF_EACH_ACT
        alike = (name, language_of(parts.path), shape(target)[1])
        self.alike[alike] += 1
        if EVERYTHING or not enough or self.alike[alike] <= enough:
            self.waiting.append(target)


def looked_at(answer, path: str) -> tuple[Page | None, list]:
    if answer.status_code != 200:
        return None, [answer.status_code]
    if not answer.headers["Content-Type"].startswith("text/html"):
        return None, []
    page = Page(answer.content.decode())
    danish = language_of(path) == "da"
    wrong = []
    if not page.title.strip():
        wrong.append("no title")
    if page.headings != 1:
        wrong.append(f"{page.headings} h1")
    if page.lang != ("da" if danish else "en"):
        wrong.append(f"lang {page.lang}")
    if danish and page.words:
        wrong.append(f"English: {page.words[:8]}")
    return page, wrong


@pytest.fixture(scope="module")
def built(demo, django_db_blocker, tmp_path_factory):
    """The index of the demonstration."""
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr("django.conf.settings.INDEX_DIR", tmp_path_factory.mktemp("index"))
        current_engine.cache_clear()
        indexing.rebuild()
        yield
    current_engine.cache_clear()


@pytest.mark.parametrize(
    "who", ["", "member", "administrator", "editor", *(["company", "facilitator"] if EVERYTHING else [])]
)
def test_every_link_leads_to_a_page_in_its_language(built, who):
    client = Visitor(HTTP_HOST="localhost:8000")
    if who:
        assert client.post("/-/demo/sign-in", {"who": who}).status_code == 302
    crawl = Crawl(client, of_each_thing=OF_EACH_THING if who else None)
    crawl.run()
    assert min(crawl.visited.values()) > 100
    assert crawl.faults == []


def test_the_crawl_notices_english_on_a_danish_page():
    html = '<html lang="da"><title>x</title><h1>Side</h1><p>The page is <b lang="en">from your side</b></p></html>'
    assert Page(html).words == ["The", "page"]
