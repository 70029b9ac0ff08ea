"""Something is wrong with what somebody wrote or says of themselves: reported, and decided by the municipality."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .direct_messages import DirectMessage
from .people import Profile

ONE_ITEM = models.Q(direct_message=None, profile__isnull=False) | models.Q(direct_message__isnull=False, profile=None)


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> Self:
        return self.filter(state=Report.State.OPEN)

    def about_others(self, user: models.Model) -> Self:
        """Not about what this user wrote or says of themselves: who is reported is not told by whom."""
        return self.exclude(direct_message__sender__user_id=user.pk).exclude(profile__user_id=user.pk)

    def upheld(self) -> Self:
        return self.filter(state=Report.State.UPHELD)


class Report(models.Model):
    """Names the exact item. `stops_writing`: with the decision its sender may write to nobody any more."""

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for a decision")
        UPHELD = "upheld", _("Upheld")
        DISMISSED = "dismissed", _("Dismissed")

    class Reason(models.TextChoices):
        ADVERTISING = "advertising", _("Advertising or spam")
        OFFENSIVE = "offensive", _("Offensive or threatening")
        PRIVATE = "private", _("Private information about somebody")
        FALSE = "false", _("Pretends to be somebody else")
        OTHER = "other", _("Something else")

    reporter = models.ForeignKey(Profile, models.CASCADE, related_name="reports", verbose_name=_("reported by"))
    direct_message = models.ForeignKey(DirectMessage, models.CASCADE, null=True, blank=True, related_name="reports")
    profile = models.ForeignKey(Profile, models.CASCADE, null=True, blank=True, related_name="reports_of")
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    words = models.TextField(_("what is wrong?"), max_length=2000, blank=True)
    made = models.DateTimeField(_("reported"), default=clock.now)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="reports_decided", verbose_name=_("decided by")
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    stops_writing = models.BooleanField(_("the sender may not write any more"), default=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["made", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(condition=ONE_ITEM, name="report_names_one_item"),
            models.CheckConstraint(
                condition=models.Q(state="open") | models.Q(decided__isnull=False), name="decided_report_has_a_time"
            ),
            models.UniqueConstraint("reporter", "direct_message", name="direct_message_reported_once"),
            models.UniqueConstraint(
                "reporter", "profile", condition=models.Q(state="open"), name="one_open_report_of_a_profile"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_reason_display()}: {self.about}"

    def get_absolute_url(self) -> str:
        return reverse("report", args=[self.pk])

    @property
    def about(self) -> Profile:
        """Whose words or page it is about."""
        return self.direct_message.sender if self.direct_message_id else self.profile

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
