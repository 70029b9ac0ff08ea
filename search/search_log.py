"""What people search, counted in this process's memory and written a moment later, all at once: a search writes nothing.

Each process that answers writes its own counts, by a timer that the first search starts; there is nothing to run beside
it. What a process has not yet written when it is killed is lost, which for a count is no harm.
"""

import logging
import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from search.counting import found_by_all
from search.private_words import as_logged, may_be_kept
from search.services import search_log

log = logging.getLogger(__name__)
MOST_WAITING = 1_000
"""Whoever sends more different searches than this between two writings is no reader; the rest is not counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in an hour. Two processes may each have one for the same; the desk adds them up."""

    query: str
    lang: str
    hour: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """`results`: how many everybody finds; None until it is looked up."""

    searches: int = 0
    clicks: int = 0
    results: int | None = None


_counts: dict[Asked, Count] = {}
_lock = threading.Lock()
_timer: threading.Timer | None = None


def note_search(text: str, lang: str, results: int | None) -> None:
    """`results` is None where the searcher may see more than everybody."""
    _add(text, lang, Count(searches=1, results=results))


def note_click(text: str, lang: str) -> None:
    """Somebody opened one of the results."""
    _add(text, lang, Count(clicks=1))


def _add(text: str, lang: str, more: Count) -> None:
    query = as_logged(text)
    if not query or not settings.SEARCH_LOG_DAYS or not may_be_kept(text):
        return
    key = Asked(query, lang, timezone.now().replace(minute=0, second=0, microsecond=0))
    with _lock:
        if key in _counts or len(_counts) < MOST_WAITING:
            _counts[key] = _sum(_counts.get(key, Count()), more)
    if settings.SEARCH_LOG_SECONDS:
        _write_later()


def _sum(one: Count, more: Count) -> Count:
    results = one.results if more.results is None else more.results
    return Count(one.searches + more.searches, one.clicks + more.clicks, results)


def _write_later() -> None:
    global _timer
    with _lock:
        if _timer is None:
            _timer = threading.Timer(settings.SEARCH_LOG_SECONDS, _write_now)
            _timer.daemon = True
            _timer.start()


def _write_now() -> None:
    global _timer
    with _lock:
        _timer = None
    try:
        flush()
    except DatabaseError:
        log.exception("What was searched could not be written, and is not counted")
    finally:
        connection.close()


def flush() -> int:
    """Writes what was counted; returns how many rows that were."""
    with _lock:
        counts, waiting = dict(_counts), len(_counts)
        _counts.clear()
    if waiting:
        search_log.keep(rows=_rows(_looked_up(counts)))
    return waiting


def _looked_up(counts: dict[Asked, Count]) -> dict[Asked, Count]:
    """With the number of results that everybody finds, where it is not known."""
    unknown = [asked for asked, count in counts.items() if count.searches and count.results is None]
    for lang in {asked.lang for asked in unknown}:
        found = found_by_all({asked.query for asked in unknown if asked.lang == lang}, lang)
        for asked in unknown:
            if asked.lang == lang:
                counts[asked] = replace(counts[asked], results=found.get(asked.query))
    return counts


def _rows(counts: dict[Asked, Count]) -> Iterable[dict[str, object]]:
    return [
        {
            "query": asked.query,
            "lang": asked.lang,
            "hour": asked.hour,
            "searches": count.searches,
            "clicks": count.clicks,
            "results": count.results,
        }
        for asked, count in counts.items()
    ]
