"""Addresses as people paste them: one a line or several, with or without names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

_ADDRESS = re.compile(r"(?:mailto:)?([^\s<>,;\"']+@[^\s<>,;\"']+)")
_AROUND = " \t,;<>\"'()"
LONGEST = 254


@dataclass(frozen=True)
class Pasted:
    """One address of a line. `email` is empty where none was found."""

    number: int
    text: str
    email: str = ""
    name: str = ""


def pasted(text: str) -> Iterator[Pasted]:
    """`anna@example.org`, `Anna Berg <anna@example.org>`, `anna@example.org; Anna Berg`; empty lines are passed over."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip(_AROUND):
            yield from _read(number, line.strip())


def _read(number: int, line: str) -> Iterator[Pasted]:
    found = list(_ADDRESS.finditer(line))
    if len(found) < 2:
        around = _ADDRESS.sub(" ", line) if found else ""
        yield _one(number, line, found[0].group(1) if found else "", around)
        return
    before = 0
    for one in found:
        yield _one(number, one.group(1), one.group(1), line[before : one.start()])
        before = one.end()


def _one(number: int, text: str, email: str, around: str) -> Pasted:
    email = email.strip(_AROUND).rstrip(".").lower()
    if not _is_address(email):
        return Pasted(number, text)
    return Pasted(number, text, email, " ".join(around.split()).strip(_AROUND))


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST
