"""After the index was written, those who want to know at once are told: in a thread, never in somebody's request."""

import logging
import threading

from django.conf import settings
from django.db import connection

from search import indexing
from search.models import SavedSearch
from search.services import alerts

log = logging.getLogger(__name__)
_wanted = threading.Event()
_one_at_a_time = threading.Lock()


def connect() -> None:
    indexing.AFTERWARDS[:] = [soon] if settings.TELLS_AT_ONCE else []


def soon() -> None:
    _wanted.set()
    threading.Thread(target=_tell, name="alerts", daemon=True).start()


def _tell() -> None:
    """Who comes while another tells is told of by the one that waits."""
    try:
        with _one_at_a_time:
            if _wanted.is_set():
                _wanted.clear()
                tell_now()
    finally:
        connection.close()


def tell_now() -> None:
    """A failure is no reason to stop what called; all of it waits for the next time."""
    try:
        alerts.tell(SavedSearch.Rhythm.AT_ONCE)
    except Exception:
        log.exception("What is new could not be told; it is tried again")
