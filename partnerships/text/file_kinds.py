"""What kind of file somebody uploaded, told by its content alone; its name may say anything.

Only kinds that people share and that a reader's program opens without running something: no macros, no old containers,
nothing that a browser would take for a page.
"""

import re
import zipfile
from io import BytesIO

from PIL import Image, ImageOps

OFFICE = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
OPEN_DOCUMENT = {
    f"application/vnd.oasis.opendocument.{name}".encode(): kind
    for name, kind in (
        ("text", "odt"),
        ("spreadsheet", "ods"),
        ("presentation", "odp"),
    )
}
PICTURES = {"PNG": "png", "JPEG": "jpg"}
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{kind: name.decode() for name, kind in OPEN_DOCUMENT.items()},
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
}
KINDS = tuple(CONTENT_TYPES)
SHOWN_IN_THE_BROWSER = frozenset({"pdf", "png", "jpg"})
MOST_PARTS = 2_000
MOST_PIXELS = 50_000_000
_FOR_A_BROWSER = re.compile(rb"\s*(?:<[!?a-z]|#!|gif8)", re.IGNORECASE)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class UnknownKind(ValueError):
    """None of the kinds that are taken."""


class TooManyPixels(ValueError):
    """A picture that would fill the memory of whoever opens it."""


def kind_of(data: bytes, name: str = "") -> str:
    """One of KINDS. The name decides only between the two kinds of plain text."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        return _picture(data)
    if data.startswith(b"PK\x03\x04"):
        return _container(data)
    if data and as_text(data):
        return "csv" if name.lower().endswith(".csv") else "txt"
    raise UnknownKind


def as_text(data: bytes) -> str:
    """Plain text in UTF-8 or as Windows wrote it; nothing where it is none, or is meant for a browser or a shell."""
    if _FOR_A_BROWSER.match(data.removeprefix(b"\xef\xbb\xbf")[:200]):
        return ""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return "" if _CONTROLS.search(text) else text
    return ""


def _container(data: bytes) -> str:
    """An office file says what it is by its parts; with macros it is none of those taken."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = parts.namelist()
            if len(names) > MOST_PARTS or any(name.lower().endswith("vbaproject.bin") for name in names):
                raise UnknownKind
            if "mimetype" in names and parts.getinfo("mimetype").file_size < 200:
                return OPEN_DOCUMENT[parts.read("mimetype").strip()]
            if "[Content_Types].xml" in names:
                return next(kind for part, kind in OFFICE.items() if part in names)
    except UnknownKind:
        raise
    except Exception as error:
        raise UnknownKind from error
    raise UnknownKind


def _picture(data: bytes) -> str:
    try:
        with Image.open(BytesIO(data), formats=list(PICTURES)) as picture:
            wide, high = picture.size
            if wide * high > MOST_PIXELS:
                raise TooManyPixels
            picture.verify()
            return PICTURES[picture.format]
    except (TooManyPixels, Image.DecompressionBombError) as error:
        raise TooManyPixels from error
    except Exception as error:
        raise UnknownKind from error


def without_what_it_tells(data: bytes, kind: str) -> bytes:
    """A photo tells where it was taken and by whom; only its picture is kept, turned as it was meant."""
    if kind not in PICTURES.values():
        return data
    out = BytesIO()
    try:
        with Image.open(BytesIO(data)) as picture:
            picture.load()
            turned = ImageOps.exif_transpose(picture)
            clean = turned if turned.mode in ("L", "RGB", "RGBA", "P") else turned.convert("RGB")
            clean.info = {name: value for name, value in clean.info.items() if name == "transparency"}
            clean.save(out, "JPEG" if kind == "jpg" else "PNG", **({"quality": 90} if kind == "jpg" else {}))
    except Exception as error:
        raise UnknownKind from error
    return out.getvalue()
