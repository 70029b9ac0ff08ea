"""An editor at the search desk: what people search, what is done about it, and how the index is."""

import pytest
from playwright.sync_api import expect

from .conftest import WIDTHS
from .test_accessibility import assert_none, faults_of

DESK = [
    "/admin/search_log/",
    "/admin/search_log/?list=empty&days=90",
    "/admin/search_log/?list=unopened&days=7",
    "/admin/search_log/synonym/?q=affaldssortering",
    "/admin/search_log/promote/?q=elbil&find=varme",
    "/admin/promotion/",
    "/admin/wish/",
    "/admin/wish/new/?q=tang",
    "/admin/search_index/",
]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desks_screens(visitor, width):
    page, faults, refused = visitor(width=width, who="editor"), [], []
    page.on("console", lambda message: message.type == "error" and refused.append(message.text))
    for address in DESK:
        assert page.goto(address).status == 200, address
        faults += faults_of(page)
    assert_none(faults)
    assert refused == []


def is_listed(desk, row):
    """What is searched once stands far down, behind what other tests searched often."""
    address = "/admin/search_log/?days=7"
    while address:
        desk.goto(address)
        if row.count():
            return True
        onward = desk.locator("a[href*='p=']", has_text="Næste")
        address = onward.first.get_attribute("href") if onward.count() else ""
        address = address and f"/admin/search_log/{address}"
    return False


def test_what_a_visitor_searches_and_opens_is_what_the_editor_reads(visitor):
    page = visitor()
    page.goto("/soeg/?q=lunkent+vand+fra+bryggeri")
    with page.expect_response(lambda answer: answer.url.endswith("/soeg/klik/")) as told:
        page.locator(".s-hits a").first.click()
    assert told.value.status == 204
    assert page.context.cookies() == []
    desk = visitor(who="editor")
    row = desk.locator("tr", has=desk.get_by_role("link", name="lunkent vand fra bryggeri", exact=True))
    for _look in range(20):
        if is_listed(desk, row):
            break
        desk.wait_for_timeout(2_000)
    assert row.locator(".samspil-n").all_inner_texts()[:3] == ["1", "0", "1"]


def test_a_synonym_is_tried_before_it_is_kept(visitor):
    page = visitor(who="editor")
    page.goto("/admin/search_log/synonym/?q=kloakslam")
    page.get_by_label("Søg også efter").fill("gips")
    page.get_by_role("button", name="Vis resultater før og efter").click()
    expect(page.get_by_role("heading", name="Med synonymet")).to_be_visible()
    expect(page.get_by_text("Nyt her").first).to_be_visible()
    assert_none(faults_of(page))
    page.goto("/admin/synonym/")
    assert page.get_by_role("link", name="kloakslam").count() == 0


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_rebuild_shows_how_far_it_is_and_search_answers_meanwhile(visitor, scripts):
    page = visitor(who="editor", scripts=scripts)
    page.goto("/admin/search_index/")
    page.get_by_role("button", name="Byg indekset op på ny").click()
    assert page.request.get("/soeg/?q=varme&format=json").json()["total"] > 0
    under_way = page.get_by_role("heading", name="I gang")
    for _look in range(0 if scripts else 60):
        if not under_way.count():
            break
        page.wait_for_timeout(1_000)
        page.get_by_role("link", name="Se igen").click()
    expect(under_way).to_have_count(0, timeout=60_000)
    expect(page.get_by_role("row", name="Byg indekset op på ny").first).to_contain_text("færdig")
