"""Every link of the demonstration, followed as a visitor, a member, an administrator and an editor, in both languages."""

import re
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

ENOUGH = 400
LEFT_OUT = re.compile(r"^/(admin|static|media|documents|-/|en/konto/logout|konto/logout)|/logout/$")


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.title, self.headings, self.lang = [], False, 0, ""

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a" and attrs.get("href"):
            self.found.append(attrs["href"])
        self.title = self.title or tag == "title"
        self.headings += tag == "h1"
        if tag == "html":
            self.lang = attrs.get("lang", "")


def crawl(client, start):
    waiting, seen, faults = [start], {start}, []
    while waiting and len(seen) < ENOUGH * 3:
        address = waiting.pop(0)
        response = client.get(address, follow=True)
        html = response.content.decode(errors="replace")
        page = Links()
        if response["Content-Type"].startswith("text/html"):
            page.feed(html)
            if not page.title or page.headings != 1:
                faults.append((address, f"title {page.title}, h1 {page.headings}"))
        if response.status_code != 200:
            faults.append((address, response.status_code))
        for link in page.found:
            target = urldefrag(urljoin(address, link)).url
            path = urlsplit(target)
            if path.netloc or path.scheme or LEFT_OUT.search(path.path) or target in seen or len(path.query) > 40:
                continue
            seen.add(target)
            waiting.append(target)
    return len(seen), faults


def client_of(email):
    client = Client(raise_request_exception=False)
    if email:
        client.force_login(get_user_model().objects.get(email=email))
    return client


@pytest.mark.parametrize("start", ["/", "/en/"])
@pytest.mark.parametrize(
    "email",
    [
        "",
        "jens-mockup@example.org",
        "carla-moenster@example.org",
        "anna-eksempelsen@example.org",
        "bo-proevesen@example.org",
    ],
    ids=["visitor", "member", "company", "administrator", "editor"],
)
def test_every_link_leads_to_a_page_with_title_and_heading(email, start):
    visited, faults = crawl(client_of(email), start)
    assert visited > 100
    assert faults == []
