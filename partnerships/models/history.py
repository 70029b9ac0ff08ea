"""Who did what, when and why; written by services in the same transaction as the act, never changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .names import PersonName
from .verbs import Verb, verbs


class HistoryEntry(models.Model):
    """One act. The name of who acted is kept, so that the story reads the same after they have left."""

    Verb = Verb

    at = models.DateTimeField(_("when"), default=clock.now, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="history", verbose_name=_("who")
    )
    actor_name = PersonName(_("name"), max_length=120, blank=True)
    verb = models.CharField(_("act"), max_length=40, choices=verbs)
    note = models.TextField(_("note"), blank=True)
    profile = models.ForeignKey("partnerships.Profile", models.SET_NULL, null=True, blank=True, related_name="history")
    organisation = models.ForeignKey(
        "partnerships.Organisation", models.SET_NULL, null=True, blank=True, related_name="history"
    )
    partnership = models.ForeignKey(
        "partnerships.Partnership", models.SET_NULL, null=True, blank=True, related_name="history"
    )
    application = models.ForeignKey(
        "partnerships.Application", models.CASCADE, null=True, blank=True, related_name="history"
    )
    membership = models.ForeignKey(
        "partnerships.Membership", models.CASCADE, null=True, blank=True, related_name="history"
    )
    invitation = models.ForeignKey(
        "partnerships.Invitation", models.CASCADE, null=True, blank=True, related_name="history"
    )
    participation = models.ForeignKey(
        "partnerships.Participation", models.CASCADE, null=True, blank=True, related_name="history"
    )
    post = models.ForeignKey("partnerships.Post", models.CASCADE, null=True, blank=True, related_name="history")
    room_document = models.ForeignKey(
        "partnerships.RoomDocument", models.CASCADE, null=True, blank=True, related_name="history"
    )
    meeting = models.ForeignKey("partnerships.Meeting", models.CASCADE, null=True, blank=True, related_name="history")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("history entry")
        verbose_name_plural = _("history")

    def __str__(self) -> str:
        return f"{self.actor_name}: {self.get_verb_display()}"
