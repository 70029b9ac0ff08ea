"""What people come to do, from the first page to the last, each in a browser of their own."""

import re
import time

import pytest
import requests
from playwright.sync_api import expect

PASSWORD = "kornmod-og-kildevand"


def mails(portal, to):
    found = requests.get(f"{portal}/-/mail/?format=json", timeout=30).json()
    return [mail for mail in found if to in str(mail["to"])]


def link_in(mail, part):
    return next(link for link in mail["links"] if part in link)


def hits(portal, text, **parameters):
    answer = requests.get(f"{portal}/soeg/", {"q": text, "format": "json", **parameters}, timeout=30).json()
    return [hit["title"] for hit in answer["hits"]]


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_visitor_finds_a_case_reads_it_and_sees_who_knows(visitor):
    page = visitor()
    page.goto("/")
    page.get_by_label("Søg i cases, partnerskaber, organisationer og personer").fill("hvad blev der af bioethanol?")
    press(page, "Søg")
    first = page.locator(".s-hits [data-kind=story]").first
    assert "Inbicon" in first.inner_text()
    who = page.locator(".s-who")
    assert who.get_by_role("heading", name="Organisationer").is_visible()
    assert "RE Energy" in who.inner_text()
    first.get_by_role("link").click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Halm til bioethanol")
    assert page.get_by_role("heading", name="Status over tid").is_visible()
    page.get_by_role("link", name="English").first.click()
    page.wait_for_load_state()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Straw to bioethanol")


