"""Every link of the demonstration, followed by each kind of person in both languages."""

import re
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

import pytest

from .conftest import signed_in

LEFT_OUT = re.compile(r"^/(admin|static|media|documents|-/)|/(logout|log-ud)/")
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


def crawl(portal: str, who: str, starts: tuple[str, ...] = ("/", "/en/")) -> tuple[dict, list]:
    """How many pages of each language were seen, and what was wrong. Either language leads into the other, so that both are
    gone through at once."""
    session = signed_in(portal, who)
    seen, faults, waiting = set(map(shape, starts)), [], list(starts)
    with ThreadPoolExecutor(6) as pool:
        while waiting:
            found = list(pool.map(lambda path: (path, session.get(portal + path, timeout=60)), waiting))
            waiting = []
            for path, answer in found:
                page, wrong = looked_at(answer)
                faults += [(path, fault) for fault in wrong]
                for link in page.links if page else []:
                    target = urldefrag(urljoin(urlsplit(answer.url).path, link)).url
                    parts = urlsplit(target)
                    if (
                        not parts.netloc
                        and not parts.scheme
                        and not LEFT_OUT.search(parts.path)
                        and shape(target) not in seen
                    ):
                        seen.add(shape(target))
                        waiting.append(target)
    english = sum(path.startswith("/en/") for path, _names in seen)
    return {"en": english, "da": len(seen) - english}, faults


def looked_at(answer) -> tuple[Page | None, list]:
    if answer.status_code != 200:
        return None, [answer.status_code]
    if not answer.headers["Content-Type"].startswith("text/html"):
        return None, []
    page = Page(answer.text)
    danish = not urlsplit(answer.url).path.startswith("/en/")
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


@pytest.mark.parametrize("who", ["", "member", "company", "administrator", "editor"])
def test_every_link_leads_to_a_page_in_its_language(portal, who):
    visited, faults = crawl(portal, who)
    assert min(visited.values()) > 100
    assert faults == []


def test_the_crawl_notices_english_on_a_danish_page():
    html = '<html lang="da"><title>x</title><h1>Side</h1><p>The page is <b lang="en">from your side</b></p></html>'
    assert Page(html).words == ["The", "page"]
