"""Dates as sources give them: a year, a month or a day; the empty text means that nobody knows."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
A_YEAR = [MinValueValidator(1000), MaxValueValidator(2999)]


def validate_partial_date(value: str) -> None:
    """Accepts 2009, 2009-11 and 2009-11-18, and only days that exist."""
    match = PARTIAL.fullmatch(value)
    if match is None:
        raise ValidationError(_("Write a year, a year and month, or a day: 2009, 2009-11 or 2009-11-18."))
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("That day is not in the calendar.")) from error
