"""What office files say, for file_reader.py and in its process: spreadsheets, slides and OpenDocument, without a library.

They are XML in a zip. The bombs and entities that such files can hide are refused there before anything here is read.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

KINDS = frozenset({"xlsx", "pptx", "odt", "ods", "odp"})
_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml$")
_BESIDE = re.compile(
    r"(docProps/(core|app|custom)\.xml|meta\.xml|styles\.xml"
    r"|word/(header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|ppt/(notesSlides/notesSlide|comments/comment)\d+\.xml|xl/comments\d*\.xml)$"
)
_ENDS_A_LINE = frozenset({"p", "h", "row", "table-row", "title", "is", "si", "c", "table-cell", "br", "tab", "s"})


def pages_of(data: bytes, kind: str) -> list[str]:
    """One page for each slide, each sheet, and for a text the whole."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        match kind:
            case "pptx":
                return [_text(parts, name) for name in _numbered(parts, _SLIDE)]
            case "xlsx":
                shared = _shared_strings(parts)
                return [_sheet(parts, name, shared) for name in _numbered(parts, _SHEET)]
            case _:
                return _open_document(parts, {"ods": "table", "odp": "page"}.get(kind, ""))


def beside(data: bytes) -> list[str]:
    """What stands outside the pages: headers, footers, notes, comments, and what the file says of itself."""
    with zipfile.ZipFile(BytesIO(data)) as parts:
        return [_text(parts, name) for name in parts.namelist() if _BESIDE.match(name)]


def _numbered(parts: zipfile.ZipFile, pattern: re.Pattern) -> list[str]:
    found = [(int(match[1]), name) for name in parts.namelist() if (match := pattern.match(name))]
    return [name for _number, name in sorted(found)]


def _text(parts: zipfile.ZipFile, name: str) -> str:
    return "".join(_words(_parsed(parts, name)))


def _parsed(parts: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(parts.read(name))  # noqa: S314 - What declares entities was refused before.


def _words(node: ElementTree.Element) -> Iterator[str]:
    if node.text:
        yield node.text
    for child in node:
        yield from _words(child)
        if child.tail:
            yield child.tail
    if node.tag.rpartition("}")[2] in _ENDS_A_LINE:
        yield "\n"


def _shared_strings(parts: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in parts.namelist():
        return []
    rows = _parsed(parts, "xl/sharedStrings.xml")
    return ["".join(_words(row)).strip() for row in rows]


def _sheet(parts: zipfile.ZipFile, name: str, shared: list[str]) -> str:
    """Cells of text are numbers into the shared strings; all others say what they say."""
    said = []
    for cell in _parsed(parts, name).iter():
        if cell.tag.rpartition("}")[2] != "c":
            continue
        value = "".join(_words(cell)).strip()
        if cell.get("t") == "s" and value.isdecimal() and int(value) < len(shared):
            value = shared[int(value)]
        said.append(value)
    return "\n".join(value for value in said if value)


def _open_document(parts: zipfile.ZipFile, page: str) -> list[str]:
    root = _parsed(parts, "content.xml")
    nodes = [node for node in root.iter() if page and node.tag.rpartition("}")[2] == page]
    return ["".join(_words(node)) for node in nodes or [root]]
