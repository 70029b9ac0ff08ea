"""Files as they come from outside: sound ones are read page by page, and no other does harm or is an error."""

import time
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from partnerships.text import extraction, file_reader
from partnerships.text.extraction import Extracted, ReadingFailed, extracted
from tests.files import docx, docx_with, pdf

BOMB = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&b;</w:t>
</w:r></w:p></w:body></w:document>"""
OUTSIDE = BOMB.replace(b'"aaaaaaaaaa"', b'SYSTEM "file:///etc/passwd"').replace(b"&b;", b"&a;")


def locked_pdf(password):
    writer, out = PdfWriter(clone_from=PdfReader(BytesIO(pdf(["Hemmeligt"])))), BytesIO()
    writer.encrypt(user_password=password, owner_password="ejer", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def zip_of(name, size):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, b" " * size)
    return out.getvalue()


def test_a_pdf_is_read_page_by_page_with_danish_letters():
    assert extracted(pdf(["# Æblemost på Røsnæs", "Side to: 24 °C"]), "pdf") == Extracted(
        ("Æblemost på Røsnæs", "Side to: 24 °C"), 2
    )


def test_a_docx_is_read_page_by_page():
    assert extracted(docx(["# Reststrømme\n\nDamp og gips", "Side to"]), "docx") == Extracted(
        ("Reststrømme Damp og gips", "Side to"), 2
    )


def test_a_pdf_that_only_forbids_printing_is_read():
    assert extracted(locked_pdf(""), "pdf").pages == ("Hemmeligt",)


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (locked_pdf("lås"), "pdf", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "docx", "encrypted"),
        (b"", "pdf", "broken"),
        (b"%PDF-1.4 og intet mere", "pdf", "broken"),
        (pdf(["Afbrudt"])[:200], "pdf", "broken"),
        (b"PK\x03\x04 ikke en zip", "docx", "broken"),
        (docx_with("[Content_Types].xml", b"<nonsense"), "docx", "broken"),
        (docx_with("word/document.xml", BOMB), "docx", "broken"),
        (docx_with("word/document.xml", BOMB.decode().encode("utf-16")), "docx", "broken"),
        (docx_with("word/document.xml", OUTSIDE), "docx", "broken"),
        (docx_with("word/media/a.bin", b"\0" * (file_reader.MOST_UNPACKED + 1)), "docx", "too_heavy"),
        (pdf([""]), "pdf", "no_text"),
        (b"a;b", "csv", "other_kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)
def test_what_cannot_be_read_has_no_text_and_a_reason(data, kind, reason):
    assert extracted(data, kind) == Extracted(reason=reason, count=1 if reason == "no_text" else 0)


def test_a_file_that_is_too_large_is_not_even_given_to_the_reader(monkeypatch):
    monkeypatch.setattr(extraction, "MOST_BYTES", 10)
    monkeypatch.setattr(extraction.subprocess, "run", None)
    assert extracted(b"%PDF" * 3, "pdf").reason == "too_large"


def test_a_zip_bomb_is_refused_by_its_directory_and_never_unpacked(monkeypatch):
    bomb = zip_of("word/document.xml", file_reader.MOST_UNPACKED + 1)
    assert len(bomb) < file_reader.MOST_UNPACKED / 500
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    with pytest.raises(file_reader.Refused, match="too_heavy"):
        file_reader._refuse_bombs(bomb)


def test_a_reader_that_takes_too_long_is_killed():
    started = time.monotonic()
    with pytest.raises(ReadingFailed):
        extracted(pdf(["Langsom"]), "pdf", seconds=0.01)
    assert time.monotonic() - started < 2


def test_a_file_that_asks_for_too_much_memory_gets_none():
    """The limit is the operating system's, so it holds for whatever the libraries do."""
    done = extraction.subprocess.run(
        [extraction.sys.executable, "-c", HUNGRY], cwd=extraction.ROOT, capture_output=True, text=True, check=False
    )
    assert done.stdout.endswith('"reason": "too_heavy"}')


HUNGRY = """
import io, sys, types
from partnerships.text import file_reader
file_reader.pdf_pages = lambda data: (["x" * file_reader.MEMORY * 2], 1)
sys.argv = ["", "pdf", "5"]
sys.stdin = types.SimpleNamespace(buffer=io.BytesIO(b"%PDF"))
file_reader.main()
"""


def test_only_the_first_pages_and_characters_are_kept(monkeypatch):
    monkeypatch.setattr(file_reader, "MOST_PAGES", 2)
    monkeypatch.setattr(file_reader, "MOST_CHARACTERS", 8)
    assert file_reader.read(pdf(["Første", "Anden", "Tredje"]), "pdf") == {
        "pages": ["Første", "An"],
        "count": 3,
        "reason": "",
    }


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("genbrug af reststrøm-\nme", "genbrug af reststrømme"),
        ("vand-\nog varme", "vand- og varme"),
        ("CO2-\nudslip", "CO2- udslip"),
        ("bløde\u00adord \x07 og\ttomt\u00a0rum", "blødeord og tomt rum"),
    ],
)
def test_words_divided_at_a_line_end_are_whole_again(text, whole):
    assert file_reader.clean(text) == whole


def test_the_reader_knows_no_secret(monkeypatch):
    seen = {}

    def run(command, **options):
        seen.update(options["env"])
        raise extraction.subprocess.TimeoutExpired(command, 1)

    monkeypatch.setenv("SECRET_KEY", "hemmelig")
    monkeypatch.setattr(extraction.subprocess, "run", run)
    with pytest.raises(ReadingFailed):
        extracted(b"%PDF", "pdf")
    assert set(seen) == {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
