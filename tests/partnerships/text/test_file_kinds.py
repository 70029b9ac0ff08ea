"""A file is what its content says, whatever it is called."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from partnerships.text.extraction import extracted
from partnerships.text.file_kinds import TooManyPixels, UnknownKind, kind_of, without_what_it_tells
from tests.files import docx, docx_with, pdf


def zipped(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


def office(main, content="<x/>", **more):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in {"[Content_Types].xml": "<Types/>", main: content, **more}.items():
            made.writestr(name, text)
    return out.getvalue()


def open_document(kind, content):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        made.writestr("content.xml", content)
    return out.getvalue()


def picture(form, size=(8, 8), **options):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, form, **options)
    return out.getvalue()


SLIDE = '<p xmlns:a="a"><a:p><a:t>Varmen</a:t></a:p><a:p><a:t>fra havnen</a:t></a:p></p>'
SHEET = (
    '<worksheet><sheetData><row><c t="s"><v>0</v></c><c><v>42</v></c><c t="inlineStr"><is><t>her</t></is></c></row>'
    "</sheetData></worksheet>"
)
KINDS = [
    (pdf(["x"]), "plan.exe", "pdf"),
    (docx(["x"]), "plan.pdf", "docx"),
    (office("xl/workbook.xml"), "tal.zip", "xlsx"),
    (office("ppt/presentation.xml"), "tal", "pptx"),
    (open_document("text", "<x/>"), "a.odt", "odt"),
    (open_document("spreadsheet", "<x/>"), "a.ods", "ods"),
    (open_document("presentation", "<x/>"), "a.odp", "odp"),
    ("Æblemost på Røsnæs".encode(), "noter.md", "txt"),
    ("Æblemost".encode("cp1252"), "noter", "txt"),
    (b"a;b\n1;2", "TAL.CSV", "csv"),
    (picture("PNG"), "foto.jpg", "png"),
    (picture("JPEG"), "foto.png", "jpg"),
]
REFUSED = [
    (b"MZ\x90\0" + b"\0" * 60, "plan.pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "gammel.doc"),
    (office("word/document.xml", **{"word/vbaProject.bin": "x"}), "makro.docx"),
    (office("something.xml"), "plan.docx"),
    (zipped(a="x"), "plan.zip"),
    (b"PK\x03\x04 ikke en zip", "plan.docx"),
    (b"GIF89a/*" + b"a" * 40 + b"*/=1", "foto.gif"),
    (b"<!doctype html><script>alert(1)</script>", "plan.txt"),
    (b"\xef\xbb\xbf <svg xmlns='x' onload='alert(1)'/>", "plan.txt"),
    (b"#!/bin/sh\nrm", "plan.txt"),
    (b"\x89PNG\r\n\x1a\n<script>", "foto.png"),
    (b"\xff\xd8\xff" + b"x" * 40, "foto.jpg"),
    (b"tekst\0med nul", "a.txt"),
]


@pytest.mark.parametrize(("data", "name", "kind"), KINDS, ids=[kind for _data, _name, kind in KINDS])
def test_content_decides(data, name, kind):
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(("data", "name"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_none_of_them_is_refused_whatever_it_is_called(data, name):
    with pytest.raises(UnknownKind):
        kind_of(data, name)


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_unpacked():
    with pytest.raises(TooManyPixels):
        kind_of(picture("PNG", (9_000, 9_000)))


def test_a_photo_no_longer_tells_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "Hemmeligt kamera"
    taken = picture("JPEG", exif=exif)
    assert b"Hemmeligt" in taken
    clean = without_what_it_tells(taken, "jpg")
    assert b"Hemmeligt" not in clean
    assert kind_of(clean) == "jpg"


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (
            office("ppt/slides/slide1.xml", SLIDE, **{"ppt/slides/slide2.xml": SLIDE}),
            "pptx",
            ("Varmen fra havnen",) * 2,
        ),
        (
            office("xl/worksheets/sheet1.xml", SHEET, **{"xl/sharedStrings.xml": "<sst><si><t>Damp</t></si></sst>"}),
            "xlsx",
            ("Damp 42 her",),
        ),
        (open_document("text", "<o><p>Gips</p><p>fra røg</p></o>"), "odt", ("Gips fra røg",)),
        (open_document("presentation", "<o><page><p>Et</p></page><page><p>To</p></page></o>"), "odp", ("Et", "To")),
    ],
    ids=["pptx", "xlsx", "odt", "odp"],
)
def test_office_files_are_read(data, kind, pages):
    assert extracted(data, kind).pages == pages


def test_headers_and_comments_are_looked_through_though_they_are_not_searched():
    said = extracted(docx_with("word/comments.xml", b"<c><t>Skjult note</t></c>"), "docx")
    assert "Skjult note" in " ".join(said.beside)
    assert "Skjult" not in " ".join(said.pages)


def test_a_spreadsheet_with_entities_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><c><v>&a;</v></c></worksheet>'
    assert extracted(office("xl/worksheets/sheet1.xml", bomb), "xlsx").reason == "broken"


def test_a_pdf_says_whether_it_is_tagged():
    plain = pdf(["Varme"])
    tagged = plain.replace(b"/Lang (da) >>", b"/Lang (da) /MarkInfo << /Marked true >> /StructTreeRoot 3 0 R >>")
    assert extracted(plain, "pdf").tagged is False
    assert extracted(tagged, "pdf").tagged is True
