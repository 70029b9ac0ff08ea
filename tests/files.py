"""Real files for tests: PDF and DOCX, sound and not."""

import zipfile
from io import BytesIO

from django.core.files.base import ContentFile

from partnerships.models import Document
from partnerships.services import documents
from portal.demo.documents import docx, pdf

__all__ = ["docx", "docx_with", "make_document", "pdf"]


def docx_with(name: str, content: bytes) -> bytes:
    """A sound DOCX in which one part is replaced, or one more is added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(docx(["Godt"]))) as sound, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in sound.infolist():
            if part.filename != name:
                made.writestr(part, sound.read(part))
        made.writestr(name, content)
    return out.getvalue()


def make_document(title="Måleplan", pages=("Varmen måles hver time.",), *, kind="pdf", data=None, read=True, **fields):
    """Uploaded and, unless `read=False`, read."""
    data = {"pdf": pdf, "docx": docx}[kind](list(pages)) if data is None else data
    document = Document.objects.create(title=title, file=ContentFile(data, f"plan.{kind}"), **fields)
    if read:
        documents.read_waiting()
    return document
