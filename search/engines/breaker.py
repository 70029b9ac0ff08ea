"""A server that does not answer is left alone for a while, so that not every visitor waits for it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from .base import EngineFailed

FAILURES = 3
SECONDS = 3.0


class Breaker:
    """After three failures in a row nothing is asked for three seconds; then one caller tries for all."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around a call; raises EngineFailed instead of making it while the server is left alone."""
        if not self._may_try():
            raise EngineFailed("the engine did not answer just now and is left alone")
        try:
            yield
        except EngineFailed:
            self._failed()
            raise
        with self._lock:
            self._failures = 0

    def _may_try(self) -> bool:
        with self._lock:
            if self._failures < FAILURES:
                return True
            if self._now() < self._closed_until:
                return False
            self._closed_until = self._now() + SECONDS
            return True

    def _failed(self) -> None:
        with self._lock:
            self._failures += 1
            self._closed_until = self._now() + SECONDS
