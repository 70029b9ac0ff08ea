"""A table of people as spreadsheets save it: semicolons or commas, UTF-8 or Windows' letters, Danish or English headings."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _

from partnerships.models import Membership
from partnerships.text.folding import fold

MOST_BYTES = 512 * 1024
MOST_LINES = 200
DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y")
HEADINGS = {
    "name": "navn name fulde_navn full_name",
    "email": "e-mail email mail e-mailadresse mailadresse",
    "role": "rolle role",
    "since": "fra from siden since startdato",
    "until": "til until slutdato",
}
KNOWN = {word: name for name, words in HEADINGS.items() for word in words.split()}


class Unreadable(ValueError):
    """The file as a whole cannot be read; the message says how to mend it."""


@dataclass(frozen=True)
class Row:
    """One line. `fault` says what is wrong with it."""

    number: int
    name: str = ""
    email: str = ""
    role: str = Membership.Role.MEMBER
    since: date | None = None
    until: date | None = None
    fault: str = ""

    def with_fault(self, fault: str) -> Self:
        return replace(self, fault=self.fault or fault)


def decoded(content: bytes) -> str:
    """Spreadsheets in Denmark save either; what is no UTF-8 has Windows' letters."""
    if len(content) > MOST_BYTES:
        raise Unreadable(_("The file is too large. Divide it in two."))
    if b"\0" in content:
        raise Unreadable(_("The file is no table of text. Save it as CSV and try again."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def rows_of(text: str) -> list[Row]:
    """The lines below the headings; empty ones are passed over."""
    lines = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    if not lines:
        raise Unreadable(_("The list is empty."))
    columns = {KNOWN[word]: at for at, word in enumerate(map(_heading, lines[0])) if word in KNOWN}
    if not {"name", "email"} <= columns.keys():
        raise Unreadable(_("The first line must have the headings name and e-mail. Role, from and until may follow."))
    rows = list(_read(lines[1:], columns))
    if not rows:
        raise Unreadable(_("The list is empty."))
    if len(rows) > MOST_LINES:
        raise Unreadable(_("Write at most %(count)s lines at once.") % {"count": MOST_LINES})
    return rows


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _heading(word: str) -> str:
    return "_".join(word.strip().strip("\ufeff").lower().split())


def _read(lines: list[list[str]], columns: Mapping[str, int]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=2):
        cells = {name: line[at].strip() if at < len(line) else "" for name, at in columns.items()}
        if any(cells.values()):
            yield _row(number, cells)


def _row(number: int, cells: Mapping[str, str]) -> Row:
    row = Row(number, cells["name"][:120], cells["email"].lower()[:254])
    faults = []
    if not row.name:
        faults.append(_("The name is missing."))
    try:
        validate_email(row.email)
    except ValidationError:
        faults.append(_("This is not an e-mail address."))
    role = _role(cells.get("role", ""))
    if role is None:
        faults.append(_("The role is not known. Write administrator, editor or member of staff."))
    try:
        since, until = _day(cells.get("since", "")), _day(cells.get("until", ""))
    except ValueError:
        return replace(row, fault=_("A day is not written as 2026-11-28 or 28-11-2026."))
    if since and until and until < since:
        faults.append(_("The last day is before the first."))
    return replace(row, role=role or row.role, since=since, until=until, fault=" ".join(map(str, faults)))


def _role(word: str) -> str | None:
    """As either language calls it; none written is the least."""
    if not word:
        return Membership.Role.MEMBER
    for language in ("da", "en"):
        with translation.override(language):
            known = {fold(str(label)): value for value, label in Membership.Role.choices}
        if fold(word) in known:
            return known[fold(word)]
    return word if word in Membership.Role.values else None


def _day(word: str) -> date | None:
    if not word:
        return None
    for form in DAYS:
        try:
            return datetime.strptime(word, form).date()
        except ValueError:
            continue
    raise ValueError(word)
