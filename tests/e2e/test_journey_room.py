"""A partnership's room at work: a meeting from its invitation to its minutes, and a document in two versions."""

import re
import time
from datetime import date, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.files import docx

from .test_journeys import press

ROOM = "/partnerskaber/vandnetvaerket/"


def looked_at(page):
    found = [(page.url, one["id"], one["nodes"][0]["target"]) for one in Axe().run(page).response["violations"]]
    assert found == []


def typed_in(page, **fields):
    for label, text in fields.items():
        page.get_by_label(re.compile(f"^{label}")).first.fill(text)


@pytest.fixture(scope="module")
def title():
    return f"Møde om målere {time.monotonic_ns()}"


def test_a_meeting_is_called_answered_held_and_its_minutes_approved(visitor, title):
    anna, carla = visitor(who="administrator"), visitor(who="company", width=360)
    anna.goto(f"{ROOM}rum/")
    anna.get_by_role("link", name="Indkald til et møde").click()
    anna.wait_for_load_state()
    typed_in(anna, Titel=title, Dag=str(date.today() + timedelta(days=9)), Fra="13:00", Til="15:00", Sted="Aulaen")
    typed_in(anna, Dagsorden="1. Velkomst\n2. Målere")
    anna.get_by_text("Flere indstillinger").click()
    looked_at(anna)
    press(anna, "Indkald til mødet")
    meeting = anna.url
    assert anna.get_by_role("heading", level=1).inner_text() == title

    carla.goto("/mit/")
    assert title in carla.locator(".s-tasks").first.inner_text()
    carla.goto(f"{ROOM}rum/")
    looked_at(carla)
    with carla.expect_navigation():
        carla.locator(".s-room .s-box", has_text=title).get_by_role(
            "button", name=re.compile("^Ja, jeg kommer")
        ).click()
    expect(carla.get_by_text("Du svarede “Ja”")).to_be_visible()
    looked_at(carla)

    anna.goto(f"{meeting}ret/")
    typed_in(anna, Dag=str(date.today() - timedelta(days=1)))
    press(anna, "Gem, og giv besked")
    anna.get_by_role("link", name="Skriv referatet").click()
    anna.wait_for_load_state()
    anna.get_by_label(re.compile("^Referat")).fill("Vi talte om **målere**.")
    first = anna.locator(".s-decision-row").first
    first.get_by_label(re.compile("^Hvad blev besluttet")).fill("Carla sætter måleren op")
    first.get_by_label(re.compile("^Hvem gør det")).select_option(label="Carla Mønster")
    looked_at(anna)
    press(anna, "Gem udkastet")
    carla.goto(meeting)
    assert "Vi talte om" not in carla.content()
    press(anna, "Godkend referatet")
    looked_at(anna)

    carla.goto(meeting)
    assert carla.get_by_text("Vi talte om").is_visible()
    with carla.expect_navigation():
        carla.get_by_role("button", name=re.compile("^Markér som udført")).click()
    assert "Udført" in carla.locator(".s-decisions").inner_text()


def test_a_document_is_shared_in_two_versions_and_found_by_members_alone(visitor, tmp_path):
    anna, carla, stranger = visitor(who="administrator"), visitor(who="company"), visitor()
    word = f"kvarkstrøm{time.monotonic_ns()}"
    anna.goto(f"{ROOM}dokumenter/del/")
    looked_at(anna)
    for number, said in enumerate(("Første udkast.", f"Her står {word}."), 1):
        file = tmp_path / f"Plan {number}.docx"
        file.write_bytes(docx([said]))
        anna.get_by_label("Fil", exact=True).set_input_files(file)
        if number == 1:
            press(anna, "Del")
            document = anna.url
            anna.get_by_role("link", name="Læg en ny version ind").click()
            anna.wait_for_load_state()
        else:
            anna.get_by_label("Hvad er nyt i den?").fill("Med målinger")
            press(anna, "Del")
    assert anna.get_by_role("link", name="Version 1").is_visible()
    looked_at(anna)
    for page, hits in ((carla, 1), (stranger, 0)):
        page.goto(f"/soeg/?q={word}")
        assert page.locator("[data-kind=room_document]").count() == hits
    assert word in carla.locator("[data-kind=room_document]").inner_text()
    assert stranger.goto(document).status == 404
