"""What waits for somebody in the rooms they are in. The room shows its own, the desk all of them."""

from datetime import timedelta

from django.db.models import Model, QuerySet

from partnerships import clock
from partnerships.meeting_times import meetings_of
from partnerships.models import Meeting, MeetingAnswer, MeetingDecision, Seat
from partnerships.permissions.room import CALLS

MINUTES_WITHIN = timedelta(days=60)


def invitations_for(user: Model) -> QuerySet[Meeting]:
    """Meetings to come that one is asked to and has not answered."""
    answered = MeetingAnswer.objects.filter(profile__user_id=user.pk).exclude(answer="")
    open_ones = meetings_of(user).filter(begins__gt=clock.now(), cancelled=None)
    return open_ones.exclude(pk__in=answered.order_by().values("meeting_id")).order_by("begins", "pk")


def decisions_for(user: Model) -> QuerySet[MeetingDecision]:
    """What one took on and has not said done, of meetings whose minutes one may read."""
    readable = Meeting.objects.visible_to(user).exclude(minutes_approved=None).order_by().values("pk")
    mine = MeetingDecision.objects.filter(responsible__user_id=user.pk, done=None, meeting__in=readable)
    return mine.select_related("meeting__partnership").order_by("due", "pk")


def without_minutes(user: Model) -> QuerySet[Meeting]:
    """Held lately by the partnerships one works for, and without approved minutes."""
    now = clock.now()
    runs = Seat.objects.current().filter(profile__user_id=user.pk, role__in=CALLS).order_by().values("partnership_id")
    held = Meeting.objects.visible_to(user).filter(partnership__in=runs, cancelled=None, minutes_approved=None)
    return held.filter(ends__lt=now, ends__gt=now - MINUTES_WITHIN).select_related("partnership").order_by("begins")
