"""The index follows the database: after every commit by the outbox, and as a whole by a new generation.

One writer at a time. It reads the outbox before the database, so a change that commits meanwhile leaves its own row
and is written in the next round; an older state can never stay.
"""

import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from search import outbox
from search.analysis import VERSION
from search.documents import Record, document
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Generation, OutboxRow
from search.sources import SOURCES

log = logging.getLogger(__name__)
BATCH = 500
SCHEMA = 2
RETRY_SECONDS = 5
DEAD_AFTER = timedelta(hours=1)


class RebuildRunning(RuntimeError):
    """Another process builds a generation now."""


def analysis_version() -> str:
    """Whoever changes what a text turns into, or what an index keeps, raises a number; the next start builds anew."""
    return f"{VERSION}.{SCHEMA}"


def catch_up() -> int:
    """Writes what the outbox says, and returns how much. What fails stays there and is tried again, so nothing is lost."""
    written = 0
    try:
        while current_engine().live() and outbox.waiting().exists():
            with current_engine().one_writer() as ours:
                done = _write(list(outbox.waiting()[:BATCH])) if ours else 0
            if not done:
                _try_later()
                break
            written += done
    except (EngineFailed, DatabaseError, OSError):
        log.exception("The index could not be brought up to date; what waits is tried again")
        _try_later()
    return written


def _write(rows: list[OutboxRow]) -> int:
    """An engine that fails is not the rows' fault; a row that fails is written alone, so that it holds up no other."""
    engine = current_engine()
    try:
        present, gone = _as_the_database_says(row.key for row in rows)
        engine.write(engine.live(), map(document, present), gone)
    except (EngineFailed, DatabaseError, OSError):
        raise
    except Exception as error:
        if len(rows) > 1:
            return sum(_write([row]) for row in rows)
        log.exception("%s could not be written", rows[0].key)
        outbox.failed(rows[0], error)
        return 0
    outbox.settle(rows)
    return len(rows)


def _as_the_database_says(keys: Iterable[str]) -> tuple[list[Record], list[str]]:
    """The records that there are now for these ids, and the ids of which there is none."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        kind, _, pk = key.partition(":")
        by_kind[kind].add(int(pk))
    present = [record for kind, pks in by_kind.items() for record in SOURCES[kind].records(pks)]
    asked = {f"{kind}:{pk}" for kind, pks in by_kind.items() for pk in pks}
    return present, sorted(asked - {record.id for record in present})


_timer: threading.Timer | None = None


def _try_later() -> None:
    """Without a worker, the process that could not write tries again by itself."""
    global _timer
    if _timer is None or not _timer.is_alive():
        _timer = threading.Timer(RETRY_SECONDS, _again)
        _timer.daemon = True
        _timer.start()


def _again() -> None:
    try:
        catch_up()
    finally:
        connection.close()


def is_needed() -> bool:
    """Whether no live generation stands that this analysis could answer from."""
    name = current_engine().live()
    return not Generation.objects.filter(
        name=name, state=Generation.State.LIVE, engine=current_engine().name, analysis=analysis_version()
    ).exists()


def rebuild(say: Callable[[int, int], None] = lambda done, total: None) -> Generation:
    """A new generation from the database, beside the one that answers; it takes over when it holds everything.

    What changes meanwhile is written to the live one as always and kept in the outbox, and is written here too before
    the swap. A failure drops the new one and leaves the old.
    """
    engine = current_engine()
    generation = _begin(engine.name)
    try:
        engine.create(generation.name)
        _fill(generation, say)
        with engine.one_writer() as ours:
            if not ours:
                raise RebuildRunning("The index is being written; try again.")
            _replay(generation)
            generation.rows = engine.count(generation.name)
            engine.promote(generation.name)
            _make_live(generation)
    except BaseException:
        engine.drop(generation.name)
        generation.delete()
        OutboxRow.objects.filter(written=True).delete()
        raise
    _drop_all_but_last(generation)
    catch_up()
    return generation


def _begin(engine_name: str) -> Generation:
    Generation.objects.building().filter(started__lt=timezone.now() - DEAD_AFTER).delete()
    name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{analysis_version()}"
    try:
        with transaction.atomic():
            return Generation.objects.create(name=name, engine=engine_name, analysis=analysis_version())
    except IntegrityError as error:
        raise RebuildRunning("A rebuild is under way.") from error


def _fill(generation: Generation, say: Callable[[int, int], None]) -> None:
    total = sum(source.rows().count() for source in SOURCES.values())
    done = 0
    say(done, total)
    for batch in _batches(record for source in SOURCES.values() for record in source.records()):
        current_engine().write(generation.name, map(document, batch))
        done += len(batch)
        say(done, total)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _replay(generation: Generation) -> None:
    """All that changed since the build began, written to the live generation or not."""
    rows = list(OutboxRow.objects.order_by("pk"))
    present, gone = _as_the_database_says(row.key for row in rows)
    current_engine().write(generation.name, map(document, present), gone)
    OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


@transaction.atomic
def _make_live(generation: Generation) -> None:
    Generation.objects.filter(state=Generation.State.LIVE).update(state=Generation.State.OLD)
    generation.state = Generation.State.LIVE
    generation.save()


def _drop_all_but_last(live: Generation) -> None:
    """One old generation stays to go back to."""
    for old in Generation.objects.filter(state=Generation.State.OLD).exclude(pk=live.pk)[1:]:
        current_engine().drop(old.name)
        old.delete()
