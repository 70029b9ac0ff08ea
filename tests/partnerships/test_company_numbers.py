"""Numbers made from the rule."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.company_numbers import WEIGHTS, is_company_number, validate_company_number


@pytest.mark.parametrize("value", ["61056416", "10150817", "29189374"])
def test_right_check_digit_is_accepted(value):
    assert sum(weight * int(digit) for weight, digit in zip(WEIGHTS, value, strict=True)) % 11 == 0
    assert is_company_number(value)
    validate_company_number(value)


@pytest.mark.parametrize("value", ["61056416", "10150817", "29189374"])
def test_one_wrong_digit_or_two_that_changed_places_is_noticed(value):
    for place in range(8):
        for digit in set("0123456789") - {value[place]}:
            assert not is_company_number(value[:place] + digit + value[place + 1 :])
    for place in range(7):
        swapped = value[:place] + value[place + 1] + value[place] + value[place + 2 :]
        assert swapped == value or not is_company_number(swapped)


@pytest.mark.parametrize(
    "value",
    ["", "6105641", "610564160", "00000000", "6105641x", "６１０５６４１６", "61 05 64 16", "²1056416", "-1056416"],
)
def test_anything_else_is_refused(value):
    assert not is_company_number(value)
    with pytest.raises(ValidationError):
        validate_company_number(value)
