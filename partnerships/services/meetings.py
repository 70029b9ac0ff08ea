"""Meetings: called, moved, called off, answered. What was decided is kept in services/minutes.py."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import Audience, HistoryEntry, Meeting, MeetingAnswer, Partnership, Profile
from partnerships.room_people import readers, seated_in
from partnerships.told import meetings as tells

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, markdown

Verb = HistoryEntry.Verb
IN_A_CALENDAR = ("title", "begins", "ends", "place", "link")
LONGEST_DAYS = 31


@transaction.atomic
def call_meeting(
    *, partnership: Partnership, actor: models.Model, chosen: Iterable[Profile] = (), **fields: Any
) -> Meeting:
    """Those asked are told. One that has been held already may be entered for its minutes; nobody is told of that."""
    if not permissions.may_call_meeting(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators and its secretariat call meetings."))
    meeting = Meeting(partnership=partnership, author=profile_of(actor), created=clock.now(), updated=clock.now())
    _write(meeting, actor, fields)
    asked = _ask(meeting, chosen)
    record(Verb.MEETING_CALLED, actor, partnership=partnership, meeting=meeting)
    if not meeting.has_begun:
        tells.meeting_called(meeting, asked)
    return meeting


@transaction.atomic
def change_meeting(
    *,
    meeting: Meeting,
    actor: models.Model,
    chosen: Iterable[Profile] = (),
    seen: datetime | None = None,
    **fields: Any,
) -> Meeting:
    """A new time asks everybody anew. `seen` is when the meeting was last changed as its editor saw it."""
    meeting = held(meeting, actor, seen)
    if meeting.cancelled:
        raise WrongState(_("The meeting has been called off."))
    before = {name: getattr(meeting, name) for name in IN_A_CALENDAR}
    meeting.updated = clock.now()
    _write(meeting, actor, fields)
    known = set(meeting.answers.values_list("profile_id", flat=True))
    new = [profile for profile in _ask(meeting, chosen) if profile.pk not in known]
    record(Verb.MEETING_CHANGED, actor, partnership=meeting.partnership, meeting=meeting)
    changed = [name for name, value in before.items() if getattr(meeting, name) != value]
    if changed:
        meeting.changes += 1
        meeting.save(update_fields=["changes"])
    if {"begins", "ends"} & set(changed):
        meeting.answers.update(answer="", answered=None)
    if not meeting.has_begun:
        tells.meeting_called(meeting, new)
        if changed:
            tells.meeting_changed(meeting, asked_before=known, by=actor)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, actor: models.Model, reason: str) -> Meeting:
    """It stays in the calendar, marked; those who were asked are told why."""
    meeting = held(meeting, actor)
    if meeting.cancelled:
        raise WrongState(_("The meeting has been called off."))
    if meeting.has_begun:
        raise WrongState(_("The meeting has begun; it can no longer be called off."))
    meeting.cancelled_because = line(reason, field="reason", longest=300, required=True)
    meeting.cancelled = meeting.updated = clock.now()
    meeting.changes += 1
    meeting.save(update_fields=["cancelled", "cancelled_because", "updated", "changes"])
    record(
        Verb.MEETING_CANCELLED,
        actor,
        partnership=meeting.partnership,
        meeting=meeting,
        note=meeting.cancelled_because,
    )
    tells.meeting_cancelled(meeting, by=actor)
    return meeting


@transaction.atomic
def answer(*, meeting: Meeting, actor: models.Model, answer: str) -> MeetingAnswer:
    """Until the meeting begins one may change one's mind; the last word counts."""
    if not permissions.may_answer(actor, meeting):
        raise NotAllowed(_("You are not invited to this meeting."))
    if answer not in MeetingAnswer.Answer.values:
        raise Invalid(_("Answer yes, no or maybe."), field="answer")
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.cancelled:
        raise WrongState(_("The meeting has been called off."))
    if meeting.has_begun:
        raise WrongState(_("The meeting has begun; answers are closed."))
    row, _new = MeetingAnswer.objects.update_or_create(
        meeting=meeting, profile=profile_of(actor), defaults={"answer": answer, "answered": clock.now()}
    )
    record(
        Verb.MEETING_ANSWERED,
        actor,
        partnership=meeting.partnership,
        meeting=meeting,
        note=row.get_answer_display(),
    )
    return row


def held(meeting: Meeting, actor: models.Model, seen: datetime | None = None) -> Meeting:
    """The row as it is now, held until the transaction ends; refused where somebody else was faster."""
    if not permissions.may_run_meeting(actor, meeting):
        raise NotAllowed(_("Only the partnership's administrators and its secretariat may do this."))
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if now.removed:
        raise WrongState(_("The meeting has been taken down."))
    if seen is not None and now.updated != seen:
        raise WrongState(_("Somebody else has changed it meanwhile. Look at it anew before you change it."))
    return now


def _write(meeting: Meeting, actor: models.Model, fields: dict[str, Any]) -> None:
    meeting.title = line(fields["title"], field="title", longest=160, required=True)
    meeting.place = line(fields.get("place", ""), field="place", longest=200)
    meeting.link = _link(fields.get("link", ""))
    meeting.begins, meeting.ends = fields["begins"], fields["ends"]
    _in_order(meeting)
    meeting.asked = fields.get("asked", Meeting.Asked.MEMBERS)
    if meeting.asked not in Meeting.Asked.values:
        raise Invalid(_("Choose whom you invite."), field="asked")
    audience = fields.get("audience", Audience.MEMBERS)
    if audience not in Audience.values:
        raise Invalid(_("Choose who may read it."), field="audience")
    if not permissions.may_share_with(actor, meeting.partnership, audience):
        raise NotAllowed(_("Only administrators may write to administrators."), field="audience")
    meeting.audience = audience
    markdown(meeting, "agenda", fields.get("agenda", ""))
    meeting.save()


def _in_order(meeting: Meeting) -> None:
    if meeting.ends <= meeting.begins:
        raise Invalid(_("The meeting must end after it begins."), field="ends")
    if (meeting.ends - meeting.begins).days > LONGEST_DAYS:
        raise Invalid(_("A meeting lasts at most a month."), field="ends")


def _link(link: str) -> str:
    link = line(link, field="link", longest=500)
    parts = urlsplit(link)
    if link and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise Invalid(_("Give an address that begins with https://."), field="link")
    return link


def _ask(meeting: Meeting, chosen: Iterable[Profile]) -> list[Profile]:
    """A row for each who is asked now and may read it. Nobody is un-asked by it: who is no longer may still have said yes."""
    wanted = readers(meeting.partnership, meeting.audience)
    if meeting.asked == Meeting.Asked.SEATED:
        wanted = wanted.filter(pk__in=seated_in(meeting.partnership).values("pk"))
    if meeting.asked == Meeting.Asked.CHOSEN:
        wanted = wanted.filter(pk__in=[profile.pk for profile in chosen])
        if not wanted.exists():
            raise Invalid(_("Choose at least one who may read it."), field="chosen")
    asked = list(wanted.select_related("user"))
    rows = (MeetingAnswer(meeting=meeting, profile=profile) for profile in asked)
    MeetingAnswer.objects.bulk_create(rows, ignore_conflicts=True)
    return asked
