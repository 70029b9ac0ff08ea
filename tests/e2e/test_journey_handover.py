"""A contact leaves: the page shows the mailbox until an administrator, told by the desk, names who takes over."""

from datetime import date

from .test_accessibility import assert_none, faults_of
from .test_journeys import press

PAGE, COMPANY = "/ideer/bryggeriets-lunkne-vand/", "/organisationer/fjordbryg/"
MAILBOX = "fjordbryg@example.org"
TITLE = "Bryggeriets lunkne vand"


def contacts(reader):
    reader.goto(PAGE)
    return reader.get_by_role("region", name="Kontakt").inner_text()


def away_from(page, day):
    page.goto("/mit/profil/")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.get_by_label("Væk fra").fill(day)
    press(page, "Gem profilen")


def hand_over(page, of, to, faults):
    """From the desk to the queue, and there this one page alone."""
    page.goto("/mit/")
    page.locator(".s-tasks li", has_text="hvem der overtager i").get_by_role("link").click()
    faults += faults_of(page)
    part = page.get_by_role("region", name=of)
    for box in part.get_by_role("checkbox").all():
        box.set_checked(TITLE in box.locator("xpath=..").inner_text())
    part.get_by_label("Hvem overtager?").select_option(label=to)
    press(page, "Overdrag det valgte fra " + of)
    assert page.get_by_text(f"er overdraget til {to}").first.is_visible()


def test_a_contact_leaves_and_the_administrator_names_a_successor(visitor):
    faults, reader, company, guest = [], visitor(), visitor(who="company"), visitor(who="administrator", width=360)
    guest.goto(COMPANY)
    guest.get_by_role("link", name="Bed om at høre til her").click()
    press(guest, "Send anmodningen")
    company.goto(guest.url)
    company.locator("summary", has_text="Luk personen ind").click()
    press(company, "Luk personen ind")

    away_from(company, date.today().isoformat())
    hand_over(company, "Carla Mønster", "Anna Eksempelsen", faults)
    away_from(company, "")
    assert "Anna Eksempelsen" in contacts(reader)

    guest.reload()
    press(guest, "Forlad den")
    assert "Anna Eksempelsen" not in contacts(reader)
    assert MAILBOX in contacts(reader)
    hand_over(company, "Anna Eksempelsen", "Carla Mønster", faults)
    assert "Carla Mønster" in contacts(reader)
    faults += faults_of(reader)

    guest.goto("/mit/profil/")
    guest.get_by_role("link", name="Forlad alt").click()
    faults += faults_of(guest)
    assert guest.get_by_role("heading", name="Udpeg først en efterfølger").is_visible()
    assert_none(faults)
