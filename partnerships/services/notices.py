"""A person has read what they were told."""

from django.db import models

from partnerships import clock
from partnerships.models import Notification


def mark_read(*, actor: models.Model, keys: list[int] | None = None) -> int:
    """These notices, or all, of this person and of nobody else."""
    mine = Notification.objects.of(actor).unread()
    wanted = mine if keys is None else mine.filter(pk__in=keys)
    return wanted.update(read=clock.now())
