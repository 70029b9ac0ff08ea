"""Every act leaves a row, written in the same transaction as the act; what is news goes with it to who follows."""

from django.db import models

from partnerships import clock
from partnerships.models import HistoryEntry

from .news import tell_of_act


def name_of(user: models.Model | None) -> str:
    """The name others know this user by: the profile's, else the account's."""
    if user is None:
        return ""
    profile = getattr(user, "profile", None) if user.pk else None
    return (profile.name if profile else str(user))[:120]


def record(
    verb: HistoryEntry.Verb, actor: models.Model | None, *, note: str = "", **things: models.Model
) -> HistoryEntry:
    """Keeps who did what to which things. `things` are the entry's own foreign keys."""
    entry = HistoryEntry.objects.create(
        verb=verb, actor=actor, actor_name=name_of(actor), note=note, at=clock.now(), **things
    )
    tell_of_act(entry)
    return entry
