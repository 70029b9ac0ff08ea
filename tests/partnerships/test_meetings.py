"""A meeting from its invitation to its minutes, at the right hour, told to those it concerns and to nobody else."""

import io
import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partnerships import clock, desk
from partnerships.meeting_times import NoSuchTime, meetings_of, moment
from partnerships.models import CalendarAddress, Meeting, MeetingAnswer, Notification, OutgoingMail
from partnerships.services import calendar_addresses, meetings, minutes
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.text.icalendar import Event, calendar, folded
from partnerships.waiting import waiting_count
from tests.factories import (
    make_meeting,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_person("Anna Eksempelsen")


@pytest.fixture
def bo():
    return make_person("Bo Prøvesen")


@pytest.fixture
def partnership(anna, bo):
    organisation = make_organisation("Fjordbryg")
    make_membership(bo, organisation)
    return make_partnership(administrator=anna, members=[organisation])


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def call(partnership, person, **fields):
    begins = fields.pop("begins", clock.now() + timedelta(days=14))
    said = {"title": "Medlemsmøde", "begins": begins, "ends": begins + timedelta(hours=2), **fields}
    return meetings.call_meeting(partnership=partnership, actor=person.user, **said)


def told():
    return {(row.kind, row.address) for row in OutgoingMail.objects.all()}


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_all_members_are_asked_and_told_and_nobody_else(partnership, anna, bo):
    make_person("Fremmed")
    meeting = call(partnership, anna, agenda="1. Velkomst")
    assert {row.profile for row in meeting.answers.all()} == {anna, bo}
    assert told() == {("meeting_called", bo.user.email)}
    assert [task.kind for task in desk.tasks_for(bo.user)] == ["meeting"]
    assert waiting_count(bo.user) == 1


def test_an_answer_may_be_changed_until_the_meeting_begins(partnership, anna, bo):
    meeting = call(partnership, anna)
    meetings.answer(meeting=meeting, actor=bo.user, answer="yes")
    meetings.answer(meeting=meeting, actor=bo.user, answer="no")
    assert meeting.answers.get(profile=bo).answer == "no"
    assert desk.tasks_for(bo.user) == []
    with clock.at(meeting.begins), pytest.raises(WrongState):
        meetings.answer(meeting=meeting, actor=bo.user, answer="yes")
    with pytest.raises(Invalid):
        meetings.answer(meeting=meeting, actor=bo.user, answer="perhaps")


def test_who_is_not_asked_or_not_a_member_answers_nothing(partnership, anna, bo):
    only_anna = call(partnership, anna, asked="chosen", chosen=[anna])
    for person in (bo, make_person("Fremmed")):
        with pytest.raises(NotAllowed):
            meetings.answer(meeting=only_anna, actor=person.user, answer="yes")
    assert not MeetingAnswer.objects.exclude(answer="").exists()


def test_a_member_who_joined_later_may_answer_where_all_are_asked(partnership, anna):
    meeting = call(partnership, anna)
    late = make_person("Line Sen")
    make_seat(late, partnership, role="board")
    assert meetings.answer(meeting=meeting, actor=late.user, answer="maybe").answer == "maybe"


def test_a_new_time_asks_anew_and_is_told_with_a_higher_sequence(partnership, anna, bo):
    meeting = call(partnership, anna)
    meetings.answer(meeting=meeting, actor=bo.user, answer="yes")
    OutgoingMail.objects.all().delete()
    later = meeting.begins + timedelta(days=1)
    said = {"title": meeting.title, "begins": later, "ends": later + timedelta(hours=1)}
    meetings.change_meeting(meeting=meeting, actor=anna.user, **said)
    assert told() == {("meeting_changed", bo.user.email)}
    assert again(meeting).changes == 1
    assert meeting.answers.get(profile=bo).answer == ""
    assert Notification.objects.of(bo.user).get().kind == "meeting_changed"


def test_a_new_agenda_alone_is_told_to_nobody(partnership, anna):
    meeting = call(partnership, anna)
    OutgoingMail.objects.all().delete()
    said = {name: getattr(meeting, name) for name in ("title", "begins", "ends")}
    meetings.change_meeting(meeting=meeting, actor=anna.user, agenda="1. Nyt", **said)
    assert told() == set()
    assert again(meeting).changes == 0


def test_of_two_who_change_it_at_once_the_second_is_told_so(partnership, anna):
    meeting = call(partnership, anna)
    said = {"title": "Nyt navn", "begins": meeting.begins, "ends": meeting.ends, "seen": meeting.updated}
    meetings.change_meeting(meeting=meeting, actor=anna.user, **said)
    with pytest.raises(WrongState, match="imens"):
        meetings.change_meeting(meeting=meeting, actor=anna.user, **{**said, "title": "Et andet"})
    assert again(meeting).title == "Nyt navn"


def test_a_meeting_that_is_called_off_is_told_with_the_reason_and_stays_in_the_calendar(partnership, anna, bo):
    meeting = call(partnership, anna)
    OutgoingMail.objects.all().delete()
    meetings.cancel_meeting(meeting=meeting, actor=anna.user, reason="Lokalet er optaget.")
    letter = OutgoingMail.objects.get()
    assert (letter.kind, letter.address) == ("meeting_cancelled", bo.user.email)
    assert "Lokalet er optaget." in letter.text
    with pytest.raises(WrongState):
        meetings.cancel_meeting(meeting=meeting, actor=anna.user, reason="Igen")
    with pytest.raises(WrongState):
        meetings.answer(meeting=meeting, actor=bo.user, answer="yes")
    lines = client_of(bo).get(reverse("partnerships:meeting_calendar", args=[partnership.slug, meeting.pk]))
    assert b"STATUS:CANCELLED\r\n" in lines.content
    assert b"SEQUENCE:1\r\n" in lines.content


def test_whose_term_ended_is_told_nothing_more(partnership, anna, bo):
    meeting = call(partnership, anna)
    OutgoingMail.objects.all().delete()
    partnership.participations.update(until=yesterday())
    meetings.cancel_meeting(meeting=meeting, actor=anna.user, reason="Aflyst.")
    assert told() == set()
    assert client_of(bo).get(meeting.get_absolute_url()).status_code == 404


def test_minutes_are_a_draft_until_they_are_approved(partnership, anna, bo):
    meeting = make_meeting(partnership, anna, in_days=-1, asks=[bo])
    decisions = [
        {"text": "Vi måler", "responsible": bo, "due": clock.today()},
        {"text": "Vi skriver", "is_public": True},
    ]
    minutes.write_minutes(meeting=meeting, actor=anna.user, text="Vi talte om **varme**.", decisions=decisions)
    page = lambda person: client_of(person).get(meeting.get_absolute_url()).content.decode()  # noqa: E731
    assert "Vi talte om" in page(anna)
    assert "Vi talte om" not in page(bo)
    assert "Vi måler" not in page(bo)
    minutes.approve_minutes(meeting=again(meeting), actor=anna.user)
    assert "Vi talte om" in page(bo)
    assert told() == {("minutes_approved", bo.user.email)}
    with pytest.raises(WrongState):
        minutes.approve_minutes(meeting=again(meeting), actor=anna.user)


def test_what_somebody_took_on_waits_for_them_until_it_is_done(partnership, anna, bo):
    meeting = make_meeting(partnership, anna, in_days=-1, asks=[bo])
    minutes.write_minutes(
        meeting=meeting, actor=anna.user, text="", decisions=[{"text": "Vi måler", "responsible": bo}]
    )
    assert desk.tasks_for(bo.user) == []
    minutes.approve_minutes(meeting=again(meeting), actor=anna.user)
    assert [task.title for task in desk.tasks_for(bo.user)] == ["Vi måler"]
    decision = meeting.decisions.get()
    with pytest.raises(NotAllowed):
        minutes.finish_decision(decision=decision, actor=make_person("Fremmed").user)
    client_of(bo).post(meeting.get_absolute_url(), {"act": "done", "decision": decision.pk})
    assert again(decision).done
    assert desk.tasks_for(bo.user) == []


def test_the_public_reads_of_a_public_meeting_only_what_was_made_public(partnership, anna):
    meeting = make_meeting(partnership, anna, in_days=-1, audience="public", link="https://hemmelig.example.org/rum")
    decisions = [{"text": "Åben beslutning", "is_public": True}, {"text": "Lukket beslutning"}]
    minutes.write_minutes(meeting=meeting, actor=anna.user, text="Lukket referat", decisions=decisions)
    front = lambda: Client().get(partnership.get_absolute_url()).content.decode()  # noqa: E731
    assert "Åben beslutning" not in front()
    minutes.approve_minutes(meeting=again(meeting), actor=anna.user)
    seen = Client().get(meeting.get_absolute_url()).content.decode() + front()
    assert "Åben beslutning" in front()
    assert all(word not in seen for word in ("Lukket", "hemmelig", "Anna Eksempelsen"))
    lines = Client().get(reverse("partnerships:meeting_calendar", args=[partnership.slug, meeting.pk])).content
    assert b"hemmelig" not in lines


def test_hours_are_danish_in_winter_and_summer_and_one_of_them_does_not_exist():
    at_one = {day: moment(day, time(13)).astimezone(UTC).hour for day in (date(2027, 1, 14), date(2027, 7, 14))}
    assert list(at_one.values()) == [12, 11]
    with pytest.raises(NoSuchTime):
        moment(date(2027, 3, 28), time(2, 30))
    assert moment(date(2027, 10, 31), time(2, 30)).astimezone(UTC).hour == 0


def test_a_meeting_over_the_night_of_summer_time_is_as_long_as_it_is(partnership, anna):
    begins, ends = moment(date(2027, 3, 28), time(1)), moment(date(2027, 3, 28), time(4))
    meeting = call(partnership, anna, begins=begins, ends=ends)
    lines = client_of(anna).get(reverse("partnerships:meeting_calendar", args=[partnership.slug, meeting.pk]))
    assert b"DTSTART:20270328T000000Z\r\nDTEND:20270328T020000Z\r\n" in lines.content
    assert "01.00–04.00" in client_of(anna).get(meeting.get_absolute_url()).content.decode()


def test_a_form_with_an_hour_that_does_not_exist_says_so(partnership, anna):
    typed = {"title": "Nat", "day": "2027-03-28", "begins": "02:30", "ends": "05:00", "asked": "members"}
    answer = client_of(anna).post(
        reverse("partnerships:meeting_call", args=[partnership.slug]), {**typed, "audience": "members"}
    )
    assert "findes ikke" in str(answer.context["form"].errors["begins"])
    assert not Meeting.objects.exists()


def test_a_calendar_s_lines_are_folded_escaped_and_never_broken_by_what_somebody_typed():
    when = datetime(2027, 1, 14, 12, tzinfo=UTC)
    title = "Ærø; å, \\ " + "ø" * 80 + "\r\nATTACH:x"
    lines = calendar("x", [Event("1@x", when, when, when, title)]).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"ATTACH:x" not in lines
    assert b"SUMMARY:\xc3\x86r\xc3\xb8\\; \xc3\xa5\\, \\\\" in b"".join(lines)
    assert folded("a" * 75) == "a" * 75


def test_the_private_address_shows_the_owner_s_meetings_and_dies_when_renewed(partnership, anna, bo):
    meeting = make_meeting(partnership, anna, link="https://moede.example.org/1")
    hidden = make_meeting(partnership, anna, audience="administrators", title="Kun for administratorer")
    client = client_of(bo)
    client.post(reverse("my_calendar"), {"act": "renew"})
    address = client.get(reverse("my_calendar")).context["feed"]
    path = address[address.index("/-/") :]
    answer = Client().get(path)
    assert meeting.title.encode() in answer.content
    assert b"moede.example.org" in answer.content
    assert hidden.title.encode() not in answer.content
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    client.post(reverse("my_calendar"), {"act": "renew"})
    assert Client().get(path).status_code == 404
    assert OutgoingMail.objects.count() == 0 == len(mail.outbox)


def test_half_an_address_opens_nothing(bo):
    address = calendar_addresses.renew_address(actor=bo.user)
    token = calendar_addresses.token_of(address)
    assert len(token) == 64
    assert token not in str(CalendarAddress.objects.values())
    assert calendar_addresses.owner_of(token) == bo
    for wrong in (address.key, address.key + "0" * 32, token + "0", token.upper(), "æ" * 64):
        assert calendar_addresses.owner_of(wrong) is None
    bo.user.is_active = False
    bo.user.save()
    assert calendar_addresses.owner_of(token) is None


def test_a_secret_address_is_in_no_line_of_the_log():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("django.request").addHandler(handler)
    try:
        Client().get(f"/-/calendar/{'hemmelig' * 8}/samspil.ics")
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "/-/calendar/…" in written.getvalue()
    assert "hemmelig" not in written.getvalue()


def test_the_calendar_leaves_out_what_one_said_no_to(partnership, anna, bo):
    meeting = make_meeting(partnership, anna)
    assert list(meetings_of(bo.user)) == [meeting]
    meetings.answer(meeting=meeting, actor=bo.user, answer="no")
    assert list(meetings_of(bo.user)) == []
    assert list(meetings_of(make_person().user)) == []


@pytest.mark.parametrize("name", ["partnerships:meetings", "my_calendar"])
def test_lists_cost_as_many_queries_at_20_as_at_200(partnership, anna, name):
    address = reverse(name, args=[partnership.slug] if name != "my_calendar" else [])
    client, counts = client_of(anna), []
    for rows in (20, 180):
        for day in range(rows):
            make_meeting(partnership, anna, in_days=day + 1)
        counts.append(len(queries_of(client, address)))
    assert counts[0] == counts[1] <= 16


def test_meetings_stand_by_month(partnership, anna):
    first, second = (make_meeting(partnership, anna, in_days=days) for days in (1, 40))
    page = client_of(anna).get(reverse("partnerships:meetings", args=[partnership.slug])).context
    months = [timezone.localdate(one.begins).replace(day=1) for one in (first, second)]
    assert [month.first for month in page["months"]] == months


@pytest.mark.parametrize(
    ("answer", "offered"), [("yes", True), ("maybe", True), ("", True), ("no", False), (None, False)]
)
def test_who_may_take_on_a_decision_has_a_seat_or_did_not_say_no(anna, bo, partnership, answer, offered):
    """An answer that was taken back by a move of the meeting is no no; who was never heard of is not offered."""
    meeting = make_meeting(partnership, anna, in_days=-1)
    if answer is not None:
        MeetingAnswer.objects.create(meeting=meeting, profile=bo, answer=answer)
    page = client_of(anna).get(reverse("partnerships:meeting_minutes", args=[partnership.slug, meeting.pk]))
    assert anna.name in page.content.decode()
    assert (f">{bo.name}</option>" in page.content.decode()) == offered