@pytest.fixture(scope="module")
def newcomer(browser, portal):
    """Signs up by e-mail, confirms, registers an organisation, and stays signed in for the module."""
    context = browser.new_context(locale="da-DK", base_url=portal, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    address = f"rosa-{time.monotonic_ns()}@example.org"
    page.goto("/konto/signup/")
    page.get_by_label("Navn").fill("Rosa Nykommer")
    page.get_by_label(re.compile("^E-mail")).fill(address)
    page.get_by_label(re.compile("^Adgangskode")).first.fill(PASSWORD)
    press(page, "Opret kontoen")
    page.goto(link_in(mails(portal, address)[0], "konto"))
    press(page, "Ja, bekræft den")
    page.goto("/mit/")
    assert "Rosa" in page.get_by_role("heading", level=1).inner_text()
    page.goto("/organisationer/registrer/")
    page.get_by_label("Navn", exact=True).fill("Rosas Rørværk")
    page.get_by_label("Type").select_option(label="Virksomhed")
    page.get_by_label("CVR-nummer").fill("") if page.get_by_label("CVR-nummer").count() else None
    press(page, "Registrer")
    assert page.get_by_role("heading", level=1).inner_text() == "Rosas Rørværk"
    yield page, address
    context.close()


def test_what_a_newcomer_registers_is_marked_unverified_and_found(newcomer, portal):
    page, _address = newcomer
    assert page.get_by_text("Organisationen er ikke bekræftet").first.is_visible()
    assert hits(portal, "Rosas Rørværk")[0] == "Rosas Rørværk"


def apply(page, slug):
    page.goto(f"/partnerskaber/{slug}/ansoeg/")
    page.locator('input[name="tier"]').first.check()
    page.get_by_label("Hvorfor vil I være med?").fill("Vi har rør og lunkent vand.")
    page.get_by_label("Jeg må handle for organisationen i denne sag").check()
    page.get_by_role("button", name="Send ansøgningen").dblclick()
    page.wait_for_url("**/ansoegninger/**")


def decide(visitor, link, how, button):
    """The mail's link leads through sign-in straight to the item."""
    page = visitor()
    page.goto(link)
    assert "/konto/login/" in page.url
    page.locator('form:has(input[name="who"][value="administrator"]) button').click()
    page.wait_for_url("**/ansoegninger/**")
    page.locator(f"details:has(input[value={how}]) > summary").click()
    if how == "refuse":
        page.get_by_label("Oplysninger mangler stadig").check()
        page.get_by_label("Begrundelsen med dine egne ord").fill("Vi mangler tal for temperaturen.")
    page.locator(f"form:has(input[value={how}])").get_by_role("button", name=button).click()
    page.wait_for_load_state()
    return page


def test_an_application_is_refused_sent_again_and_accepted(newcomer, visitor, portal):
    page, address = newcomer
    apply(page, "vandnetvaerket")
    assert page.get_by_text("Svar senest").first.is_visible()
    to_administrator = mails(portal, "anna-eksempelsen@example.org")
    asked = [mail for mail in to_administrator if "Rosas Rørværk" in mail["subject"]]
    assert len(asked) == 1, "a double click sends one application and one mail"
    decide(visitor, link_in(asked[0], "ansoegninger"), "refuse", "Giv afslag")
    answer = mails(portal, address)[0]
    assert "Afslag" in answer["subject"]
    assert "Vi mangler tal for temperaturen." in answer["text"]

    page.reload()
    assert page.get_by_text("Vi mangler tal for temperaturen.").first.is_visible()
    apply(page, "vandnetvaerket")
    again = [m for m in mails(portal, "anna-eksempelsen@example.org") if "Rosas Rørværk" in m["subject"]]
    assert len(again) == 2
    newest = max(again, key=lambda mail: mail["sent"])
    administrator = decide(visitor, link_in(newest, "ansoegninger"), "accept", "Optag")
    assert administrator.get_by_text("Optaget").first.is_visible()
    page.goto("/mit/")
    assert page.get_by_role("link", name=re.compile("Vandnetværket")).first.is_visible()
    page.goto("/partnerskaber/vandnetvaerket/")
    assert "Rosas Rørværk" in page.locator("main").inner_text()


def test_members_write_to_each_other_and_nobody_else_sees_it(newcomer, visitor, portal):
    """After the newcomer was let in."""
    page, _address = newcomer
    page.goto("/partnerskaber/vandnetvaerket/opslag/skriv/")
    page.get_by_label("Titel").fill("Zirkonium i kølevandet")
    page.locator('textarea[name="body"]').fill("Kun for os: **40 grader** hver dag.")
    page.locator('input[name="audience"][value="members"]').check()
    press(page, "Del")
    mine = page.url
    assert page.locator("strong", has_text="40 grader").is_visible()
    page.goto("/soeg/?q=zirkonium")
    assert page.locator("[data-kind=post]").count() == 1

    stranger = visitor()
    assert stranger.goto(mine).status in (200, 404)
    assert "Zirkonium" not in stranger.content()
    for address in ("/partnerskaber/vandnetvaerket/", "/soeg/?q=zirkonium", "/organisationer/rosas-roervaerk/"):
        stranger.goto(address)
        assert "Zirkonium i k" not in stranger.content(), address
    assert hits(portal, "zirkonium") == []
    answer = requests.get(f"{portal}/soeg/", {"q": "zirkonium", "format": "json"}, timeout=30).json()
    assert answer["total"] == 0
    assert all(not value["count"] for values in answer["facets"].values() for value in values)


def list_of_cases(page):
    """The id of the Danish list, asked of Wagtail as its explorer does."""
    return page.evaluate(
        """async () => {
            const pages = async (query) => (await (await fetch('/admin/api/main/pages/?' + query)).json()).items;
            const home = (await pages('locale=da')).find((page) => page.meta.type === 'cms.HomePage');
            return (await pages('child_of=' + home.id)).find((page) => page.meta.type === 'cms.CaseIndexPage').id;
        }"""
    )


def test_an_editor_publishes_and_it_is_found_a_moment_later_and_gone_at_once(visitor, portal):
    page = visitor(who="editor")
    page.goto("/admin/")
    title = f"Muslinger renser fjorden {time.monotonic_ns()}"
    page.goto(f"/admin/pages/add/cms/casestorypage/{list_of_cases(page)}/")
    page.locator('textarea[name="title"], input[name="title"]').first.press_sequentially(title)
    page.locator('textarea[name="summary"]').fill("Linemuslinger tager kvælstof ud af vandet.")
    expect(page.locator("[name=slug]")).not_to_have_value("")
    with page.expect_navigation():
        page.locator('button[name="action-publish"]').dispatch_event("click")
    began = time.monotonic()
    while title not in hits(portal, "muslinger") and time.monotonic() - began < 5:
        time.sleep(0.05)
    found_after = time.monotonic() - began
    assert title in hits(portal, "muslinger")
    assert found_after <= 2, f"found after {found_after:.2f} s"
    hit = requests.get(f"{portal}/soeg/", {"q": "muslinger", "format": "json"}, timeout=30).json()["hits"][0]
    assert requests.get(portal + hit["url"], timeout=30).status_code == 200
    page.goto(f"/admin/pages/{hit['id'].split(':')[1]}/unpublish/")
    with page.expect_navigation():
        page.locator("main form [type=submit]").first.click()
    assert title not in hits(portal, "muslinger")
    assert requests.get(portal + hit["url"], timeout=30).status_code == 404
