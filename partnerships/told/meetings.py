"""Meetings: those who were asked are told, each only of what they may still read."""

from collections.abc import Iterable

from django.db.models import Model

from partnerships.models import Meeting, Profile
from partnerships.notifications import tell
from partnerships.room_people import readers


def meeting_called(meeting: Meeting, asked: Iterable[Profile]) -> None:
    """It waits on their desk until they answer, so it is no notice besides."""
    others = [profile for profile in asked if profile.pk != meeting.author_id]
    tell(others, "meeting_called", {"meeting": meeting}, meeting.get_absolute_url)


def meeting_changed(meeting: Meeting, *, asked_before: Iterable[int], by: Model) -> None:
    told = _asked(meeting, by).filter(pk__in=list(asked_before))
    tell(told, "meeting_changed", {"meeting": meeting}, meeting.get_absolute_url, noted=True)


def meeting_cancelled(meeting: Meeting, *, by: Model) -> None:
    tell(_asked(meeting, by), "meeting_cancelled", {"meeting": meeting}, meeting.get_absolute_url, noted=True)


def minutes_approved(meeting: Meeting, *, by: Model) -> None:
    tell(_asked(meeting, by), "minutes_approved", {"meeting": meeting}, meeting.get_absolute_url, noted=True)


def _asked(meeting: Meeting, by: Model) -> Iterable[Profile]:
    """Without who does it."""
    asked = readers(meeting.partnership, meeting.audience).filter(meeting_answers__meeting=meeting)
    return asked.exclude(user_id=by.pk).select_related("user").distinct()
