"""A person's name and address in texts that the portal wrote itself: notices, waiting mails, notes of the history, sessions."""

import re
from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model, Q
from wagtail.models import ModelLogEntry

from partnerships.models import DeadAddress, HistoryEntry, Invitation, Membership, Notification, OutgoingMail, Profile
from partnerships.models.names import Former

WRITTEN = (
    (Notification, ("text",)),
    (HistoryEntry, ("note",)),
    (OutgoingMail, ("subject", "text", "html", "last_error")),
)


def forget_address(address: str, former: Former) -> None:
    """Mail to it goes unsent, invitations to it are void."""
    OutgoingMail.objects.filter(address__iexact=address).delete()
    DeadAddress.objects.filter(address__iexact=address).delete()
    invited = Invitation.objects.filter(email__iexact=address)
    invited.filter(state=Invitation.State.SENT).delete()
    invited.update(email="", name="", message="")
    _replace(address, former)


def forget_name(name: str, slug: str, former: Former) -> None:
    _replace(name, former)
    Notification.objects.filter(address__contains=f"/{slug}/").delete()
    HistoryEntry.objects.filter(actor=None, actor_name=name).update(actor_name=former)


def forget_in_editors_log(profile: Profile, memberships: Iterable[Membership], former: Former) -> None:
    """Editors' screens keep what a thing was called when they changed it."""
    for thing in (profile, *memberships):
        kind = ContentType.objects.get_for_model(thing)
        ModelLogEntry.objects.filter(content_type=kind, object_id=str(thing.pk)).update(label=str(former))


def end_sessions(user_pk: int) -> None:
    """Their rows too, which name how one signed in. They last half a day, so that there are few."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user_pk):
            session.delete()


def _replace(word: str, former: Former) -> None:
    """Only the whole word: "Bo" stands in "Bolig" too."""
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    for model, fields in WRITTEN:
        holds = Q(*[(f"{field}__icontains", word) for field in fields], _connector=Q.OR)
        for row in model.objects.filter(holds):
            _rewrite(row, fields, whole, former)


def _rewrite(row: Model, fields: Iterable[str], whole: re.Pattern[str], former: Former) -> None:
    for field in fields:
        longest = row._meta.get_field(field).max_length
        setattr(row, field, whole.sub(str(former), getattr(row, field))[:longest])
    row.save(update_fields=list(fields))
