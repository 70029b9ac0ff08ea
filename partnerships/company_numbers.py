"""Danish company numbers (CVR): eight digits of which the weighted sum, weights 2 7 6 5 4 3 2 1, is a multiple of 11."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)


def is_company_number(value: str) -> bool:
    if len(value) != 8 or not (value.isascii() and value.isdigit()) or value[0] == "0":
        return False
    return sum(weight * int(digit) for weight, digit in zip(WEIGHTS, value, strict=True)) % 11 == 0


def validate_company_number(value: str) -> None:
    if not is_company_number(value):
        raise ValidationError(_("A company number has eight digits, the last of which is a check digit."))
