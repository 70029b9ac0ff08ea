"""Mail that is to leave: put in the transaction of the act, sent after the commit, tried again, given up in the open.

A mail is claimed alone and in the database before the server gets it. Killed before the claim, it waits and is sent by
the next run; killed after it, nobody knows whether it left: it is never sent a second time by itself, and staff see it.
"""

import logging
import smtplib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.models import DeadAddress, HistoryEntry, OutgoingMail

from .bounces import mark_dead
from .history import record
from .refusals import NotAllowed, WrongState

log = logging.getLogger(__name__)
State = OutgoingMail.State
MINUTES = (1, 5, 15, 60, 240, 720, 1440)
"""The pauses before a failed mail is tried again; after the last it is given up, about 41 hours after it was written."""
IN_DOUBT_AFTER = timedelta(minutes=15)
WRITTEN_ANEW_AFTER = timedelta(minutes=2)
AT_ONCE, READ_AT_ONCE = 200, 25
ACCOUNT = "account:"
"""How the kinds of mails about signing in begin."""
KEPT, STOPPED_KEPT = timedelta(days=30), timedelta(days=90)


@dataclass(frozen=True)
class Written:
    """A mail as it is read."""

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)


WRITE_ANEW: dict[str, Callable[[OutgoingMail], Written | None]] = {}
"""By kind: how a mail that waited is written with what its reader may see now; None where nothing is left to tell."""

GONE_WHEN_SENT = {"left_everything"}
"""Kinds to somebody whose address is kept nowhere once they have been told."""

WRITTEN_AT_SENDING: set[str] = set()
"""Kinds that say something which is never kept, such as a key; the mail that waits is empty."""


# --- Putting


