import pytest
from django.core.exceptions import ValidationError

from partnerships.partial_dates import validate_partial_date


@pytest.mark.parametrize("value", ["2009", "1972-11", "2009-11-18", "2024-02-29", "0001", "9999-12-31"])
def test_year_month_or_day_of_the_calendar_is_accepted(value):
    validate_partial_date(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "0000", "09", "2009-1", "2009-13", "2009-00", "2009-02-30", "2023-02-29", "2009-11-18-1"),
        *(
            "2009/11",
            "18-11-2009",
            " 2009",
            "2009\n",
            "２００９",
            "٢٠٠٩",
            "2009-1١",
            "ca. 2009",
            "2009-11-18T10:00",
            "\x00",
        ),
    ],
)
def test_anything_else_is_refused(value):
    with pytest.raises(ValidationError):
        validate_partial_date(value)
