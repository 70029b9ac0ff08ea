"""Files that people hand in: which kinds are taken, told by their content and not by their name alone."""

import unicodedata
import zipfile
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.text.extraction import KINDS as WITH_TEXT
from partnerships.text.extraction import ReadingFailed, extracted
from partnerships.text.personal_numbers import found_in

MOST_BYTES = 10_000_000
LONGEST_NAME = 120
BEGINS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
PLAIN = ("txt", "csv")
ENDINGS = (*BEGINS, *INSIDE, *PLAIN)
WHAT_IS_TAKEN = gettext_lazy("PDF, Word, Excel, CSV, text or a picture, at most 10 MB.")
ACCEPT = ",".join(f".{ending}" for ending in ENDINGS)


class UploadRefused(ValueError):
    """The file cannot be kept; the message says why and what can be done."""


def checked(upload: UploadedFile) -> tuple[str, str]:
    """A name that is safe to show and to send, and the ending its content agrees with."""
    name = _name(upload.name or "")
    ending = PurePath(name).suffix.lower().lstrip(".")
    if upload.size > MOST_BYTES:
        raise UploadRefused(_("The file is too large. It may take up %(megabytes)s MB.") % {"megabytes": 10})
    if ending not in ENDINGS or not _is(upload, ending):
        kinds = ", ".join(kind.upper() for kind in ("pdf", "docx", "xlsx", "csv", "txt", "png", "jpg"))
        raise UploadRefused(_("This kind of file cannot be taken. Choose one of: %(kinds)s.") % {"kinds": kinds})
    if any(found_in(name)) or _has_numbers(upload, ending):
        raise UploadRefused(
            _("There is a civil registration number in the file. Take it out, and choose the file again.")
        )
    return name, ending


def _name(given: str) -> str:
    """Without folders, control characters and signs that turn the direction of writing."""
    last = unicodedata.normalize("NFC", given.replace("\\", "/").rsplit("/", 1)[-1])
    shown = "".join(char for char in last if char.isprintable() and char not in '<>:"|?*').strip(". ")
    stem, dot, ending = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}{dot}{ending}" if dot and len(ending) < 6 else "fil"


def _is(upload: UploadedFile, ending: str) -> bool:
    upload.seek(0)
    if ending in BEGINS:
        return upload.read(len(BEGINS[ending])) == BEGINS[ending]
    if ending in INSIDE:
        return _holds(upload, INSIDE[ending])
    return _is_text(upload.read())


def _holds(upload: UploadedFile, wanted: str) -> bool:
    try:
        return wanted in zipfile.ZipFile(upload).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False


def _has_numbers(upload: UploadedFile, ending: str) -> bool:
    """Only what is certainly one: figures in a table look like others."""
    upload.seek(0)
    data = upload.read()
    if ending in PLAIN:
        return _certain([data.decode("utf-8-sig")])
    if ending not in WITH_TEXT:
        return False
    try:
        return _certain(extracted(data, ending).pages)
    except ReadingFailed as error:
        raise UploadRefused(_("The file could not be read. Try again, or save it anew.")) from error


def _certain(texts: list[str] | tuple[str, ...]) -> bool:
    return any(number.certain for text in texts for number in found_in(text))
