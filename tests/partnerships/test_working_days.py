"""Which days are worked on in Denmark, and how a promise is counted in them."""

from datetime import date

import pytest

from partnerships import working_days


@pytest.mark.parametrize(
    "sunday", ["1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2024-03-31", "2026-04-05", "2038-04-25"]
)
def test_easter_is_when_it_was_and_will_be(sunday):
    day = date.fromisoformat(sunday)
    assert working_days.easter(day.year) == day


@pytest.mark.parametrize(
    "day",
    [
        *("2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25"),
        *(
            "2026-06-05",
            "2026-12-24",
            "2026-12-25",
            "2025-12-26",
            "2026-12-31",
            "2023-05-05",
            "2026-11-28",
            "2026-11-29",
        ),
    ],
)
def test_nobody_is_at_work(day):
    assert not working_days.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize("day", ["2024-04-26", "2026-05-01", "2026-05-15", "2026-12-23", "2026-12-28", "2027-01-04"])
def test_great_prayer_day_is_abolished_and_the_day_after_ascension_is_worked(day):
    assert working_days.is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("sent", "days", "answer"),
    [
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-12-18", 10, "2027-01-07"),
        ("2026-04-01", 1, "2026-04-07"),
    ],
)
def test_a_promise_goes_round_weekends_and_holidays(sent, days, answer):
    day, promised = date.fromisoformat(sent), date.fromisoformat(answer)
    assert working_days.after(day, days) == promised
    assert working_days.between(day, promised) == days
