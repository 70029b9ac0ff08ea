"""A board that votes: one applicant is asked, answers and is voted in; another is vetoed."""

import pytest

from .test_accessibility import assert_none, faults_of

HEAT = "/partnerskaber/varme-paa-tvaers"


def press(page, name):
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def opened(page, address, text):
    """One thing that can be done on the application, folded out."""
    page.goto(address)
    fold = page.locator(f"details:has(> summary strong:text-is('{text}'))")
    if fold.get_attribute("open") is None:
        fold.locator("> summary").click()
    return fold


@pytest.fixture
def voters(visitor):
    return visitor(who="administrator"), visitor(who="company", width=360)


def cast(page, address, choice):
    fold = opened(page, address, "Stem")
    fold.get_by_label(choice, exact=True).check()
    press(page, "Afgiv stemmen")


def test_one_is_asked_answers_and_is_voted_in(visitor, voters):
    """Two others sit on the board; the member applies for an organisation of their own."""
    page, (anna, carla) = visitor(who="member"), voters
    address, faults = applied(page, "Målerstuen"), faults_of(page)
    opened(anna, address, "Bed om mere").get_by_label("Hvad mangler I at vide?").fill("Hvor tæt på havnen?")
    press(anna, "Send spørgsmålet")
    page.goto(address)
    faults += faults_of(page)
    page.get_by_label("Dit svar").fill("Cirka 200 meter.")
    press(page, "Send svaret")
    cast(anna, address, "Ja")
    faults += faults_of(anna)
    carla.goto(address)
    assert carla.get_by_text("Cirka 200 meter.").is_visible()
    faults += faults_of(carla)
    cast(carla, address, "Ja")
    page.goto(address)
    assert page.locator("main .s-badge--yes", has_text="Optaget").first.is_visible()
    assert page.get_by_text("Anna Eksempelsen: stemte").count() == 0
    assert_none(faults)


def test_another_is_vetoed_and_reads_why_but_not_who(visitor, voters):
    page, (_anna, carla) = visitor(who="member"), voters
    address = applied(page, "Kedelhuset")
    fold = opened(carla, address, "Veto")
    fold.get_by_label("Begrundelsen med dine egne ord").fill("Varmen er allerede lovet væk.")
    press(carla, "Nedlæg veto")
    page.goto(address)
    assert page.get_by_text("Varmen er allerede lovet væk.").first.is_visible()
    assert "Carla" not in page.locator("main").inner_text()
    assert_none(faults_of(page))


def applied(page, name):
    """Registers an organisation, keeps a draft, comes back to it and sends it."""
    page.goto("/organisationer/registrer/")
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_label("Type").select_option(label="Virksomhed")
    press(page, "Registrer")
    page.goto(f"{HEAT}/ansoeg/")
    page.get_by_label("Hvem ansøger?").select_option(label=name)
    page.locator('input[name="tier"]').first.check()
    page.get_by_label("40 til 60 °C").check()
    page.get_by_label("Hvorfor vil I være med?").fill("Vi har lunkent vand.")
    press(page, "Gem kladde")
    assert page.get_by_label("Hvorfor vil I være med?").input_value() == "Vi har lunkent vand."
    page.get_by_label("Jeg må handle for organisationen i denne sag").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Send ansøgningen").click()
    return page.url
