"""Every search box is a combobox: arrows choose, Enter opens or searches, Escape closes, and axe finds nothing."""

import re

import pytest

from .conftest import WIDTHS
from .test_accessibility import assert_none, faults_of


def typed(page, address, text):
    page.goto(address)
    field = page.get_by_role("combobox", name=re.compile("Søg|Search"))
    field.fill("")
    field.press_sequentially(text)
    page.get_by_role("listbox").wait_for()
    return field


@pytest.mark.parametrize("width", WIDTHS)
def test_an_open_list_of_suggestions_has_no_fault(visitor, width):
    page, faults = visitor(width=width), []
    for address in ("/", "/en/search/?q=heat", "/findes-ikke/"):
        field = typed(page, address, "kalu")
        field.press("ArrowDown")
        faults += faults_of(page)
    assert_none(faults)


def test_it_is_used_from_the_keyboard(visitor):
    page = visitor()
    field = typed(page, "/", "novo")
    assert field.get_attribute("aria-expanded") == "true"
    options = page.get_by_role("option")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert options.first.get_attribute("aria-selected") == "true"
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    assert options.last.get_attribute("aria-selected") == "true"
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.input_value() == "novo"
    assert page.get_by_role("listbox").count() == 0
    field.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    field.press("ArrowDown")
    name = options.first.locator("span").first.inner_text()
    field.press("Enter")
    page.wait_for_url(re.compile("/organisationer/|/partnerskaber/|/cases/"))
    assert name in page.locator("h1").inner_text()


def test_enter_without_a_choice_searches_for_what_is_typed(visitor):
    page = visitor()
    typed(page, "/", "novo").press("Enter")
    page.wait_for_url(re.compile(r"/soeg/\?q=novo$"))


def test_a_press_of_the_mouse_opens_what_it_hits(visitor):
    page = visitor()
    typed(page, "/", "energi")
    page.get_by_role("option").filter(has_text="Emne").first.click()
    page.wait_for_url(re.compile("/emner/"))
