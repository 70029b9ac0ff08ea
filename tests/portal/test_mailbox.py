"""The demonstration's outbox: what a real site would have sent, for people and for machines."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import override_settings
from django.utils import timezone
from django.utils.formats import date_format

from tests.cms_pages import make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def outbox(tmp_path, settings):
    make_site()
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return settings.EMAIL_FILE_PATH


def write(
    subject="Nyt fra Vandnetværket", to="jens@example.org", html="<p>Hej <a href='http://x.example/a'>her</a></p>"
):
    letter = EmailMultiAlternatives(
        subject, "Hej Jens\n\nSe den her: http://localhost:8000/mit/?a=1&b=2\n", "a@example.org", [to]
    )
    letter.attach_alternative(html, "text/html")
    letter.connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    letter.send()


def test_as_json_it_is_a_list_of_letters(client):
    write()
    (letter,) = client.get("/-/mail/?format=json").json()
    assert set(letter) == {"to", "subject", "text", "html", "links", "sent"}
    assert (letter["to"], letter["subject"]) == ("jens@example.org", "Nyt fra Vandnetværket")
    assert letter["links"] == ["http://localhost:8000/mit/?a=1&b=2"]
    assert letter["text"].startswith("Hej Jens")
    assert letter["html"].startswith("<p>Hej")
    written = datetime.fromisoformat(letter["sent"])
    assert abs(datetime.now(UTC) - written) < timedelta(minutes=1)


def test_the_page_says_when_as_people_here_write_it(client):
    write()
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    assert f"Til jens@example.org, {day}" in client.get("/-/mail/").content.decode().replace("\xa0", " ")


def test_the_newest_letter_comes_first_also_of_those_sent_together(client):
    for number in range(3):
        write(f"Nummer {number}")
    subjects = [letter["subject"] for letter in client.get("/-/mail/?format=json").json()]
    assert subjects == ["Nummer 2", "Nummer 1", "Nummer 0"]


def test_two_letters_of_one_connection_are_two(client, outbox):
    connection = get_connection("django.core.mail.backends.filebased.EmailBackend")
    letters = [EmailMultiAlternatives(f"Nummer {number}", "Tekst", to=["a@example.org"]) for number in range(2)]
    connection.send_messages(letters)
    assert len(client.get("/-/mail/?format=json").json()) == 2


@pytest.mark.parametrize("path", ["/-/mail/", "/-/mail/?format=json"])
def test_an_empty_outbox_is_no_fault(client, path):
    assert client.get(path).status_code == 200


def test_the_page_shows_letters_as_text_and_runs_nothing(client):
    write(subject="<script>alert(1)</script>", html="<script>alert(2)</script>")
    page = client.get("/-/mail/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/-/mail/", "/-/mail/?format=json"])
@override_settings(DEMO=False)
def test_outside_the_demonstration_it_does_not_exist(client, path):
    write()
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"Vandnetv" not in answer.content


def test_a_long_subject_is_read_in_one_piece(client):
    """In the file it stands on a line of its own below its name."""
    subject = "Foreningen Fjordens Venner og Værksteder (eksempel) vil gerne være med i Vandnetværket (eksempel)"
    write(subject=subject)
    (letter,) = client.get("/-/mail/?format=json").json()
    assert letter["subject"] == subject
