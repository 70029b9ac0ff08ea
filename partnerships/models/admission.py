"""Asking to join a partnership, and the one decision that answers it."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership, Tier
from .organisations import Organisation
from .people import Profile


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> Self:
        return self.filter(state=Application.State.SENT)


class Application(models.Model):
    """An organisation asks to join; after a refusal it may ask again with a new application, and the old one stays to be read."""

    class State(models.TextChoices):
        SENT = "sent", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    OPEN = (State.SENT,)

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="applications", verbose_name=_("organisation")
    )
    applicant = models.ForeignKey(Profile, models.PROTECT, related_name="applications", verbose_name=_("applicant"))
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="applications", verbose_name=_("kind of membership"))
    message = models.TextField(_("why do you want to join?"), max_length=4000)
    message_html = models.TextField(editable=False, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.SENT)
    sent = models.DateTimeField(_("sent"), default=clock.now)
    promised = models.DateField(_("answer promised by"))

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                "partnership", "organisation", condition=models.Q(state="sent"), name="one_open_application"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:application", args=[self.partnership.slug, self.pk])

    @property
    def days_promised(self) -> int:
        return (self.promised - timezone.localdate(self.sent)).days

    @property
    def is_overdue(self) -> bool:
        return self.state in self.OPEN and self.promised < clock.today()


class Decision(models.Model):
    """The answer to an application. One to one in the database, so that two administrators at once leave one."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    application = models.OneToOneField(Application, models.CASCADE, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=4000)
    reason_html = models.TextField(editable=False, blank=True)
    decided_by = models.ForeignKey(Profile, models.PROTECT, related_name="decisions", verbose_name=_("decided by"))
    decided = models.DateTimeField(_("decided"), default=clock.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(reason=""), name="refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def days_taken(self) -> int:
        """From the day it was sent to the day it was answered."""
        return (timezone.localdate(self.decided) - timezone.localdate(self.application.sent)).days
