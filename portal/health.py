"""Two questions a supervisor asks: does the process live, and can it serve."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from search import outbox
from search.engines import current_engine
from search.engines.base import EngineFailed


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 while the database does not answer or migrations wait; an index that lags is told, for pages work without it."""
    parts = {"database": _database(), "migrations": _migrations(), "index": _index()}
    fit = parts["database"] == "ok" and parts["migrations"] == "ok"
    return JsonResponse(parts, status=200 if fit else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "does not answer"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "unknown"
    return f"{len(waiting)} waiting" if waiting else "ok"


def _index() -> dict[str, object] | str:
    """How much waits to be written, for how many seconds the oldest has waited, and how much was given up."""
    try:
        oldest = outbox.waiting().first()
        waiting, parked = outbox.waiting().count(), outbox.parked().count()
    except DatabaseError:
        return "unknown"
    age = (timezone.now() - oldest.created).total_seconds() if oldest else 0
    return {"live": _answers(), "waiting": waiting, "age": round(age, 1), "parked": parked}


def _answers() -> bool:
    try:
        return bool(current_engine().live())
    except EngineFailed:
        return False
