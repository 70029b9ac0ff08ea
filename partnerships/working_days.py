"""Working days in Denmark, so that a promised day is one on which somebody is at work to keep the promise.

Not working days: Saturdays, Sundays, the holidays of the national church, and the three days that end a deadline for
Danish courts and authorities in the same way (Administration of Justice Act, section 148 a): Constitution Day (5 June),
Christmas Eve and New Year's Eve. Great Prayer Day was a holiday until 2023 and is none since. The day after Ascension is
closed in banks only, so it counts.
"""

from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
FIXED = ((1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31))
FROM_EASTER = (-3, -2, 1, 39, 50)
"""Maundy Thursday, Good Friday, Easter Monday, Ascension, Whit Monday."""
PRAYER_DAY, LAST_PRAYER_DAY = 26, 2023


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian reckoning of Gauss as Meeus, Jones and Butcher wrote it down."""
    golden, (century, of_century) = year % 19, divmod(year, 100)
    leap, corrected = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    weekday = (32 + 2 * corrected + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> frozenset[date]:
    sunday = easter(year)
    movable = [*FROM_EASTER, *([PRAYER_DAY] if year <= LAST_PRAYER_DAY else [])]
    return frozenset([date(year, *day) for day in FIXED] + [sunday + timedelta(days=days) for days in movable])


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in holidays(day.year)


def after(day: date, count: int) -> date:
    """The working day that comes `count` working days after this one; the day itself is not counted."""
    return _walked(day, count, DAY)


def before(day: date, count: int) -> date:
    return _walked(day, count, -DAY)


def between(first: date, last: date) -> int:
    """How many working days there are after the first day, up to and with the last."""
    return sum(is_working_day(first + DAY * number) for number in range(1, (last - first).days + 1))


def _walked(day: date, count: int, step: timedelta) -> date:
    while count > 0:
        day += step
        count -= is_working_day(day)
    return day
