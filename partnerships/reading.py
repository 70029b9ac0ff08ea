"""When documents are read: after the commit of an upload, by a thread where this process does its own work."""

import logging
import threading
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from partnerships.models import Document
from partnerships.services import documents

log = logging.getLogger(__name__)
_wanted = threading.Event()
_one = threading.Lock()


def document_saved(instance: Document, raw: bool = False, **kwargs: Any) -> None:
    """Editors' screens, commands and the demo all end in a save."""
    if raw or not instance.file:
        return
    documents.ask_to_read(document=instance)
    if settings.READS_DOCUMENTS:
        transaction.on_commit(read_soon, robust=True)


def read_soon() -> None:
    """A thread already at work looks once more before it ends."""
    _wanted.set()
    threading.Thread(target=_read, name="documents", daemon=True).start()


def _read() -> None:
    try:
        while _wanted.is_set() and _one.acquire(blocking=False):
            try:
                _wanted.clear()
                documents.read_waiting()
            finally:
                _one.release()
    except Exception:
        log.exception("Documents could not be read; what waits is tried again")
    finally:
        connection.close()
