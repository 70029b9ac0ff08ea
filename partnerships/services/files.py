"""A file that somebody uploads, looked at before anything of it is kept."""

import hashlib
import re
from dataclasses import dataclass

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from partnerships.text import file_kinds
from partnerships.text.extraction import KINDS, Extracted, ReadingFailed, extracted
from partnerships.text.file_reader import MOST_CHARACTERS, clean
from partnerships.text.personal_numbers import PersonalNumber, found_in, masked

from .refusals import Invalid
from .typed import line

SECONDS = 15
LONGEST_NAME = 120
HIDES = frozenset({"encrypted", "broken", "too_large", "too_heavy"})
_UNSAFE = re.compile(r'[\\/:*?"<>|%;\'`$]+')


class NotSure(Invalid):
    """Perhaps it is a personal number. Who uploads it looks again, and says so if it is none."""


@dataclass(frozen=True)
class Looked:
    """What is kept of a file. `pages` are without personal numbers; `unread` says why there are none."""

    data: bytes
    kind: str
    name: str
    pages: tuple[str, ...]
    count: int
    unread: str
    tagged: bool | None

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def looked_at(data: bytes, name: str, *, numbers_are_others: bool = False, field: str = "file") -> Looked:
    """The file as it may be kept, or a refusal that says what to mend."""
    kind = _kind(data, name, field)
    safe = safe_name(name, kind, field=field)
    data = _cleaned(data, kind, field)
    said = _read(data, kind, field)
    _without_numbers([*said.pages, *said.beside], numbers_are_others, field)
    pages = tuple(masked(page) for page in said.pages)
    return Looked(data, kind, safe, pages, said.count, said.reason, said.tagged)


def safe_name(name: str, kind: str, *, field: str = "file") -> str:
    """The words of its name without any path, and the ending of what it is."""
    words = line(name.replace("\\", "/").rpartition("/")[2], field=field, longest=1_000)
    stem = words.rpartition(".")[0] or words
    stem = " ".join(_UNSAFE.sub(" ", stem).split()).strip(" .-")[:LONGEST_NAME].strip(" .-")
    return f"{stem or _('document')}.{kind}"


def _kind(data: bytes, name: str, field: str) -> str:
    most = settings.ROOM_FILE_MOST_BYTES
    if not data:
        raise Invalid(_("The file is empty."), field=field)
    if len(data) > most:
        raise Invalid(_("The file is larger than %(size)s.") % {"size": filesizeformat(most)}, field=field)
    try:
        return file_kinds.kind_of(data, name)
    except file_kinds.TooManyPixels as error:
        raise Invalid(_("The picture has too many pixels. Make it smaller and try again."), field=field) from error
    except file_kinds.UnknownKind as error:
        message = _(
            "This kind of file cannot be shared here. Use PDF, Word, Excel, PowerPoint, OpenDocument, "
            "plain text, CSV, PNG or JPEG, without macros and without a password."
        )
        raise Invalid(message, field=field) from error


def _cleaned(data: bytes, kind: str, field: str) -> bytes:
    try:
        return file_kinds.without_what_it_tells(data, kind)
    except file_kinds.UnknownKind as error:
        raise Invalid(_("The picture is broken."), field=field) from error


def _read(data: bytes, kind: str, field: str) -> Extracted:
    """What cannot be read cannot be looked through; a picture or a scan has nothing to read."""
    if kind in ("txt", "csv"):
        text = clean(file_kinds.as_text(data))[:MOST_CHARACTERS]
        return Extracted((text,) if text else (), 1, "" if text else "no_text")
    if kind not in KINDS:
        return Extracted(reason="no_text")
    try:
        said = extracted(data, kind, seconds=SECONDS)
    except ReadingFailed as error:
        raise Invalid(
            _("The file took too long to look through. Try again, or make it smaller."), field=field
        ) from error
    if said.reason in HIDES:
        raise Invalid(_unreadable(said.reason), field=field)
    return said


def _unreadable(reason: str) -> str:
    if reason == "encrypted":
        return _("The file needs a password. Take it off, so that the members can open it.")
    if reason == "broken":
        return _("The file is broken and cannot be opened. Save it again and try once more.")
    return _("The file unpacks to too much. Make it smaller and try again.")


def _without_numbers(texts: list[str], numbers_are_others: bool, field: str) -> None:
    found: list[PersonalNumber] = [number for text in texts for number in found_in(text)]
    certain = next((number for number in found if number.certain), None)
    if certain:
        message = _(
            "There is a civil registration number in the file: %(number)s. Take it out of the file and upload it again."
        )
        raise Invalid(message % {"number": certain.masked}, field=field)
    if found and not numbers_are_others:
        message = _(
            "The file is not kept yet. This may be a civil registration number: %(number)s. If it is, take it out. "
            "If it is something else, say so below and choose the file again."
        )
        raise NotSure(message % {"number": found[0].masked}, field="numbers_are_others")
