"""Is this organisation here already?"""

import pytest

from partnerships import duplicates
from partnerships.models import FormerName
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def names(typed):
    return [found.name for found in duplicates.with_name(typed)]


@pytest.mark.parametrize(
    "typed",
    [
        "Åbenrå Vand A/S",
        "Aabenraa Vand",
        "ÅBENRÅ VAND a/s",
        "åbenrå  vand ApS",
        " Åbenrå Vand, A/S ",
        "Åbenrå Vand amba",
    ],
)
def test_same_name_in_any_spelling_and_legal_form_is_found(typed):
    make_organisation("Aabenraa Vand A/S")
    make_organisation("Åbenrå Vandværk")
    make_organisation("Ny Åbenrå Vand A/S")
    assert names(typed) == ["Aabenraa Vand A/S"]


@pytest.mark.parametrize("typed", ["DONG Energy", "dong energy a/s", "Dong  Energy"])
def test_former_name_is_found_in_any_spelling(typed):
    now = make_organisation("Ørsted A/S")
    FormerName.objects.create(organisation=now, name="DONG Energy A/S")
    assert names(typed) == ["Ørsted A/S"]


@pytest.mark.parametrize("typed", ["Aaret", "Året", "ÅRET"])
def test_former_name_with_danish_letters_is_found(typed):
    FormerName.objects.create(organisation=make_organisation("Nyt navn"), name="Året ApS")
    assert names(typed) == ["Nyt navn"]


@pytest.mark.parametrize("typed", ["", "  ", "A/S", "\x00", "\ud800", "%", "_"])
def test_nothing_is_like_no_name(typed):
    make_organisation("Fjordbryg A/S")
    assert names(typed) == []


def test_same_name_now_and_before_is_listed_once_and_never_too_many():
    for _ in range(8):
        one = make_organisation("Fjordbryg")
        FormerName.objects.create(organisation=one, name="Fjordbryg ApS")
    found = duplicates.with_name("Fjordbryg")
    assert len(found) == len({one.pk for one in found}) == duplicates.MOST_SHOWN


def test_number_belongs_to_one_and_none_to_nobody():
    one = make_organisation(company_number="61056416")
    make_organisation()
    assert duplicates.with_number("61056416") == one
    assert duplicates.with_number("10150817") is None
    assert duplicates.with_number("") is None


@pytest.mark.parametrize("typed", ["Fjordbryg", "Fjordbryg ApS", "fjordbryg aps (Kalundborg)"])
def test_what_stands_in_brackets_behind_a_name_does_not_hide_it(typed):
    make_organisation("Fjordbryg ApS (eksempel)")
    make_organisation("Fjordbryghuset (eksempel)")
    assert names(typed) == ["Fjordbryg ApS (eksempel)"]
