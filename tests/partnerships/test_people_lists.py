"""People from a table: tried first without doing anything, then done, with a report for each line."""

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from partnerships.models import Invitation, Membership
from partnerships.people_table import Unreadable, decoded, rows_of
from partnerships.services.people_lists import read_in
from partnerships.services.refusals import NotAllowed
from tests.factories import make_membership, make_organisation, make_person, yesterday

pytestmark = pytest.mark.django_db
TABLE = "Navn;E-mail;Rolle;Fra;Til\nAsta Ny;asta@example.org;Redaktør;;31-12-2099\nBo Æble;bo@example.org;;;\n"


@pytest.fixture
def anna():
    return make_person("Anna")


@pytest.fixture
def company(anna):
    return make_organisation("Fjordbryg ApS", administrator=anna)


def belonging(company, email, **fields):
    person = make_person("Ida")
    EmailAddress.objects.create(user=person.user, email=email, verified=True, primary=True)
    return make_membership(person, company, **fields)


def read(company, anna, table, *, trial=False):
    return read_in(organisation=company, actor=anna.user, rows=rows_of(table), trial=trial)


@pytest.mark.parametrize("saved", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_tables_are_read_as_spreadsheets_save_them(saved, between):
    rows = rows_of(decoded(TABLE.replace(";", between).replace("\n", "\r\n").encode(saved)))
    assert [(row.name, row.email, row.role) for row in rows] == [
        ("Asta Ny", "asta@example.org", "editor"),
        ("Bo Æble", "bo@example.org", "member"),
    ]
    assert rows[0].until.isoformat() == "2099-12-31"


def test_english_headings_in_another_order_are_read_too():
    (row,) = rows_of("email, role, name\na@example.org, administrator, Asta")
    assert (row.name, row.email, row.role) == ("Asta", "a@example.org", "administrator")


@pytest.mark.parametrize("table", ["", "\n\n", "Navn;E-mail\n", "Asta;asta@example.org\n", "Navn;Rolle\nAsta;\n"])
def test_what_is_no_list_is_refused_as_a_whole(table):
    with pytest.raises(Unreadable):
        rows_of(table)


@pytest.mark.parametrize("content", [b"PK\x03\x04\0\0", b"x" * 600_000], ids=["workbook", "too large"])
def test_what_is_no_table_of_text_is_not_read(content):
    with pytest.raises(Unreadable):
        decoded(content)


def test_a_trial_says_what_would_happen_and_does_nothing(company, anna, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tried = read(company, anna, TABLE, trial=True)
    assert not Invitation.objects.exists() and mailoutbox == []
    with django_capture_on_commit_callbacks(execute=True):
        done = read(company, anna, TABLE)
    assert [one.said for one in tried] == [one.said for one in done]
    assert {mail.to[0] for mail in mailoutbox} == {"asta@example.org", "bo@example.org"}
    asta = Invitation.objects.get(email="asta@example.org")
    assert (asta.role, asta.until.year) == ("editor", 2099)


@pytest.mark.parametrize(
    "line",
    [
        "Asta;intet",
        ";asta@example.org",
        "Asta;a@example.org;Kejser",
        "Asta;a@example.org;;i går",
        "A;a@example.org;;2026-02-02;2026-01-01",
    ],
)
def test_a_faulty_line_is_reported_and_holds_back_no_other(company, anna, line):
    first, second = read(company, anna, f"Navn;E-mail;Rolle;Fra;Til\n{line}\nBo;bo@example.org\n")
    assert first.is_fault and not second.is_fault
    assert Invitation.objects.get().email == "bo@example.org"


def test_an_address_that_stands_twice_is_invited_once(company, anna):
    reports = read(company, anna, "Navn;E-mail\nBo;bo@example.org\nBo;BO@example.org\n")
    assert [one.is_fault for one in reports] == [False, True]
    assert Invitation.objects.count() == 1


def test_who_belongs_already_gets_the_role_and_days_of_the_list(company, anna):
    own = belonging(company, "ida@example.org")
    (report,) = read(company, anna, "Navn;E-mail;Rolle;Til\nIda;ida@example.org;Redaktør;2099-01-01\n")
    own.refresh_from_db()
    assert (own.role, own.until.year, report.is_fault) == ("editor", 2099, False)
    (again,) = read(company, anna, "Navn;E-mail;Rolle\nIda;ida@example.org;Redaktør\n")
    assert again.said == "Hører allerede til her."


@pytest.mark.parametrize("line", ["Medarbejder;", f"Administrator;{yesterday()}"])
def test_the_list_leaves_no_organisation_without_an_administrator(company, anna, line):
    EmailAddress.objects.create(user=anna.user, email="anna@example.org", verified=True, primary=True)
    (report,) = read(company, anna, f"Navn;E-mail;Rolle;Til\nAnna;anna@example.org;{line}\n")
    assert report.is_fault
    own = Membership.objects.current().get(profile=anna)
    assert (own.role, own.until) == ("administrator", None)


@pytest.mark.parametrize("role", ["editor", "member"])
def test_only_administrators_read_a_list_in(company, role):
    person = make_person()
    make_membership(person, company, role=role)
    with pytest.raises(NotAllowed):
        read(company, person, TABLE)


def test_a_file_is_shown_tried_and_then_done(company, anna):
    client = Client()
    client.force_login(anna.user)
    path = reverse("partnerships:organisation_import", args=[company.slug])
    file = SimpleUploadedFile("folk.csv", TABLE.encode("cp1252"))
    tried = client.post(path, {"file": file, "act": "try"})
    assert "Asta Ny" in tried.content.decode() and not Invitation.objects.exists()
    client.post(path, {"table": tried.context["form"]["table"].value(), "act": "do"})
    assert Invitation.objects.count() == 2
