"""A visitor waits once, however many questions one search puts to the server."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from .base import EngineFailed

_until: ContextVar[float] = ContextVar("until", default=math.inf)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """All questions inside it together may take this long."""
    token = _until.set(min(_until.get(), time.monotonic() + seconds))
    try:
        yield
    finally:
        _until.reset(token)


def patience(most: float) -> float:
    """How many seconds the next question may take; raises EngineFailed when none are left."""
    left = _until.get() - time.monotonic()
    if left <= 0:
        raise EngineFailed("one search has waited long enough")
    return min(most, left)
