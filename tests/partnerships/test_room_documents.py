"""Documents of a room: looked through before they are kept, every version kept, and given out only to who may read them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerships.models import DocumentVersion, RoomDocument, VersionPage
from partnerships.services import room_documents
from partnerships.services.files import NotSure, safe_name
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import add_version, make_organisation, make_partnership, make_person, make_room_document, yesterday
from tests.files import pdf
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
CERTAIN = "070761-4285"
PERHAPS = "010203-2024"


@pytest.fixture
def anna():
    return make_person("Anna Eksempelsen")


@pytest.fixture
def partnership(anna):
    return make_partnership(administrator=anna)


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def share(partnership, person, data=b"Maal hver time.", name="plan.txt", **fields):
    return room_documents.share_document(
        partnership=partnership, actor=person.user, title="Plan", data=data, name=name, **fields
    )


def test_a_document_is_shared_and_its_text_is_kept_by_page(partnership, anna):
    document = share(partnership, anna, pdf(["Varme", "Damp"]), "plan.pdf")
    assert [page.text for page in document.current.text_pages.all()] == ["Varme", "Damp"]
    assert (document.audience, document.current.kind, document.current.number) == ("members", "pdf", 1)
    assert document.history.get().verb == "document_shared"
    assert document.current.file.name.startswith("documents/rooms/")
    assert "plan" not in document.current.file.name


def test_a_certain_personal_number_stops_the_file_before_anything_is_kept(partnership, anna):
    for data, name in ((pdf([f"Født {CERTAIN}"]), "plan.pdf"), (f"cpr;{CERTAIN}".encode(), "tal.csv")):
        with pytest.raises(Invalid, match="07xxxx-xxxx"):
            share(partnership, anna, data, name, numbers_are_others=True)
    with pytest.raises(Invalid, match="07xxxx-xxxx"):
        share(partnership, anna, name=f"{CERTAIN}.txt")
    assert not RoomDocument.objects.exists()
    assert not DocumentVersion.objects.exists()


def test_what_only_could_be_a_number_is_held_until_somebody_looked_and_is_masked_even_then(partnership, anna):
    data = f"j.nr. {PERHAPS} om varme".encode()
    with pytest.raises(NotSure):
        share(partnership, anna, data)
    assert not RoomDocument.objects.exists()
    document = share(partnership, anna, data, numbers_are_others=True)
    assert PERHAPS not in VersionPage.objects.get().text
    assert "Anna Eksempelsen" in document.history.get(verb="document_changed").note


@pytest.mark.parametrize(
    ("data", "name"),
    [(b"", "a.txt"), (b"MZ\0\0", "a.pdf"), (b"<html><script>", "a.txt"), (b"%PDF-1.4 og intet mere", "a.pdf")],
)
def test_a_file_of_another_kind_or_a_broken_one_is_refused(partnership, anna, data, name):
    with pytest.raises(Invalid):
        share(partnership, anna, data, name)
    assert not RoomDocument.objects.exists()


def test_a_file_that_is_too_large_is_refused(partnership, anna, settings):
    settings.ROOM_FILE_MOST_BYTES = 10
    with pytest.raises(Invalid):
        share(partnership, anna)
    answer = client_of(anna).post(
        reverse("partnerships:room_document_share", args=[partnership.slug]),
        {"file": SimpleUploadedFile("plan.txt", b"x" * 11), "audience": "members"},
    )
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("../../stier/kodeord", "kodeord.txt"),
        ("delt\\mappe\\Plan 1.DOCX", "Plan 1.txt"),
        ("plan\r\nX-Evil: 1.pdf", "plan X-Evil 1.txt"),
        ("\u202egnp.exe", "gnp.txt"),
        ("...", "dokument.txt"),
        ("a" * 400 + ".pdf", "a" * 120 + ".txt"),
    ],
)
def test_a_name_is_made_safe_and_its_ending_says_what_the_file_is(typed, kept):
    assert safe_name(typed, "txt") == kept


def test_each_version_stays_with_who_and_why(partnership, anna):
    document = share(partnership, anna)
    room_documents.add_version(document=document, actor=anna.user, data=b"Ny plan.", name="plan.txt", why="Nye tal")
    document.refresh_from_db()
    assert [(one.number, one.why) for one in document.versions.all()] == [(2, "Nye tal"), (1, "")]
    assert document.current.number == 2
    client = client_of(anna)
    texts = [
        b"".join(client.get(reverse("partnerships:room_document_file", args=[partnership.slug, document.pk, n])))
        for n in (1, 2)
    ]
    assert texts == [b"Maal hver time.", b"Ny plan."]
    with pytest.raises(Invalid, match="samme fil"):
        room_documents.add_version(document=document, actor=anna.user, data=b"Ny plan.", name="p.txt", why="Igen")


def test_a_file_is_sent_so_that_no_browser_runs_it_and_no_cache_keeps_it(partnership, anna):
    document = share(partnership, anna, name="Plan æ.txt")
    answer = client_of(anna).get(reverse("partnerships:room_document_file", args=[partnership.slug, document.pk, 1]))
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''Plan%20%C3%A6.txt"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert Client().get(f"/media/{document.current.file.name}", follow=True).status_code == 404


def test_the_public_reads_the_latest_version_of_a_public_document_and_no_other(partnership, anna):
    document = make_room_document(partnership, anna, audience="public")
    add_version(document, anna, number=2, data=b"Nyt")
    address = [reverse("partnerships:room_document_file", args=[partnership.slug, document.pk, n]) for n in (1, 2)]
    assert [Client().get(one).status_code for one in address] == [404, 200]
    assert [client_of(anna).get(one).status_code for one in address] == [200, 200]
    page = Client().get(document.get_absolute_url()).content.decode()
    assert "Anna Eksempelsen" not in page


def test_whose_term_has_ended_reads_no_file_any_more(partnership, anna):
    document = make_room_document(partnership, anna)
    address = reverse("partnerships:room_document_file", args=[partnership.slug, document.pk, 1])
    client = client_of(anna)
    assert client.get(address).status_code == 200
    partnership.seats.update(until=yesterday())
    assert client.get(address).status_code == 404


def test_an_untagged_pdf_becomes_public_only_when_somebody_was_told(partnership, anna):
    document = share(partnership, anna, pdf(["Varme"]), "plan.pdf", audience="public")
    assert document.audience == "members"
    with pytest.raises(WrongState):
        room_documents.open_to_all(document=document, actor=anna.user)
    room_documents.open_to_all(document=document, actor=anna.user, although_untagged=True)
    document.refresh_from_db()
    assert document.audience == "public"
    room_documents.add_version(
        document=document, actor=anna.user, data=pdf(["Ny varme"]), name="plan.pdf", why="Nye tal"
    )
    document.refresh_from_db()
    assert document.audience == "members"


def test_the_form_asks_again_before_an_untagged_pdf_is_public(partnership, anna):
    client = client_of(anna)
    answer = client.post(
        reverse("partnerships:room_document_share", args=[partnership.slug]),
        {"file": SimpleUploadedFile("plan.pdf", pdf(["Varme"])), "audience": "public"},
    )
    document = RoomDocument.objects.get()
    asks = reverse("partnerships:room_document_open", args=[partnership.slug, document.pk])
    assert answer["Location"] == asks
    assert "ikke tagget" in client.get(asks).content.decode()
    client.post(asks, {"act": "open"})
    document.refresh_from_db()
    assert document.audience == "members"
    client.post(asks, {"act": "open", "although_untagged": "on"})
    document.refresh_from_db()
    assert document.audience == "public"


def test_the_box_about_numbers_stands_there_only_when_it_is_asked_for(partnership, anna):
    client, address = client_of(anna), reverse("partnerships:room_document_share", args=[partnership.slug])
    assert "numbers_are_others" not in client.get(address).content.decode()
    typed = {"file": SimpleUploadedFile("plan.txt", f"j.nr. {PERHAPS}".encode()), "audience": "members"}
    assert 'name="numbers_are_others"' in client.post(address, typed).content.decode()


def test_a_stranger_shares_nothing_and_one_who_left_neither(partnership, anna):
    gone = make_person("Gert")
    partnership.seats.create(profile=gone, role="secretary", since=yesterday() - timedelta(9), until=yesterday())
    for person in (make_person("Fremmed"), gone):
        with pytest.raises(NotAllowed):
            share(partnership, person)
    with pytest.raises(NotAllowed):
        share(make_partnership("Slut", administrator=anna, until=yesterday()), anna)


def test_what_is_taken_down_is_gone_for_all(partnership, anna):
    document = share(partnership, anna, audience="public")
    room_documents.remove_document(document=document, actor=anna.user)
    for client in (Client(), client_of(anna)):
        assert client.get(document.get_absolute_url()).status_code == 404
    document.refresh_from_db()
    with pytest.raises(NotAllowed):
        room_documents.remove_document(document=document, actor=anna.user)


def test_the_list_costs_as_many_queries_at_20_as_at_200(partnership, anna):
    address = reverse("partnerships:room_documents", args=[partnership.slug])
    client, counts = client_of(anna), []
    for rows in (20, 180):
        for _ in range(rows):
            document = RoomDocument.objects.create(partnership=partnership, author=anna, title="Plan")
            document.current = DocumentVersion.objects.create(
                document=document, number=1, author=anna, kind="pdf", size=1, file="documents/rooms/x", name="x.pdf"
            )
            document.save()
        counts.append(len(queries_of(client, address)))
    assert counts[0] == counts[1] <= 16


def test_members_of_the_municipality_s_partnership_are_told_of_access_requests(partnership, anna):
    assert "aktindsigt" in client_of(anna).get(reverse("partnerships:room", args=[partnership.slug])).content.decode()
    alone = make_partnership("Alene", administrator=anna, responsible=make_organisation("Forening", kind="association"))
    assert "aktindsigt" not in client_of(anna).get(reverse("partnerships:room", args=[alone.slug])).content.decode()
