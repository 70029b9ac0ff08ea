"""Mail that came back: its address gets no more, and the person is told in the site."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from partnerships import bounces, clock
from partnerships.languages import language_of
from partnerships.models import DeadAddress, HistoryEntry, Notification, OutgoingMail

from .history import record
from .refusals import NotAllowed

NOTICE = "mail_bounced"


@transaction.atomic
def take(*, raw: bytes) -> DeadAddress | None:
    """A report that a mail server sent. Only one that carries the key of a mail of ours to that address counts:
    anybody can write to the mailbox that takes bounces. None where it says nothing about us, or nothing final."""
    report = bounces.read(raw)
    if report is None:
        return None
    mail = OutgoingMail.objects.filter(message_key__in=report.message_keys).first()
    if mail is None or not report.is_about(mail.address):
        return None
    return mark_dead(address=mail.address, reason=report.reason, answer=report.answer)


def mark_dead(*, address: str, reason: str, answer: str = "") -> DeadAddress:
    """Twice is once."""
    fields: dict[str, Any] = {"reason": reason, "answer": answer[:200], "since": clock.now()}
    dead, is_new = DeadAddress.objects.get_or_create(address=address.lower(), defaults=fields)
    user = get_user_model().objects.filter(email__iexact=address).first()
    if is_new and user is not None:
        _tell_in_the_site(user)
    return dead


@transaction.atomic
def lift(*, address: str, actor: models.Model) -> None:
    """The person themselves says that their address works again, or staff does."""
    own = actor.is_authenticated and actor.email.lower() == address.lower()
    if not own and not actor.has_perm("partnerships.change_outgoingmail"):
        raise NotAllowed(_("Only the person and the site's administrators may do that."))
    deleted, _rows = DeadAddress.objects.filter(address=address.lower()).delete()
    if deleted:
        record(HistoryEntry.Verb.ADDRESS_WORKS, actor)


def forget(*, address: str) -> None:
    """Somebody has shown that they read what is sent there."""
    DeadAddress.objects.filter(address=address.lower()).delete()


def _tell_in_the_site(user: models.Model) -> None:
    language = language_of(user)
    with translation.override(language):
        Notification.objects.create(
            recipient=user,
            kind=NOTICE,
            text=_("Our mail to you comes back. Change your address, or say that it works again."),
            language=language,
            address=reverse("following"),
        )