def put(
    *,
    address: str,
    kind: str,
    written: Written,
    language: str,
    recipient: models.Model | None = None,
    made_of: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> OutgoingMail | None:
    """Waits until the transaction is committed, and is then sent. To an address that bounced nothing is put."""
    if not address or (DeadAddress.objects.hold(address) and not _is_tried_anyhow(kind)):
        return None
    mail = OutgoingMail.objects.create(
        recipient=recipient,
        address=address,
        kind=kind,
        language=language,
        subject=written.subject[:300],
        text=written.text,
        html=written.html,
        headers=dict(written.headers),
        made_of=dict(made_of or {}),
        until=until,
    )
    transaction.on_commit(lambda: deliver([mail.pk]), robust=True)
    return mail


# --- Sending


def send_due() -> int:
    """All that is due, for a worker or a timer; how many were sent. What hangs from a killed process is put in doubt."""
    OutgoingMail.objects.filter(state=State.SENDING, claimed__lt=clock.now() - IN_DOUBT_AFTER).update(
        state=State.UNCERTAIN
    )
    return sum(deliver(keys) for keys in _due())


def _due() -> Iterator[list[int]]:
    """A mail that fails is due later, so that this comes to an end."""
    while keys := list(OutgoingMail.objects.due().order_by("due", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield keys


def deliver(keys: Iterable[int]) -> int:
    """Those of these that wait, one after the other over one connection."""
    connection, keys = get_connection(), list(keys)
    try:
        return sum(_deliver_some(keys[first : first + READ_AT_ONCE], connection) for first in _parts(keys))
    finally:
        _close(connection)


def _parts(keys: list[int]) -> range:
    return range(0, len(keys), READ_AT_ONCE)


def _deliver_some(keys: list[int], connection: BaseEmailBackend) -> int:
    """What is looked up for several at once is as old as the few mails before."""
    mails = OutgoingMail.objects.select_related("recipient").in_bulk(keys)
    dead = DeadAddress.objects.among(mail.address for mail in mails.values())
    return sum(_deliver(mails[key], connection, dead) for key in keys if key in mails)


def _deliver(mail: OutgoingMail, connection: BaseEmailBackend, dead: set[str]) -> bool:
    """Whoever gets the mark onto the row sends it; everybody else leaves it alone."""
    now = clock.now()
    if not OutgoingMail.objects.due().filter(pk=mail.pk).update(state=State.SENDING, claimed=now):
        return False
    try:
        if _helps_nobody(mail, now, dead) or not _is_up_to_date(mail, now):
            _over(mail, State.DROPPED)
            return False
        connection.open()
        message_of(mail, connection).send()
    except Exception as error:
        _failed(mail, error)
        _close(connection)
        return False
    _over(mail, State.SENT)
    return True


def _helps_nobody(mail: OutgoingMail, now: datetime, dead: set[str]) -> bool:
    gone = mail.recipient is not None and not mail.recipient.is_active
    late = mail.until is not None and mail.until < now
    return gone or late or (mail.address.lower() in dead and not _is_tried_anyhow(mail.kind))


def _is_tried_anyhow(kind: str) -> bool:
    """A mail about the account: without it one could never sign in and mend the address."""
    return kind.startswith(ACCOUNT)


def _is_up_to_date(mail: OutgoingMail, now: datetime) -> bool:
    """Written anew where it waited and what it tells depends on what its reader may see."""
    anew = WRITE_ANEW.get(mail.kind)
    is_fresh = mail.created > now - WRITTEN_ANEW_AFTER and mail.kind not in WRITTEN_AT_SENDING
    if anew is None or is_fresh:
        return True
    written = anew(mail)
    if written is None:
        return False
    mail.subject, mail.text, mail.html, mail.headers = (
        written.subject[:300],
        written.text,
        written.html,
        dict(written.headers),
    )
    return True


def message_of(mail: OutgoingMail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Bounces come back to the address that takes them, where there is one."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    headers = {"Message-ID": f"<{mail.message_key}@{host}>", "Auto-Submitted": "auto-generated", **mail.headers}
    sender = settings.BOUNCE_ADDRESS or settings.DEFAULT_FROM_EMAIL
    if settings.BOUNCE_ADDRESS:
        headers["From"] = settings.DEFAULT_FROM_EMAIL
    message = EmailMultiAlternatives(
        mail.subject, mail.text, sender, to=[mail.address], headers=headers, connection=connection
    )
    message.attach_alternative(mail.html, "text/html")
    return message


def _over(mail: OutgoingMail, state: State) -> None:
    """Nothing of what it said is kept."""
    if mail.kind in GONE_WHEN_SENT:
        OutgoingMail.objects.filter(pk=mail.pk).delete()
        return
    sent = clock.now() if state == State.SENT else None
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state, sent=sent, subject="", text="", html="", headers={}, made_of={}, last_error=""
    )


def _failed(mail: OutgoingMail, error: Exception) -> None:
    """Trouble is waited out; an address that the server refuses for good is not."""
    log.warning("Mail %s of kind %s could not be sent: %s", mail.pk, mail.kind, type(error).__name__)
    attempts = mail.attempts + 1
    refused = _refused_for_good(error)
    waits = not refused and attempts <= len(MINUTES)
    due = clock.now() + timedelta(minutes=MINUTES[attempts - 1]) if waits else mail.due
    state = State.WAITING if waits else State.FAILED
    with transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(
            state=state, attempts=attempts, due=due, last_error=_answer(error)
        )
        if refused:
            mark_dead(address=mail.address, reason=DeadAddress.Reason.BOUNCED, answer=_answer(error))


def _refused_for_good(error: Exception) -> bool:
    if not isinstance(error, smtplib.SMTPRecipientsRefused):
        return False
    return all(500 <= code < 600 for code, _said in error.recipients.values())


def _answer(error: Exception) -> str:
    """What the server said, for staff; never what the mail says."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        said = "; ".join(f"{code} {_text(text)}" for code, text in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        said = f"{error.smtp_code} {_text(error.smtp_error)}"
    else:
        said = str(error) if isinstance(error, OSError) else ""
    return " ".join(f"{type(error).__name__}: {said}".split())[:200]


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        log.info("The mail server had closed already")


# --- Afterwards


@transaction.atomic
def send_again(*, mail: OutgoingMail, actor: models.Model) -> OutgoingMail:
    """Staff, for a mail that was given up or is in doubt. It begins anew, with all its attempts."""
    if not actor.has_perm("partnerships.change_outgoingmail"):
        raise NotAllowed(_("Only the site's administrators may send a mail again."))
    mail = OutgoingMail.objects.select_for_update().get(pk=mail.pk)
    if mail.state not in OutgoingMail.STOPPED:
        raise WrongState(_("The mail waits or is sent already."))
    if DeadAddress.objects.hold(mail.address):
        raise WrongState(_("Mail to this address comes back. Say first that it works again."))
    mail.state, mail.due, mail.attempts, mail.claimed = State.WAITING, clock.now(), 0, None
    mail.save(update_fields=["state", "due", "attempts", "claimed"])
    record(HistoryEntry.Verb.MAIL_SENT_AGAIN, actor, note=f"{mail.kind} {mail.pk}")
    transaction.on_commit(lambda: deliver([mail.pk]), robust=True)
    return mail


def forget_old() -> int:
    """That a mail was sent is kept as long as it may bounce; one that was given up, as long as somebody may look."""
    now = clock.now()
    over = OutgoingMail.objects.filter(state__in=OutgoingMail.OVER, created__lt=now - KEPT)
    stopped = OutgoingMail.objects.filter(state__in=OutgoingMail.STOPPED, created__lt=now - STOPPED_KEPT)
    return over.delete()[0] + stopped.delete()[0]
