"""Follow a partnership, get a digest, and stop it: by the page its link leads to, and as a mail program does (RFC 8058)."""

import pytest
import requests
from axe_playwright_python.sync_playwright import Axe

from tests.demonstration import environment_of, manage

from .test_accessibility import faults_of
from .test_journeys import mails, press

CARLA = "carla-moenster@example.org"
POST = "Vi har målt i en hel måned"


@pytest.fixture
def run(portal, tmp_path_factory):
    """A command in the portal's own surroundings, as a timer starts it."""
    data = tmp_path_factory.getbasetemp() / "portal0"
    return lambda *command: manage(environment_of(data, portal), *command)


def digests(portal):
    return [letter for letter in mails(portal, CARLA) if POST in letter["text"]]


def stop_links(letter):
    return list(dict.fromkeys(link.rstrip(".") for link in letter["links"] if "/mit/foelger/stop/" in link))


def test_follow_a_partnership_get_a_digest_and_stop_it(visitor, portal, run):
    carla, anna = visitor(who="company"), visitor(who="administrator", width=360)
    carla.goto("/partnerskaber/vandnetvaerket/")
    with carla.expect_navigation():
        carla.get_by_role("button", name="Følg Vandnetværket").click()
    assert carla.get_by_role("button", name="Følg ikke længere").is_visible()
    faults = faults_of(carla)
    carla.goto("/mit/foelger/")
    assert carla.get_by_role("heading", name="Vandnetværket").is_visible()
    faults += faults_of(carla)

    anna.goto("/partnerskaber/vandnetvaerket/opslag/skriv/")
    anna.get_by_label("Titel").fill(POST)
    anna.locator('textarea[name="body"]').fill("35 °C hver dag.")
    anna.locator('input[name="audience"][value="public"]').check()
    press(anna, "Del")

    run("send_digests", "--daily")
    run("send_digests", "--daily")
    (letter,) = digests(portal)
    carla.goto("/mit/notifikationer/")
    assert carla.get_by_role("link", name="om Vandnetværket").count() == 1
    faults += faults_of(carla)

    reader = visitor(width=360)
    reader.set_content(letter["html"])
    faults += [(one["id"], node["html"]) for one in Axe().run(reader).response["violations"] for node in one["nodes"]]
    one, everything = stop_links(letter)[0], stop_links(letter)[-1]
    reader.goto(one)
    assert reader.get_by_text("Vandnetværket").count() > 0
    faults += faults_of(reader)
    press(reader, "Stop mails")
    assert reader.get_by_role("heading", level=1).inner_text() == "Du får ikke flere af disse mails"
    faults += faults_of(reader)
    answer = requests.post(everything, data={"List-Unsubscribe": "One-Click"}, timeout=20)
    assert answer.status_code == 200
    carla.goto("/mit/foelger/")
    assert carla.get_by_label("Mails som sædvanlig").input_value() == "never"
    assert faults == []
