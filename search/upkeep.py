"""Carries out what editors asked of the index, outside any request: in the worker, or in this process's own thread."""

import logging
import threading

from django.conf import settings
from django.db import connection, transaction

from search import indexing
from search.models import IndexRequest
from search.services import alerts, upkeep

log = logging.getLogger(__name__)


def carry_out_soon() -> None:
    """Where no worker runs, the process that was asked does it."""
    if settings.KEEPS_THE_TIMETABLE:
        transaction.on_commit(_in_a_thread, robust=True)


def _in_a_thread() -> None:
    threading.Thread(target=_then_close, name="upkeep", daemon=True).start()


def _then_close() -> None:
    try:
        carry_out()
    finally:
        connection.close()


def carry_out() -> int:
    """Everything that waits, one after the other; returns how much was done."""
    done = 0
    for request in IndexRequest.objects.waiting():
        if upkeep.begin(request=request):
            _one(request)
            done += 1
    return done


def _one(request: IndexRequest) -> None:
    try:
        if request.act == IndexRequest.Act.REBUILD:
            indexing.rebuild(lambda done, total: upkeep.still_works(request=request))
            alerts.compare()
        else:
            upkeep.run_audit(by=request.by)
    except Exception as error:
        log.exception("%s was asked for and failed", request.act)
        upkeep.end(request=request, error=str(error) or type(error).__name__)
    else:
        upkeep.end(request=request)
