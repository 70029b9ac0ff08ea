"""The process that reads a file for extraction.py: bytes in, pages out as JSON. Only here are pypdf and python-docx used.

Everything about the file may be meant to do harm. Memory and time are limited before anything is read; an office file is
refused by what its directory says before it is unpacked, and XML that declares entities of its own before it is parsed.
"""

import json
import re
import resource
import sys
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice

from partnerships.text import office_reader

MOST_PAGES = 500
MOST_CHARACTERS = 1_000_000
MEMORY = 768 * 1024 * 1024
MOST_UNPACKED = 60_000_000
MOST_PARTS = 2_000
_DECLARES = re.compile(b"<!\\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_DIVIDED = re.compile(r"([a-zæøå])[-\u00ad]\n(?!(?:og|eller|samt|and|or)\b)([a-zæøå])")


class Refused(Exception):
    """No text, and the reason in one word."""


def pdf_pages(data: bytes) -> tuple[list[str], int]:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(data))
    try:
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused("encrypted")
    except (DependencyError, NotImplementedError) as error:
        raise Refused("encrypted") from error
    pages = [_page_text(page) for page in islice(reader.pages, MOST_PAGES)]
    return pages, len(reader.pages)


def _page_text(page: object) -> str:
    """One page that cannot be read takes no other with it."""
    try:
        return page.extract_text()
    except MemoryError:
        raise
    except Exception:
        return ""


def docx_pages(data: bytes) -> tuple[list[str], int]:
    """A page ends where Word ended it when it last saved, or else where the writer did."""
    from docx import Document

    if data.startswith(b"\xd0\xcf\x11\xe0"):  # Word puts a file with a password into a container of the old kind.
        raise Refused("encrypted")
    _refuse_bombs(data)
    pieces = list(_pieces(Document(BytesIO(data)).element.body))
    end = "\f" if "\f" in pieces else "\v"
    pages = "".join(pieces).split(end)
    return pages[:MOST_PAGES], len(pages)


def _pieces(body: Iterable) -> Iterator[str]:
    for node in body.iter():
        match str(node.tag).rpartition("}")[2]:
            case "t":
                yield node.text or ""
            case "p" | "tab" | "cr":
                yield "\n"
            case "br":
                yield "\v" if any(value == "page" for value in node.attrib.values()) else "\n"
            case "lastRenderedPageBreak":
                yield "\f"


def office_pages(data: bytes, kind: str) -> tuple[list[str], int]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("encrypted")
    _refuse_bombs(data)
    pages = office_reader.pages_of(data, kind)
    return pages[:MOST_PAGES], len(pages)


def _refuse_bombs(data: bytes) -> None:
    """The directory limits how much of each part is unpacked, so a directory that lies gains nothing."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        listed = parts.infolist()
        if len(listed) > MOST_PARTS or sum(part.file_size for part in listed) > MOST_UNPACKED:
            raise Refused("too_heavy")
        if any(part.flag_bits & 1 for part in listed):
            raise Refused("encrypted")
        for part in listed:
            if part.filename.endswith((".xml", ".rels")) and _DECLARES.search(parts.read(part).replace(b"\0", b"")):
                raise Refused("broken")


def clean(text: str) -> str:
    """One line: words divided at the end of a line are whole again, and nothing invisible is left."""
    whole = _DIVIDED.sub(r"\1\2", unicodedata.normalize("NFC", text))
    return " ".join("".join(char if char.isprintable() else " " for char in whole.replace("\u00ad", "")).split())


def shortened(pages: list[str]) -> list[str]:
    left, kept = MOST_CHARACTERS, []
    for page in pages:
        kept.append(page[:left])
        left -= len(kept[-1])
    return kept


def read(data: bytes, kind: str) -> dict[str, object]:
    try:
        if kind in office_reader.KINDS:
            pages, count = office_pages(data, kind)
        else:
            pages, count = {"pdf": pdf_pages, "docx": docx_pages}[kind](data)
        kept = shortened([clean(page) for page in pages])
        return {"pages": kept if any(kept) else [], "count": count, "reason": "" if any(kept) else "no_text"}
    except MemoryError:
        reason = "too_heavy"
    except Refused as refused:
        reason = str(refused)
    except Exception:
        reason = "broken"
    return {"pages": [], "count": 0, "reason": reason}


def facts(data: bytes, kind: str) -> dict[str, object]:
    """Whether a PDF is tagged, so that a screen reader can read it in order; and what stands outside the pages."""
    try:
        return pdf_facts(data) if kind == "pdf" else {"tagged": None, "beside": _outside_the_pages(data)}
    except Exception:
        return {"tagged": None, "beside": []}


def pdf_facts(data: bytes) -> dict[str, object]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(data))
    catalogue = reader.trailer["/Root"]
    marked = catalogue.get("/MarkInfo", {}).get_object().get("/Marked", False) if "/MarkInfo" in catalogue else False
    said = [clean(str(value)) for value in (reader.metadata or {}).values() if isinstance(value, str)]
    return {"tagged": bool(marked) and "/StructTreeRoot" in catalogue, "beside": said[:50]}


def _outside_the_pages(data: bytes) -> list[str]:
    _refuse_bombs(data)
    return shortened([clean(text) for text in office_reader.beside(data)])


def main() -> None:
    kind, seconds = sys.argv[1], int(sys.argv[2])
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(limit, (most, most))
    data = sys.stdin.buffer.read()
    json.dump({**facts(data, kind), **read(data, kind)}, sys.stdout)


if __name__ == "__main__":
    main()
