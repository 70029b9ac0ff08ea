"""Meetings of a partnership: who is asked, what they answer, what was decided."""

import uuid
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .audience import Audience, HasReaders, InARoom
from .people import Profile


class MeetingQuerySet(InARoom):
    def coming(self) -> Self:
        """Not over, the next first; what was called off stays in the calendar until its time has passed."""
        return self.filter(ends__gte=clock.now()).order_by("begins", "pk")

    def past(self) -> Self:
        return self.filter(ends__lt=clock.now()).order_by("-begins", "-pk")


class Meeting(HasReaders, models.Model):
    """`changes` counts what was told to those invited: calendars know by it which of two letters is the newer.

    Minutes are a draft for those who call meetings until they are approved; `minutes_public` and a decision's own
    switch say what of them everyone may read, where everyone may see the meeting.
    """

    Audience = Audience

    class Asked(models.TextChoices):
        MEMBERS = "members", _("All members")
        SEATED = "seated", _("Representatives and others with a seat")
        CHOSEN = "chosen", _("Those I choose")

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="meetings")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="meetings_called", verbose_name=_("called by"))
    audience = models.CharField(
        _("who may read it?"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )
    asked = models.CharField(_("whom do you invite?"), max_length=20, choices=Asked.choices, default=Asked.MEMBERS)
    title = models.CharField(_("title"), max_length=160)
    begins = models.DateTimeField(_("begins"))
    ends = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("link to take part from afar"), max_length=500, blank=True)
    agenda = models.TextField(_("agenda"), max_length=20_000, blank=True)
    agenda_html = models.TextField(editable=False, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    changes = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(default=clock.now, editable=False)
    cancelled = models.DateTimeField(_("called off"), null=True, blank=True)
    cancelled_because = models.CharField(_("why it was called off"), max_length=300, blank=True)
    minutes = models.TextField(_("minutes"), max_length=60_000, blank=True)
    minutes_html = models.TextField(editable=False, blank=True)
    minutes_approved = models.DateTimeField(_("minutes approved"), null=True, blank=True)
    minutes_public = models.BooleanField(_("everyone may read the minutes"), default=False)
    removed = models.DateTimeField(_("taken down"), null=True, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-begins", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        indexes = [models.Index(fields=["partnership", "-begins"], name="meetings_of_a_partnership")]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("begins")), name="meeting_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:meeting", args=[self.partnership.slug, self.pk])

    @property
    def has_begun(self) -> bool:
        return self.begins <= clock.now()


class MeetingAnswer(models.Model):
    """One person who is asked, and what they last said; empty until they do."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        MAYBE = "maybe", _("Maybe")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="answers")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="meeting_answers")
    answer = models.CharField(max_length=8, choices=Answer.choices, blank=True)
    answered = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["profile__sort_key"]
        constraints = [models.UniqueConstraint(fields=["meeting", "profile"], name="one_answer_to_a_meeting")]
        verbose_name = _("answer to an invitation")
        verbose_name_plural = _("answers to invitations")

    def __str__(self) -> str:
        return f"{self.profile}: {self.get_answer_display()}"


class MeetingDecision(models.Model):
    """What a meeting decided: who sees to it, by when, and whether it is done."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("what was decided"), max_length=1000)
    responsible = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="meeting_decisions", verbose_name=_("who does it")
    )
    due = models.DateField(_("by when"), null=True, blank=True)
    done = models.DateTimeField(_("done"), null=True, blank=True)
    is_public = models.BooleanField(_("everyone may read it"), default=False)

    class Meta:
        ordering = ["meeting", "order", "pk"]
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")

    def __str__(self) -> str:
        return self.text


class CalendarAddress(models.Model):
    """The half of a private calendar address that is kept; the other half is made of it with the portal's secret."""

    profile = models.OneToOneField(Profile, models.CASCADE, related_name="calendar_address")
    key = models.CharField(max_length=32, unique=True)
    made = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.profile_id)
