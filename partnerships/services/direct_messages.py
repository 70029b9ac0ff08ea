"""Writing to a person or an organisation without seeing the address.

The mail goes out in the portal's name; the answer goes to the sender's own confirmed address. What was written is kept
here for as long as it may be reported, and is then wiped.
"""

from datetime import timedelta

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import Block, DirectMessage, HistoryEntry, Organisation, Profile, Report
from partnerships.told import direct_messages as told

from .history import record
from .people import profile_of
from .refusals import NotAllowed, WrongState
from .typed import line, lines

Verb = HistoryEntry.Verb
A_DAY = timedelta(days=1)
FROM_ONE, FROM_ONE_TO_ONE, TO_ONE = 10, 3, 20
"""How many a day: of one sender, of one sender to one receiver, and to one person or organisation."""
WORDS_KEPT = timedelta(days=30)
KEPT = timedelta(days=365)


@transaction.atomic
def write_to_person(
    *, person: Profile, actor: models.Model, subject: str, text: str, copy: bool = False
) -> DirectMessage:
    """Only to those who agreed to it and can be reached."""
    if not Profile.objects.may_be_written_to().visible_to(actor).filter(pk=person.pk).exists():
        raise NotAllowed(_("This person cannot be written to from here."))
    if person.user_id == actor.pk:
        raise NotAllowed(_("This is yourself."))
    return _write(DirectMessage(person=person), actor, subject, text, copy)


@transaction.atomic
def write_to_organisation(
    *, organisation: Organisation, actor: models.Model, subject: str, text: str, copy: bool = False
) -> DirectMessage:
    """To the shared mailbox, where one is given."""
    if not organisation.mailbox:
        raise NotAllowed(_("The organisation has no shared mailbox."))
    return _write(DirectMessage(organisation=organisation), actor, subject, text, copy)


def _write(direct_message: DirectMessage, actor: models.Model, subject: str, text: str, copy: bool) -> DirectMessage:
    direct_message.sender = profile_of(actor)
    answers_to = confirmed_address(actor)
    if not answers_to:
        raise NotAllowed(_("Confirm your e-mail address first: the answer goes there."))
    direct_message.subject = line(subject, field="subject", longest=160, required=True)
    direct_message.text = lines(text, field="text", longest=5000, required=True)
    direct_message.sent = clock.now()
    _one_after_the_other(direct_message)
    _may_still_write(direct_message)
    direct_message.save()
    record(Verb.DIRECT_MESSAGE_SENT, actor, profile=direct_message.person)
    told.direct_message_sent(direct_message, answers_to, copy=copy)
    return direct_message


def confirmed_address(user: models.Model) -> str:
    """The account's own address, once its owner has shown that mail arrives there."""
    return user.email if user.emailaddress_set.filter(email__iexact=user.email, verified=True).exists() else ""


def _one_after_the_other(direct_message: DirectMessage) -> None:
    """Sender and receiver are held, the smaller number first, so that what is counted still holds."""
    people = sorted(filter(None, {direct_message.sender.pk, direct_message.person_id}))
    list(Profile.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    if direct_message.organisation_id:
        Organisation.objects.select_for_update().get(pk=direct_message.organisation_id)


def _may_still_write(direct_message: DirectMessage) -> None:
    to = {"person": direct_message.person, "organisation": direct_message.organisation}
    if Report.objects.upheld().filter(stops_writing=True, direct_message__sender=direct_message.sender).exists():
        raise NotAllowed(_("You may not write to others any more. The municipality decided so after a report."))
    if Block.objects.filter(sender=direct_message.sender, **to).exists():
        raise NotAllowed(_("You cannot write to this receiver."))
    lately = DirectMessage.objects.filter(sent__gt=direct_message.sent - A_DAY)
    sent = lately.filter(sender=direct_message.sender)
    if sent.count() >= FROM_ONE or sent.filter(**to).count() >= FROM_ONE_TO_ONE:
        raise WrongState(_("You have written often today. Wait until tomorrow."))
    if lately.filter(**to).count() >= TO_ONE:
        raise WrongState(_("This receiver has got many messages today. Wait until tomorrow."))


@transaction.atomic
def block(*, direct_message: DirectMessage, actor: models.Model) -> Block:
    """The receiver hears no more from this sender. Twice is once."""
    if not permissions.receives(actor, direct_message):
        raise NotAllowed(_("Only the receiver can block the sender."))
    _one_after_the_other(direct_message)
    to = {"person": direct_message.person, "organisation": direct_message.organisation}
    blocked, is_new = Block.objects.get_or_create(sender=direct_message.sender, **to)
    if is_new:
        record(Verb.SENDER_BLOCKED, actor, profile=direct_message.person)
    return blocked


@transaction.atomic
def unblock(*, block: Block, actor: models.Model) -> None:
    if not Block.objects.to(actor).filter(pk=block.pk).exists():
        raise NotAllowed(_("Only who blocked the sender can take it back."))
    if Block.objects.filter(pk=block.pk).delete()[0]:
        record(Verb.SENDER_UNBLOCKED, actor, profile=block.person)


def forget_old() -> int:
    """Once a day: wipes the words of what is older than 30 days, and lets go of what is older than a year. What is
    reported waits for its decision."""
    now = clock.now()
    decided = DirectMessage.objects.exclude(reports__in=Report.objects.waiting())
    decided.filter(sent__lt=now - KEPT).delete()
    old = decided.filter(sent__lt=now - WORDS_KEPT, wiped=None)
    return DirectMessage.objects.filter(pk__in=list(old.values_list("pk", flat=True))).update(
        subject="", text="", wiped=now
    )
