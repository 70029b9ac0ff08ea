"""Mail that is to leave, and addresses that no mail reaches."""

import secrets
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock


def new_message_key() -> str:
    """Stands in the mail's Message-ID; who sends it back has seen the mail, for nobody can guess it."""
    return secrets.token_hex(16)


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self) -> Self:
        return self.filter(state=OutgoingMail.State.WAITING, due__lte=clock.now())

    def for_staff(self) -> Self:
        """What did not leave by itself: given up, in doubt, or failed at least once and waiting to be tried again."""
        tried = models.Q(state=OutgoingMail.State.WAITING, attempts__gt=0)
        return self.filter(tried | models.Q(state__in=OutgoingMail.STOPPED))


class OutgoingMail(models.Model):
    """One mail to one address, written in the transaction of what it tells. What it says is wiped when it has left.

    `key`: the same thing is never put twice. `made_of`: from which a mail that waited long is written anew, so that it
    tells only what its reader may see when it leaves. `until`: after that it helps nobody.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        DROPPED = "dropped", _("Not needed any more")
        FAILED = "failed", _("Given up")
        UNCERTAIN = "uncertain", _("Perhaps sent")

    STOPPED = (State.FAILED, State.UNCERTAIN)
    OVER = (State.SENT, State.DROPPED)

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name=_("recipient"),
    )
    address = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=8)
    subject = models.CharField(_("subject"), max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    made_of = models.JSONField(default=dict, blank=True)
    key = models.CharField(max_length=100, null=True, blank=True, unique=True)
    message_key = models.CharField(max_length=32, default=new_message_key, db_index=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    created = models.DateTimeField(_("written"), default=clock.now)
    due = models.DateTimeField(_("to be sent"), default=clock.now)
    until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claimed = models.DateTimeField(null=True, blank=True)
    sent = models.DateTimeField(_("sent"), null=True, blank=True)
    last_error = models.CharField(_("last answer"), max_length=200, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        indexes = [models.Index(fields=["state", "due"], name="mail_to_be_sent")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class DeadAddressQuerySet(models.QuerySet["DeadAddress"]):
    def hold(self, address: str) -> bool:
        return self.filter(address=address.lower()).exists()

    def among(self, addresses: Iterable[str]) -> set[str]:
        wanted = {address.lower() for address in addresses}
        return set(self.filter(address__in=wanted).values_list("address", flat=True))


class DeadAddress(models.Model):
    """An address that sent our mail back, or whose owner complained of it. No further mail goes there."""

    class Reason(models.TextChoices):
        BOUNCED = "bounced", _("the mail came back")
        COMPLAINT = "complaint", _("the receiver called it spam")

    address = models.EmailField(_("e-mail address"), unique=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    since = models.DateTimeField(_("since"), default=clock.now)

    objects = DeadAddressQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = _("dead address")
        verbose_name_plural = _("dead addresses")

    def __str__(self) -> str:
        return self.address
