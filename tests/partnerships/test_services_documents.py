from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone

from partnerships import reading
from partnerships.models import Document, DocumentPage, DocumentReading
from partnerships.services import documents
from partnerships.text.extraction import ReadingFailed
from tests.files import make_document, pdf

pytestmark = pytest.mark.django_db


def texts(document):
    return list(document.text_pages.values_list("number", "text"))


def fail(*args, **kwargs):
    raise ReadingFailed("not read in 20 seconds")


def test_an_upload_waits_and_is_read_page_by_page():
    document = make_document(pages=["Første side", "", "Tredje side"], read=False)
    assert (document.reading.state, texts(document)) == ("waiting", [])
    assert documents.read_waiting() == 1
    document.refresh_from_db()
    assert texts(document) == [(1, "Første side"), (3, "Tredje side")]
    assert (document.reading.state, document.reading.pages, document.file_size) == ("read", 3, document.file.size)
    assert documents.read_waiting() == 0


def test_a_new_title_reads_nothing_again():
    document = make_document()
    document.title = "Nyt navn"
    document.save()
    assert documents.read_waiting() == 0
    assert texts(document)


def test_a_replaced_file_loses_its_text_at_once_and_is_read():
    document = make_document(pages=["Det gamle"])
    document.file = ContentFile(pdf(["Det nye"]), "plan.pdf")
    document.save()
    assert texts(document) == []
    assert documents.read_waiting() == 1
    assert texts(document) == [(1, "Det nye")]


def test_a_file_that_cannot_be_read_says_why_and_is_not_tried_again():
    document = make_document(data=b"%PDF intet")
    document.reading.refresh_from_db()
    assert (document.reading.state, document.reading.reason) == ("unreadable", "broken")
    DocumentReading.objects.update(next_try=timezone.now())
    assert documents.read_waiting() == 0


def test_a_failure_is_kept_tried_again_later_and_then_parks(monkeypatch):
    document = make_document(read=False)
    with monkeypatch.context() as broken:
        broken.setattr(documents, "extracted", fail)
        documents.read_waiting()
        row = DocumentReading.objects.get()
        assert row.last_error == "ReadingFailed: not read in 20 seconds"
        assert row.next_try > timezone.now() + documents.AGAIN_AFTER
        for _ in range(DocumentReading.MOST_ATTEMPTS + 2):
            DocumentReading.objects.update(next_try=timezone.now())
            documents.read_waiting()
        assert DocumentReading.objects.parked().get().attempts == DocumentReading.MOST_ATTEMPTS
    assert documents.read_waiting() == 0, "parked"
    document.file = ContentFile(pdf(["Ny udgave"]), "plan.pdf")
    document.save()
    assert documents.read_waiting() == 1, "a new file begins anew"


def test_a_failure_of_one_holds_up_no_other(monkeypatch):
    make_document("Væk", read=False).file.delete(save=False)
    good = make_document("God", read=False)
    assert documents.read_waiting() == 1
    assert texts(good)
    assert DocumentReading.objects.waiting().get().document.title == "Væk"


def test_what_somebody_reads_now_is_left_to_them_until_their_lease_ends(monkeypatch):
    make_document(read=False)
    assert documents._claim()
    assert documents._claim() is None
    DocumentReading.objects.update(next_try=timezone.now() - timedelta(seconds=1))
    assert documents._claim(), "whoever had it is dead"


def test_what_was_replaced_while_it_was_read_is_not_kept():
    document = make_document(read=False)
    claimed = documents._claim()
    document.file = ContentFile(pdf(["Det nye"]), "plan.pdf")
    document.save()
    assert not documents._keep(claimed, documents._outcome(claimed))
    assert texts(document) == []
    document.delete()
    assert not documents._keep(claimed, documents.Extracted(("Spøgelse",), 1))
    assert not DocumentPage.objects.exists()


def test_personal_numbers_are_not_kept():
    document = make_document(pages=["Kontakt Ida (010203-4567, eller 010203 4567) om sag 12345678."])
    assert texts(document) == [(1, "Kontakt Ida (01xxxx-xxxx, eller 01xxxx-xxxx) om sag 12345678.")]


def test_one_command_reads_also_what_came_past_the_queue(capsys):
    make_document(read=False)
    DocumentReading.objects.all().delete()
    call_command("read_documents", "--once")
    assert "1 read, 0 given up" in capsys.readouterr().out
    assert DocumentPage.objects.count() == 1


def test_the_thread_starts_after_the_commit_and_only_where_a_process_does_its_own_work(
    settings, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(reading, "read_soon", lambda: asked.append(1))
    with django_capture_on_commit_callbacks(execute=True):
        make_document(read=False)
    assert not asked
    settings.READS_DOCUMENTS = True
    with django_capture_on_commit_callbacks(execute=True):
        make_document(read=False)
        assert not asked
    assert asked == [1]


def test_a_document_without_a_file_asks_for_nothing():
    Document(title="Tom").save()
    assert not DocumentReading.objects.exists()
