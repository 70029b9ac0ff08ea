"""What a person was told in the site itself."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock


class NotificationQuerySet(models.QuerySet["Notification"]):
    def of(self, user: models.Model) -> Self:
        """Nobody sees another's."""
        return self.filter(recipient_id=user.pk)

    def unread(self) -> Self:
        return self.filter(read=None)


class Notification(models.Model):
    """One thing told to one person. The text names nothing that its reader might lose the right to see: what it leads
    to is asked for anew when it is opened."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", verbose_name=_("recipient")
    )
    kind = models.CharField(_("kind"), max_length=40)
    text = models.CharField(_("text"), max_length=300)
    language = models.CharField(_("language"), max_length=8)
    address = models.CharField(_("address"), max_length=500)
    created = models.DateTimeField(_("told"), default=clock.now)
    follow = models.ForeignKey(
        "partnerships.Follow", models.CASCADE, null=True, blank=True, related_name="notifications"
    )
    count = models.PositiveIntegerField(default=1, editable=False)
    read = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index("recipient", condition=models.Q(read=None), name="unread_notifications")]

    def __str__(self) -> str:
        return self.text
