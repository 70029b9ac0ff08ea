"""Civil registration numbers (CPR) that somebody typed, so that a service can refuse a text before it is kept.

Six digits are a day of birth, four follow; the first of the four says the century. Numbers given since 2007 need not
satisfy the old check by modulus 11: what satisfies it is one for sure, what only has a real day may be one.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partnerships import clock

WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_NUMBER = re.compile(r"(?<![0-9])([0-9]{6})[ \t.-]{0,3}([0-9]{4})(?![0-9])")


@dataclass(frozen=True)
class PersonalNumber:
    """`certain` where the check by modulus 11 is satisfied. The digits are never shown or logged, only `masked`."""

    masked: str
    certain: bool


def found_in(text: str) -> Iterator[PersonalNumber]:
    """Every number in the text that is, or could be, somebody's."""
    for match in _NUMBER.finditer(_plain(text)):
        digits = "".join(match.groups())
        if _born(digits) is not None:
            weighed = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True))
            yield PersonalNumber(f"{digits[:2]}xxxx-xxxx", weighed % 11 == 0)


def masked(text: str) -> str:
    """The text with every such number as `01xxxx-xxxx`; all else in it stays as it was."""
    if not any(found_in(text)):
        return text
    plain = [(form, place) for place, char in enumerate(text) for form in _plain(char)]
    parts, done = [], 0
    for match in _NUMBER.finditer("".join(form for form, _place in plain)):
        digits = "".join(match.groups())
        if _born(digits) is not None:
            parts += [text[done : plain[match.start()][1]], f"{digits[:2]}xxxx-xxxx"]
            done = plain[match.end() - 1][1] + 1
    return "".join([*parts, text[done:]])


def _plain(text: str) -> str:
    """Digits and dashes in one form, without characters that have no width; the words around do not matter."""
    composed = unicodedata.normalize("NFKC", text)
    visible = "".join(char for char in composed if unicodedata.category(char) not in ("Cf", "Cs"))
    decimal = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in visible)
    return _DASHES.sub("-", "".join(decimal))


def _born(digits: str) -> date | None:
    """The day of birth, if there was such a day and it has come."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    try:
        born = date(_century(int(digits[6]), year) + year, month, day)
    except ValueError:
        return None
    return born if born <= clock.today() else None


def _century(seventh: int, year: int) -> int:
    if seventh <= 3:
        return 1900
    if seventh in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
