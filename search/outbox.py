"""What has changed and is not yet in the index. A row and the change it stands for are one transaction."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet

from search.models import OutboxRow, WriteVersion, WrittenRow

AT_ONCE = 500
"""A database takes so many values in one statement without complaint."""
KEPT_VERSIONS = 1_000
"""So many drawn numbers stay, so that those who draw at once never delete the same row."""


def put(keys: Iterable[str]) -> None:
    """Asks for these ids to be made equal to the database."""
    rows = [OutboxRow(key=key) for key in dict.fromkeys(keys) if key]
    OutboxRow.objects.bulk_create(rows, batch_size=AT_ONCE)


def waiting() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(attempts__lt=OutboxRow.MOST_ATTEMPTS).order_by("pk")


def parked() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(attempts__gte=OutboxRow.MOST_ATTEMPTS).order_by("pk")


@contextmanager
def claimed(most: int) -> Iterator[list[OutboxRow]]:
    """The next rows. Where the database can, two workers never take the same; where not, the engine's lock sees to it."""
    if not connection.features.has_select_for_update_skip_locked:
        yield list(waiting()[:most])
        return
    with transaction.atomic():
        yield list(waiting().select_for_update(skip_locked=True)[:most])


def settle(rows: Iterable[OutboxRow]) -> None:
    """Written; and, in the same transaction, remembered for those who saved a search that may find it."""
    rows = list(rows)
    with transaction.atomic():
        for first in range(0, len(rows), AT_ONCE):
            _settle(rows[first : first + AT_ONCE])


def _settle(rows: list[OutboxRow]) -> None:
    """What parked earlier for the same things is settled with them."""
    keys, newest = dict.fromkeys(row.key for row in rows), max(row.pk for row in rows)
    WrittenRow.objects.bulk_create([WrittenRow(key=key) for key in keys])
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    parked().filter(key__in=list(keys), pk__lt=newest).delete()


def draw_version() -> int:
    """Drawn before the database is read: who read later has the higher, so an older state never replaces a newer one."""
    drawn = WriteVersion.objects.create().pk
    WriteVersion.objects.filter(pk__lt=drawn - KEPT_VERSIONS).delete()
    return drawn


def failed(row: OutboxRow, error: Exception) -> None:
    """After eight attempts a row parks: it is kept to be seen, and no longer holds up the others."""
    row.attempts, row.last_error = row.attempts + 1, str(error)[:300]
    row.save(update_fields=["attempts", "last_error"])
