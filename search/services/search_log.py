"""The log of searches: written in bulk, and forgotten after so many days."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from partnerships import clock
from search.models import LoggedSearch


@transaction.atomic
def keep(*, rows: Iterable[Mapping[str, Any]]) -> None:
    """Whoever writes also forgets, so that nothing stays too long where no timer runs."""
    LoggedSearch.objects.bulk_create([LoggedSearch(**row) for row in rows], batch_size=500)
    forget_old()


def forget_old() -> int:
    """Returns how many rows were too old."""
    before = clock.now() - timedelta(days=settings.SEARCH_LOG_DAYS)
    return LoggedSearch.objects.older_than(before).delete()[0]
