"""What the files of documents say is taken out after the upload, not in it, and kept page by page."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from partnerships.models import Document, DocumentPage, DocumentReading
from partnerships.text.extraction import MOST_BYTES, Extracted, extracted
from partnerships.text.personal_numbers import masked

LEASE = timedelta(minutes=2)
AGAIN_AFTER = timedelta(minutes=1)
State = DocumentReading.State


@transaction.atomic
def ask_to_read(*, document: Document) -> None:
    """In the transaction of the upload. A file that is replaced loses its old text at once; a new title reads nothing."""
    reading, new = DocumentReading.objects.get_or_create(document=document, defaults={"of_file": document.file.name})
    if new or reading.of_file == document.file.name:
        return
    DocumentPage.objects.filter(document=document).delete()
    reading.of_file, reading.state, reading.reason, reading.last_error = document.file.name, State.WAITING, "", ""
    reading.pages, reading.attempts, reading.next_try = 0, 0, timezone.now()
    reading.save()


def ask_for_the_missing() -> None:
    """Documents from before there was a queue, or written past it."""
    for document in Document.objects.filter(reading=None):
        ask_to_read(document=document)


def read_waiting() -> int:
    """Reads until nothing is due, and returns how many files were read. Several may do so at once."""
    done = 0
    while reading := _claim():
        try:
            outcome = _outcome(reading)
        except Exception as error:
            _failed(reading, error)
        else:
            done += _keep(reading, outcome)
    return done


def _claim() -> DocumentReading | None:
    """Counted as an attempt before it is begun, so that a file which takes the process with it parks as well."""
    now = timezone.now()
    for reading in DocumentReading.objects.waiting().filter(next_try__lte=now).order_by("next_try", "pk")[:10]:
        free = DocumentReading.objects.waiting().filter(pk=reading.pk, next_try=reading.next_try)
        if free.update(next_try=now + LEASE, attempts=F("attempts") + 1):
            return DocumentReading.objects.select_related("document").get(pk=reading.pk)
    return None


def _outcome(reading: DocumentReading) -> Extracted:
    """The size is asked before the bytes are fetched."""
    document = reading.document
    size = document.file.size
    Document.objects.filter(pk=document.pk).exclude(file_size=size).update(file_size=size)
    if size > MOST_BYTES:
        return Extracted(reason=DocumentReading.Reason.TOO_LARGE)
    with document.open_file() as file:
        return extracted(file.read(), document.file_extension.lower())


@transaction.atomic
def _keep(reading: DocumentReading, outcome: Extracted) -> bool:
    """Nothing is kept of a file that was replaced or deleted meanwhile."""
    now = DocumentReading.objects.select_for_update().filter(pk=reading.pk, of_file=reading.of_file).first()
    if now is None:
        return False
    DocumentPage.objects.filter(document=now.document_id).delete()
    pages = enumerate((masked(text) for text in outcome.pages), start=1)
    DocumentPage.objects.bulk_create(
        DocumentPage(document_id=now.document_id, number=number, text=text) for number, text in pages if text
    )
    now.state = State.UNREADABLE if outcome.reason else State.READ
    now.reason, now.pages, now.last_error = outcome.reason, outcome.count, ""
    now.save()
    return True


def _failed(reading: DocumentReading, error: Exception) -> None:
    """Tried again, each time after a longer while; then it parks."""
    later = timezone.now() + AGAIN_AFTER * 2**reading.attempts
    mine = DocumentReading.objects.filter(pk=reading.pk, of_file=reading.of_file)
    mine.update(next_try=later, last_error=f"{type(error).__name__}: {error}"[:300])
