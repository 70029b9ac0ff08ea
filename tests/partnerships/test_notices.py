"""What a person was told in the site: theirs alone, counted while unread, and read when they say so."""

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from partnerships.models import Notification
from partnerships.notifications import Letter, note, send
from partnerships.services import admission, mail_queue, notices
from partnerships.told import admission as told
from tests.cms_pages import make_site
from tests.factories import make_application, make_organisation, make_partnership, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def site(django_db_setup, django_db_blocker):
    """Built once for all tests of the module, and rolled back after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


def tell(person, text="Nyt til dig", address="/mit/"):
    return Notification.objects.create(recipient=person.user, kind="test", text=text, language="da", address=address)


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def test_a_decision_is_told_in_the_site_and_by_mail(carla, django_capture_on_commit_callbacks):
    bo = make_person("Bo Formand")
    partnership = make_partnership(administrator=bo)
    application = make_application(partnership, make_organisation(administrator=carla), carla)
    with django_capture_on_commit_callbacks(execute=True):
        admission.accept(application=application, actor=bo.user, message="Velkommen.")
    (notice,) = Notification.objects.all()
    (letter,) = mail.outbox
    assert (notice.recipient, notice.kind) == (carla.user, "application_decided")
    assert notice.text == letter.subject
    assert notice.address == application.get_absolute_url()


def test_what_waits_as_a_task_is_no_notice_besides(carla):
    bo = make_person("Bo Formand")
    partnership = make_partnership(administrator=bo)
    told.application_sent(make_application(partnership, make_organisation(administrator=carla), carla))
    assert not Notification.objects.exists()


def test_what_is_unread_is_counted_in_the_head_and_stands_on_the_desk(carla):
    tell(carla, "Nyt om vand")
    tell(make_person("En anden"), "Nyt om ild")
    desk = client_of(carla).get("/mit/").content.decode()
    assert "Nyt om vand" in desk
    assert "Nyt om ild" not in desk
    assert '<span class="s-header__count">1<' in desk


def test_looking_reads_nothing_and_a_press_reads_one_or_all(carla):
    first, second, third = (tell(carla, f"Nyt {number}") for number in range(3))
    client = client_of(carla)
    client.get("/mit/notifikationer/")
    assert Notification.objects.unread().count() == 3
    client.post("/mit/notifikationer/", {"notice": first.pk})
    assert set(Notification.objects.unread()) == {second, third}
    client.post("/mit/notifikationer/", {"notice": "all"})
    assert not Notification.objects.unread().exists()


@pytest.mark.parametrize("notice", ["", "x", "-1", "²", "9" * 40])
def test_what_names_no_notice_reads_none(carla, notice):
    tell(carla)
    assert client_of(carla).post("/mit/notifikationer/", {"notice": notice}).status_code == 302
    assert Notification.objects.unread().count() == 1


@pytest.mark.parametrize("notice", ["all", "its number"])
def test_nobody_reads_anothers(carla, notice):
    told = tell(carla, "Hemmeligt")
    other = client_of(make_person("En anden"))
    other.post("/mit/notifikationer/", {"notice": told.pk if notice == "its number" else notice})
    assert Notification.objects.unread().count() == 1
    assert "Hemmeligt" not in other.get("/mit/notifikationer/").content.decode()
    assert notices.mark_read(actor=carla.user) == 1


def test_a_letter_has_headers_and_speaks_its_language(carla):
    application = make_application(make_partnership(), make_organisation(administrator=carla), carla)
    letter = Letter(
        "application_receipt", {"application": application}, lambda: "/en/desk/", "en", {"List-Id": "samspil"}
    )
    send(carla.user, letter)
    mail_queue.send_due()
    assert note(carla.user, letter).language == "en"
    assert mail.outbox[0].extra_headers["List-Id"] == "samspil"
    assert "Dear Carla" in mail.outbox[0].body
    assert "/en/account/login/?next=" in mail.outbox[0].body


def test_to_somebody_without_an_address_nothing_is_put(carla):
    carla.user.email = ""
    application = make_application(make_partnership(), make_organisation(administrator=carla), carla)
    assert send(carla.user, Letter("application_receipt", {"application": application}, lambda: "/mit/")) is None
