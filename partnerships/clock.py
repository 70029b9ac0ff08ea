"""What time it is, asked in one place, so that the demo and the tests may tell a story that happened earlier."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import formats, timezone

_told: ContextVar[datetime | None] = ContextVar("told", default=None)


def now() -> datetime:
    """The current moment, time-zone aware."""
    return _told.get() or timezone.now()


def today() -> date:
    """The current day where the portal is, not in UTC."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block it is `moment`."""
    token = _told.set(moment)
    try:
        yield
    finally:
        _told.reset(token)


def local_day(moment: datetime) -> str:
    """The day of a moment, written as the reader's language writes it."""
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
