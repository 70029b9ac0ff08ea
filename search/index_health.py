"""How the index is: what it owes the database, which generations there are, what was asked of it and what came of it."""

from collections.abc import Mapping
from typing import Any

from search import outbox
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import AuditRun, Generation, IndexRequest

MOST_PARKED = 50
MOST_ASKED = 5


def state() -> Mapping[str, Any]:
    oldest = outbox.waiting().first()
    under_way = work()
    return {
        **under_way,
        "engine": current_engine().name,
        "live": _live(),
        "waiting": outbox.waiting().count(),
        "oldest": oldest.created if oldest else None,
        "parked": list(outbox.parked()[:MOST_PARKED]),
        "parked_count": outbox.parked().count(),
        "generations": list(Generation.objects.all()[:10]),
        "asked": list(IndexRequest.objects.select_related("by")[:MOST_ASKED]),
        "audit": AuditRun.objects.select_related("by").first(),
        "acts": {request.act for request in under_way["unfinished"]},
    }


def work() -> Mapping[str, Any]:
    """What is asked for and not done, and how far a build has come."""
    return {
        "unfinished": list(IndexRequest.objects.unfinished().select_related("by")),
        "building": Generation.objects.building().first(),
    }


def _live() -> str:
    """The generation that answers; nothing where the engine does not."""
    try:
        return current_engine().live()
    except EngineFailed:
        return ""
