"""A colleague is invited, signs up on the way, lands in the organisation, and takes over as its representative."""

import re
import time

from .test_accessibility import assert_none, faults_of
from .test_journeys import PASSWORD, link_in, mails, press


def sign_up(page, portal, address):
    page.get_by_role("link", name="Opret en konto").click()
    page.get_by_label("Navn").fill("Petra Prøvende")
    page.get_by_label(re.compile("^E-mail")).fill(address)
    page.get_by_label(re.compile("^Adgangskode")).first.fill(PASSWORD)
    press(page, "Opret kontoen")
    page.goto(link_in(mails(portal, address)[0], "konto"))
    press(page, "Ja, bekræft den")


def test_an_invited_colleague_signs_up_and_takes_over_as_representative(visitor, portal):
    address, faults = f"petra-{time.monotonic_ns()}@example.org", []
    carla = visitor(who="company")
    carla.goto("/organisationer/fjordbryg/invitationer/")
    carla.get_by_label("E-mailadresser").fill(f"Petra Prøvende <{address}>\nikke en adresse")
    press(carla, "Send invitationerne")
    assert carla.get_by_role("table").get_by_text("Det er ikke en e-mailadresse.").is_visible()
    faults += faults_of(carla)

    petra = visitor(width=360)
    petra.goto(link_in(mails(portal, address)[0], "invitation"))
    faults += faults_of(petra)
    sign_up(petra, portal, address)
    assert "/mit/invitationer/" in petra.url
    faults += faults_of(petra)
    press(petra, "Tag imod invitationen")
    assert petra.get_by_role("heading", level=1).inner_text().startswith("Fjordbryg")
    assert petra.get_by_text("Velkommen.").is_visible()

    carla.goto("/organisationer/fjordbryg/partnerskaber/")
    faults += faults_of(carla)
    carla.get_by_role("link", name=re.compile("Vandnetværket")).first.click()
    carla.wait_for_load_state()
    assert carla.locator(".s-rows").get_by_role("heading", name="Carla Mønster").is_visible()
    carla.get_by_text("Udpeg eller afløs en repræsentant").click()
    carla.get_by_label("Hvem handler for organisationen?").select_option(label="Petra Prøvende")
    faults += faults_of(carla)
    press(carla, "Gem")
    assert carla.locator(".s-rows").get_by_role("heading", name="Petra Prøvende").is_visible()
    told = [mail["subject"] for mail in mails(portal, "anna-eksempelsen@example.org")]
    assert any("Petra Prøvende" in subject for subject in told)
    assert_none(faults)
