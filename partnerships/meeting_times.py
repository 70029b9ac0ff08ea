"""Days and hours that somebody typed, as moments where the portal is; and meetings by month and as a calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.models import Meeting, MeetingAnswer
from partnerships.text.icalendar import Event
from partnerships.text.markup import plain_text
from partnerships.visibility import joined_by


class NoSuchTime(ValueError):
    """The clock jumps over it, in the night when summer time begins."""


def moment(day: date, clock_time: time) -> datetime:
    """Where an hour comes twice, in the night when summer time ends, the first is meant."""
    typed = datetime.combine(day, clock_time)
    aware = timezone.make_aware(typed)
    there_and_back = timezone.make_naive(aware.astimezone(timezone.get_fixed_timezone(0)))
    if there_and_back != typed:
        raise NoSuchTime
    return aware


@dataclass(frozen=True)
class Month:
    first: date
    meetings: list[Meeting]


def by_month(meetings: Iterable[Meeting]) -> list[Month]:
    """In the order in which they come."""
    months: dict[date, list[Meeting]] = {}
    for meeting in meetings:
        months.setdefault(timezone.localdate(meeting.begins).replace(day=1), []).append(meeting)
    return [Month(first, rows) for first, rows in months.items()]


def meetings_of(user: Model) -> QuerySet[Meeting]:
    """Those of one's partnerships that one may read and is asked to, but for those one said no to."""
    mine = MeetingAnswer.objects.filter(profile__user_id=user.pk)
    asked = Q(asked=Meeting.Asked.MEMBERS) | Q(pk__in=mine.order_by().values("meeting_id"))
    declined = mine.filter(answer=MeetingAnswer.Answer.NO).order_by().values("meeting_id")
    rows = Meeting.objects.visible_to(user).filter(asked, partnership__in=joined_by(user)).exclude(pk__in=declined)
    return rows.select_related("partnership")


def event_of(meeting: Meeting, *, inside: bool) -> Event:
    """The way to take part from afar is for members."""
    link = meeting.link if inside else ""
    text = [plain_text(meeting.agenda_html), link and _("Take part from afar: %(link)s") % {"link": link}]
    if meeting.cancelled:
        text.insert(0, _("Called off: %(reason)s") % {"reason": meeting.cancelled_because})
    return Event(
        uid=f"{meeting.uid}@samspil",
        stamp=meeting.updated,
        begins=meeting.begins,
        ends=meeting.ends,
        title=f"{meeting.title} ({meeting.partnership.name_shown})",
        sequence=meeting.changes,
        cancelled=meeting.cancelled is not None,
        place=meeting.place or link,
        text="\n\n".join(filter(None, text)),
        url=f"{settings.SITE_URL}{meeting.get_absolute_url()}",
    )
