"""The demo's own documents, written as real files: PDF by the few lines that a PDF of plain text needs, DOCX by python-docx."""

from io import BytesIO
from textwrap import wrap

from django.core.files.base import ContentFile
from docx import Document as WordFile
from docx.enum.text import WD_BREAK

from partnerships.models import Document

from .content import each

WIDTH = 84
LEADING = 15
TOP, LEFT = 780, 56


def make_documents() -> dict[str, list[tuple[Document, str, str]]]:
    """By the case that names them: the document, and what it contains in Danish and in English."""
    named: dict[str, list[tuple[Document, str, str]]] = {}
    for row in each("documents"):
        file = ContentFile(WRITERS[row["kind"]](row["pages"]), f"{row['slug']}.{row['kind']}")
        document = Document.objects.create(title=row["title"], file=file, file_size=file.size)
        for case in row["cases"]:
            named.setdefault(case, []).append((document, row["about"], row["about_en"]))
    return named


def _paragraphs(page: str) -> list[tuple[bool, str]]:
    """Whether it is a heading, and its words."""
    parts = (" ".join(part.split()) for part in page.split("\n\n"))
    return [(part.startswith("# "), part.removeprefix("# ")) for part in parts if part]


def docx(pages: list[str]) -> bytes:
    word, out = WordFile(), BytesIO()
    for number, page in enumerate(pages):
        if number:
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for is_heading, text in _paragraphs(page):
            word.add_heading(text, level=1) if is_heading else word.add_paragraph(text)
    word.save(out)
    return out.getvalue()


def pdf(pages: list[str]) -> bytes:
    """A catalogue, the list of pages, two fonts that every reader has, and for each page its text."""
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (da) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for number, page in enumerate(pages):
        text = _drawn(page)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text))
    return _file(objects)


def _drawn(page: str) -> bytes:
    lines = [b"BT %d %d Td %d TL" % (LEFT, TOP, LEADING)]
    for is_heading, text in _paragraphs(page):
        lines.append(b"/F2 14 Tf" if is_heading else b"/F1 11 Tf")
        lines += [b"(%s) Tj T*" % _escaped(line) for line in wrap(text, WIDTH)]
        lines.append(b"T*")
    return b"\n".join([*lines, b"ET"])


def _escaped(line: str) -> bytes:
    safe = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return safe.encode("cp1252", "replace")


def _file(objects: list[bytes]) -> bytes:
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


WRITERS = {"pdf": pdf, "docx": docx}
