"""What stands on an organisation's page, who changes it, and who sees the change."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image as Pictures

from partnerships.models import HistoryEntry, Image, Organisation, PageDraft
from partnerships.services import logos, organisations, page_drafts
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_editor,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_person("Anna")


@pytest.fixture
def company(anna):
    return make_organisation("Fjordbryg ApS", administrator=anna, website="https://www.fjordbryg.example")


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def fields_of(organisation, **changed):
    kept = {name: getattr(organisation, name) for name in ("name", "kind", "company_number", "about", "website")}
    return {**kept, "names-TOTAL_FORMS": "0", "names-INITIAL_FORMS": "0", **changed}


def test_history_says_which_fields_were_changed_and_no_others(anna, company):
    organisations.update(organisation=company, actor=anna.user, name="Fjordbryg ApS", size="1-9", places=[make_place()])
    assert HistoryEntry.objects.get(verb="organisation_changed").note == "places, size"
    page = client_of(anna).get(reverse("partnerships:organisation_history", args=[company.slug])).content.decode()
    assert "steder, størrelse" in page and "Anna" in page


@pytest.mark.parametrize("role", ["member", "stranger"])
def test_history_of_the_page_is_for_those_who_look_after_it(company, role):
    person = make_person()
    if role == "member":
        make_membership(person, company)
    assert client_of(person).get(reverse("partnerships:organisation_history", args=[company.slug])).status_code == 404


# --- Drafts


def test_a_draft_of_a_change_is_seen_by_its_own_alone_and_published_by_them(anna, company):
    client, path = client_of(anna), reverse("partnerships:organisation_edit", args=[company.slug])
    answer = client.post(path, fields_of(company, about="Vi brygger *med damp*.", act="draft"), follow=True)
    assert "med damp" in answer.content.decode()
    assert "med damp" not in Client().get(company.get_absolute_url()).content.decode()
    assert "med damp" in client.get(path).content.decode()
    stranger = client_of(make_person())
    assert stranger.get(reverse("partnerships:organisation_preview", args=[company.slug])).status_code == 404
    client.post(path, fields_of(company, about="Vi brygger *med damp*.", act="publish"))
    assert "med damp" in Client().get(company.get_absolute_url()).content.decode()
    assert not PageDraft.objects.exists()


def test_a_draft_that_is_given_up_changes_nothing(anna, company):
    page_drafts.save_draft(organisation=company, actor=anna.user, about="Noget andet")
    client_of(anna).post(reverse("partnerships:organisation_preview", args=[company.slug]))
    company.refresh_from_db()
    assert (company.about, PageDraft.objects.count()) == ("", 0)


@pytest.mark.parametrize("about", ["0101701234", "x" * 10_001])
def test_what_could_not_be_published_is_not_kept_as_a_draft(anna, company, about):
    if about.isdigit():
        about = "Mit nummer er 010170-1233."
    with pytest.raises(Invalid):
        page_drafts.save_draft(organisation=company, actor=anna.user, about=about)
    assert not PageDraft.objects.exists()


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_only_those_who_look_after_the_page_save_a_draft(company, who):
    person = make_person()
    if who == "member":
        make_membership(person, company)
    with pytest.raises(NotAllowed):
        page_drafts.save_draft(organisation=company, actor=person.user, about="Noget")


def test_a_new_organisation_may_begin_as_a_draft_and_is_then_published(anna):
    client = client_of(anna)
    client.post(reverse("partnerships:organisation_register"), {"name": "Nyt Værk", "kind": "company", "act": "draft"})
    made = Organisation.objects.get(name="Nyt Værk")
    assert Client().get(made.get_absolute_url()).status_code == 404
    client.post(
        reverse("partnerships:organisation_edit", args=[made.slug]),
        fields_of(made, about="Nu med tekst", act="publish"),
    )
    assert "Nu med tekst" in Client().get(made.get_absolute_url()).content.decode()


def test_what_another_wrote_meanwhile_is_not_written_over_unseen(anna, company):
    seen = company.updated
    organisations.update(organisation=company, actor=anna.user, about="Den andens tekst")
    path = reverse("partnerships:organisation_edit", args=[company.slug])
    typed = fields_of(company, about="Min tekst", seen=seen.isoformat())
    answer = client_of(anna).post(path, typed)
    company.refresh_from_db()
    assert company.about == "Den andens tekst"
    assert "Min tekst" in answer.content.decode()
    again = {**typed, "seen": answer.context["form"]["seen"].value()}
    client_of(anna).post(path, again)
    company.refresh_from_db()
    assert company.about == "Min tekst"


# --- Taking down


def test_the_municipality_takes_a_page_down_and_its_own_are_told_why(
    anna, company, mailoutbox, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        organisations.take_down(organisation=company, actor=make_editor().user, reason="Det er ikke et bryggeri.")
    assert Client().get(company.get_absolute_url()).status_code == 404
    assert client_of(anna).get(company.get_absolute_url()).status_code == 200
    assert "Det er ikke et bryggeri." in mailoutbox[0].body


@pytest.mark.parametrize("who", ["anna", "stranger"])
def test_nobody_else_takes_a_page_down(anna, company, who):
    person = anna if who == "anna" else make_person()
    with pytest.raises(NotAllowed):
        organisations.take_down(organisation=company, actor=person.user, reason="Fordi")


def test_who_runs_a_partnership_stays_to_be_seen():
    association = make_organisation("Foreningen", kind="association")
    make_partnership(responsible=association)
    with pytest.raises(WrongState):
        organisations.take_down(organisation=association, actor=make_editor().user, reason="Fordi")


# --- Parents and successors


def test_ties_are_shown_on_both_pages():
    group, plant = make_organisation("Koncernen"), make_organisation("Værket")
    organisations.update(organisation=plant, actor=make_editor().user, parent=group)
    assert "Værket" in Client().get(group.get_absolute_url()).content.decode()
    assert "Koncernen" in Client().get(plant.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["parent", "successor"])
def test_nothing_comes_above_or_after_itself(name):
    editor, one, two, three = make_editor(), *(make_organisation(f"Nr. {number}") for number in range(3))
    organisations.update(organisation=one, actor=editor.user, **{name: two})
    organisations.update(organisation=two, actor=editor.user, **{name: three})
    for other in (one, three):
        with pytest.raises(Invalid):
            organisations.update(organisation=three, actor=editor.user, **{name: other if other != three else three})
    three.refresh_from_db()
    assert getattr(three, name) is None


def test_nobody_ties_another_ones_page_to_theirs(anna, company):
    other = make_organisation("Kommunen", kind="authority")
    with pytest.raises(NotAllowed):
        organisations.update(organisation=company, actor=anna.user, parent=other)
    make_membership(anna, other, role="editor")
    assert organisations.update(organisation=company, actor=anna.user, parent=other).parent == other


# --- Logo


def picture(kind="PNG", size=(40, 20), **saving):
    out = io.BytesIO()
    Pictures.new("RGB", size, "teal").save(out, kind, **saving)
    return out.getvalue()


def upload(content, name="logo.png"):
    return SimpleUploadedFile(name, content)


def test_a_logo_is_written_anew_without_what_lay_behind_the_picture(anna, company, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    exif = Pictures.Exif()
    exif[0x010E] = "hemmeligt sted"
    file = upload(picture("JPEG", exif=exif) + b"<script>alert(1)</script>", "../../ond.php.jpg")
    kept = logos.change_logo(organisation=company, actor=anna.user, file=file, alt="Et bryggerkar")
    content = kept.logo.file.read()
    assert content.startswith(b"\x89PNG")
    assert b"hemmeligt" not in content and b"script" not in content
    assert kept.logo.file.name.endswith(".png") and ".." not in kept.logo.file.name and "ond" not in kept.logo.file.name
    assert kept.logo_alt_shown == "Et bryggerkar"


def test_a_new_logo_puts_the_old_one_away_and_it_can_be_removed(anna, company, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    logos.change_logo(organisation=company, actor=anna.user, file=upload(picture()))
    kept = logos.change_logo(organisation=company, actor=anna.user, file=upload(picture()))
    assert Image.objects.count() == 1
    assert kept.logo_alt_shown == "Logo for Fjordbryg ApS"
    assert logos.remove_logo(organisation=company, actor=anna.user).logo is None
    assert Image.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ" + b"\0" * 200,
        picture()[:60],
        b"x" * 2_200_000,
    ],
    ids=["nothing", "PDF", "SVG", "program", "broken", "too large"],
)
def test_what_is_no_picture_is_no_logo(anna, company, content):
    with pytest.raises(Invalid) as refused:
        logos.change_logo(organisation=company, actor=anna.user, file=upload(content))
    assert refused.value.field == "logo"


def test_a_picture_with_far_too_many_pixels_is_refused_before_it_is_unpacked(anna, company):
    with pytest.raises(Invalid):
        logos.change_logo(organisation=company, actor=anna.user, file=upload(picture("GIF", (20_000, 20_000))))


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_only_those_who_look_after_the_page_change_its_logo(company, who):
    person = make_person()
    if who == "member":
        make_membership(person, company)
    for act in (lambda: logos.remove_logo(organisation=company, actor=person.user),):
        with pytest.raises(NotAllowed):
            act()


# --- Verified means this name


def test_another_name_must_be_verified_anew(anna, company):
    organisations.verify(organisation=company, actor=make_editor().user)
    kept = organisations.update(organisation=company, actor=anna.user, about="Ny tekst", size="1-9")
    assert kept.is_verified
    kept = organisations.update(organisation=company, actor=anna.user, name="Kommunens Bryggeri")
    assert not kept.is_verified
    assert HistoryEntry.objects.filter(verb="organisation_unverified").exists()


def test_an_editors_correction_leaves_it_verified(company):
    editor = make_editor()
    organisations.verify(organisation=company, actor=editor.user)
    assert organisations.update(organisation=company, actor=editor.user, name="Fjordbryg A/S").is_verified
