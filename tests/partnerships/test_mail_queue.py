"""Mail that is to leave: put with the act, sent once, tried again with growing pauses, given up where staff see it."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from partnerships import clock
from partnerships.models import DeadAddress, HistoryEntry, Notification, OutgoingMail
from partnerships.notifications import Letter, send, send_to, tell
from partnerships.services import bounces, mail_queue
from partnerships.services.refusals import NotAllowed, WrongState
from tests.factories import make_application, make_organisation, make_partnership, make_person
from tests.mail import complaint, returned

pytestmark = pytest.mark.django_db
State = OutgoingMail.State


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def letter(carla):
    application = make_application(make_partnership(), make_organisation(administrator=carla), carla)
    return Letter("application_receipt", {"application": application}, application.get_absolute_url)


@pytest.fixture
def staff():
    person = make_person("Sif Station")
    person.user.is_superuser = True
    person.user.save()
    return person.user


def refuse(monkeypatch, error):
    def refusing(self):
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", refusing)


def state_of(one):
    one.refresh_from_db()
    return one.state


def at_the_end_of_all_attempts():
    moment = clock.now()
    for minutes in (0, *mail_queue.MINUTES):
        moment += timedelta(minutes=minutes, seconds=1)
        with clock.at(moment):
            mail_queue.send_due()


# Putting and sending


def test_a_mail_leaves_after_the_commit_and_nothing_of_it_is_kept(carla, letter, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        one = send(carla.user, letter)
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert sent.to == [carla.user.email]
    assert state_of(one) == State.SENT
    assert (one.subject, one.text, one.html, one.headers) == ("", "", "", {})
    assert one.message_key in sent.message()["Message-ID"]
    assert sent.message()["Auto-Submitted"] == "auto-generated"


def test_an_act_that_is_undone_leaves_no_mail(carla, letter, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ZeroDivisionError), transaction.atomic():
        send(carla.user, letter)
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()
    assert mail.outbox == []


def test_killed_between_the_commit_and_the_mail_it_is_sent_by_the_next_run(carla, letter):
    send(carla.user, letter)
    assert mail_queue.send_due() == 1
    assert mail_queue.send_due() == 0
    assert len(mail.outbox) == 1


def test_killed_while_the_server_has_it_nobody_sends_it_a_second_time(carla, letter, monkeypatch):
    one = send(carla.user, letter)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        refuse(patched, KeyboardInterrupt())
        mail_queue.send_due()
    assert (mail_queue.send_due(), state_of(one)) == (0, State.SENDING)
    with clock.at(clock.now() + timedelta(hours=1)):
        assert mail_queue.send_due() == 0
    assert state_of(one) == State.UNCERTAIN
    assert mail.outbox == []


def test_another_who_has_claimed_it_sends_it_alone(carla, letter):
    one = send(carla.user, letter)
    OutgoingMail.objects.update(state=State.SENDING, claimed=clock.now())
    assert mail_queue.deliver([one.pk]) == 0
    assert mail.outbox == []


# In whose language


@pytest.mark.parametrize(("language", "greeting"), [("da", "Kære Carla"), ("en", "Dear Carla"), ("xx", "Kære Carla")])
def test_everybody_is_written_to_in_their_own_language(carla, letter, language, greeting):
    carla.mail_language = language
    carla.save()
    tell([carla], letter.kind, letter.context, letter.address, noted=True)
    mail_queue.send_due()
    (sent,) = mail.outbox
    (notice,) = Notification.objects.of(carla.user)
    assert greeting in sent.body
    assert greeting in sent.alternatives[0][0]
    assert notice.text == sent.subject
    assert ("/en/" in notice.address) == (language == "en")


def test_somebody_without_an_account_is_written_to_without_a_name(letter):
    send_to("ny@example.org", Letter(letter.kind, letter.context, lambda: "/invitation/", "en", open=True))
    mail_queue.send_due()
    (sent,) = mail.outbox
    assert sent.to == ["ny@example.org"]
    assert "Dear" not in sent.body
    assert "http://localhost:8000/invitation/" in sent.body


# Failing


def test_a_mail_is_tried_again_with_growing_pauses_and_then_given_up(carla, letter, monkeypatch):
    one = send(carla.user, letter)
    with monkeypatch.context() as patched:
        refuse(patched, ConnectionRefusedError("Connection refused"))
        pauses, moment = [], clock.now()
        while state_of(one) == State.WAITING:
            with clock.at(moment):
                mail_queue.send_due()
                one.refresh_from_db()
                pauses.append((one.due - moment) / timedelta(minutes=1))
            moment = one.due
    assert pauses[:-1] == list(mail_queue.MINUTES) == sorted(mail_queue.MINUTES)
    assert (one.state, one.attempts) == (State.FAILED, 8)
    assert one.last_error == "ConnectionRefusedError: Connection refused"
    assert one in OutgoingMail.objects.for_staff()


def test_a_server_that_comes_back_gets_it_in_time(carla, letter, monkeypatch):
    one = send(carla.user, letter)
    with monkeypatch.context() as patched:
        refuse(patched, smtplib.SMTPServerDisconnected())
        mail_queue.send_due()
    assert mail_queue.send_due() == 0, "not before the pause is over"
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert mail_queue.send_due() == 1
    assert state_of(one) == State.SENT


def test_neither_what_a_mail_says_nor_to_whom_stands_in_the_log(carla, letter, monkeypatch, caplog):
    one = send(carla.user, letter)
    refuse(monkeypatch, smtplib.SMTPDataError(451, carla.user.email.encode()))
    mail_queue.send_due()
    assert f"Mail {one.pk}" in caplog.text
    assert carla.user.email not in caplog.text
    assert one.subject not in caplog.text


def test_one_that_fails_holds_up_no_other(carla, letter, monkeypatch):
    send(make_person("Anden").user, letter)
    broken = send(carla.user, letter)
    plain = EmailMultiAlternatives.send

    def some(self):
        if self.to == [carla.user.email]:
            raise smtplib.SMTPServerDisconnected
        return plain(self)

    monkeypatch.setattr(EmailMultiAlternatives, "send", some)
    assert mail_queue.send_due() == 1
    assert state_of(broken) == State.WAITING


@pytest.mark.parametrize("why", ["may not sign in", "too late", "dead"])
def test_what_helps_nobody_is_dropped(carla, letter, why):
    one = send(carla.user, letter)
    if why == "may not sign in":
        carla.user.is_active = False
        carla.user.save()
    elif why == "too late":
        OutgoingMail.objects.update(until=clock.now() - timedelta(seconds=1))
    else:
        DeadAddress.objects.create(address=carla.user.email, reason="bounced")
    assert mail_queue.send_due() == 0
    assert (state_of(one), one.text) == (State.DROPPED, "")


# Sent again by staff


def test_staff_send_a_mail_again_and_history_keeps_it(
    carla, letter, staff, monkeypatch, django_capture_on_commit_callbacks
):
    one = send(carla.user, letter)
    with monkeypatch.context() as patched:
        refuse(patched, ConnectionRefusedError())
        at_the_end_of_all_attempts()
    with django_capture_on_commit_callbacks(execute=True):
        mail_queue.send_again(mail=one, actor=staff)
    assert state_of(one) == State.SENT
    assert HistoryEntry.objects.get(verb="mail_sent_again").actor == staff


@pytest.mark.parametrize("who", ["the receiver", "a facilitator"])
def test_others_send_nothing_again(carla, letter, who):
    one = send(carla.user, letter)
    OutgoingMail.objects.update(state=State.FAILED)
    with pytest.raises(NotAllowed):
        mail_queue.send_again(mail=one, actor=carla.user if who == "the receiver" else make_person().user)


@pytest.mark.parametrize("state", [State.WAITING, State.SENDING, State.SENT, State.DROPPED])
def test_only_what_was_given_up_is_sent_again(carla, letter, staff, state):
    one = send(carla.user, letter)
    OutgoingMail.objects.update(state=state)
    with pytest.raises(WrongState):
        mail_queue.send_again(mail=one, actor=staff)


def test_old_mail_is_forgotten(carla, letter):
    ages = {State.SENT: (29, 31), State.DROPPED: (29, 31), State.FAILED: (89, 91), State.UNCERTAIN: (89, 91)}
    kept = []
    for state, (young, old) in ages.items():
        for days in (young, old):
            one = send(carla.user, letter)
            OutgoingMail.objects.filter(pk=one.pk).update(state=state, created=clock.now() - timedelta(days=days))
            kept += [one.pk] if days == young else []
    waiting = send(carla.user, letter)
    OutgoingMail.objects.filter(pk=waiting.pk).update(created=clock.now() - timedelta(days=400))
    mail_queue.forget_old()
    assert set(OutgoingMail.objects.values_list("pk", flat=True)) == {*kept, waiting.pk}


# Bounces


def test_a_mail_that_came_back_stops_all_further_mail_and_tells_the_person(carla, letter):
    one = send(carla.user, letter)
    mail_queue.send_due()
    dead = bounces.take(raw=returned(one))
    assert (dead.address, dead.reason) == (carla.user.email, "bounced")
    assert dead.answer == "smtp; 550 5.1.1 User unknown"
    assert send(carla.user, letter) is None
    assert carla.mail_bounced
    assert list(type(carla).objects.mail_bounced()) == [carla]
    assert Notification.objects.of(carla.user).get().kind == "mail_bounced"
    bounces.take(raw=returned(one))
    assert Notification.objects.of(carla.user).count() == 1, "told once"


def test_a_complaint_stops_mail_too(carla, letter):
    one = send(carla.user, letter)
    mail_queue.send_due()
    assert bounces.take(raw=complaint(one)).reason == "complaint"
    assert send(carla.user, letter) is None


@pytest.mark.parametrize(
    "change",
    [
        {"message_key": "0" * 32},
        {"message_key": ""},
        {"to": "another@example.org"},
        {"action": "delayed", "status": "4.2.2"},
        {"status": "4.4.1"},
        {"kind": "delivery-nonsense"},
    ],
    ids=str,
)
def test_what_proves_nothing_stops_nothing(carla, letter, change):
    """Anybody can write to the mailbox that takes bounces."""
    one = send(carla.user, letter)
    assert bounces.take(raw=returned(one, **change)) is None
    assert not DeadAddress.objects.exists()


@pytest.mark.parametrize("raw", [b"", b"\xff\x00", b"Subject: Ude til mandag\r\n\r\nHej", b"x" * 2_000_000])
def test_what_is_no_report_is_no_fault(raw):
    assert bounces.take(raw=raw) is None


def test_an_address_the_server_refuses_for_good_is_given_up_at_once(carla, letter, monkeypatch):
    one = send(carla.user, letter)
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({carla.user.email: (550, b"5.1.1 No such user")}))
    mail_queue.send_due()
    assert (state_of(one), one.attempts) == (State.FAILED, 1)
    assert carla.mail_bounced


def test_a_full_mailbox_is_waited_for(carla, letter, monkeypatch):
    one = send(carla.user, letter)
    refuse(monkeypatch, smtplib.SMTPRecipientsRefused({carla.user.email: (452, b"4.2.2 Mailbox full")}))
    mail_queue.send_due()
    assert state_of(one) == State.WAITING
    assert not carla.mail_bounced


def test_a_new_address_is_a_new_beginning(carla, letter):
    DeadAddress.objects.create(address=carla.user.email, reason="bounced")
    carla.user.email = "ny@example.org"
    carla.user.save()
    assert not carla.mail_bounced
    assert send(carla.user, letter) is not None


@pytest.mark.parametrize("who", ["oneself", "staff", "another"])
def test_who_says_that_an_address_works_again(carla, staff, who):
    DeadAddress.objects.create(address=carla.user.email, reason="bounced")
    actor = {"oneself": carla.user, "staff": staff, "another": make_person().user}[who]
    if who == "another":
        with pytest.raises(NotAllowed):
            bounces.lift(address=carla.user.email, actor=actor)
    else:
        bounces.lift(address=carla.user.email, actor=actor)
    assert carla.mail_bounced == (who == "another")
