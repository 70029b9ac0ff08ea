"""What has changed and is not yet in the index. A row and the change it stands for are one transaction."""

from collections.abc import Iterable

from django.db.models import QuerySet

from search.models import Generation, OutboxRow


def put(keys: Iterable[str]) -> None:
    """Asks for these ids to be made equal to the database."""
    rows = [OutboxRow(key=key) for key in dict.fromkeys(keys) if key]
    OutboxRow.objects.bulk_create(rows, batch_size=500)


def waiting() -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(written=False, attempts__lt=OutboxRow.MOST_ATTEMPTS).order_by("pk")


def settle(rows: Iterable[OutboxRow]) -> None:
    """A rebuild under way has to see what was written meanwhile, so then rows are kept until it ends."""
    done = OutboxRow.objects.filter(pk__in=[row.pk for row in rows])
    if Generation.objects.building().exists():
        done.update(written=True)
    else:
        done.delete()


def failed(row: OutboxRow, error: Exception) -> None:
    """After eight attempts a row parks: it is kept to be seen, and no longer holds up the others."""
    row.attempts, row.last_error = row.attempts + 1, str(error)[:300]
    row.save(update_fields=["attempts", "last_error"])
