"""The index follows the database: every change after its commit by the outbox, and everything by a new generation.

Who writes draws a version, then reads the database, then writes what it read to each generation that answers or is being
built. A change that commits meanwhile left a row of its own and is written in a later round under a higher version; so an
older state never stays, and a new generation misses nothing. Engines that know no versions hold a lock instead.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from search import known_words, outbox
from search.analysis import VERSION
from search.documents import Document, Record, document
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Generation, OutboxRow
from search.passages import passages_of
from search.sources import SOURCES, Source
from search.swapping import believe_the_engine, drop, drop_unknown, let_answer
from search.word_rules import follow_rules, without_words

log = logging.getLogger(__name__)
Passages = Mapping[str, list[Document]]
BATCH, FILLED_AT_ONCE = 500, 2_500
SCHEMA = 7
RETRY_SECONDS = 5
SOON_SECONDS = 0.1
WAIT_SECONDS = 30
MAY_DIFFER = 0.01
DEAD_AFTER = timedelta(minutes=2)
AFTERWARDS: list[Callable[[], None]] = []
"""What follows when rows were written; it may not take long."""


class RebuildRunning(RuntimeError):
    """Another process builds a generation now."""


class NothingBefore(RuntimeError):
    """The generation before was dropped."""


class IncompleteGeneration(RuntimeError):
    """A new generation does not hold what the database has."""


def analysis_version() -> str:
    """Whoever changes what a text turns into, or what an index keeps, raises a number; the next start builds anew."""
    return f"{VERSION}.{SCHEMA}"


# --- Every change


def catch_up() -> int:
    """Writes what the outbox says, and returns how much. What fails stays there and is tried again, so nothing is lost."""
    written = 0
    try:
        while _written_to() and outbox.waiting().exists():
            with current_engine().one_writer() as ours, outbox.claimed(BATCH) as rows:
                done = _write(rows) if ours else 0
            if not done:
                _try_later()
                break
            written += done
    except (EngineFailed, DatabaseError, OSError):
        log.exception("The index could not be brought up to date; what waits is tried again")
        _try_later()
    if written:
        for act in AFTERWARDS:
            act()
    return written


def _written_to() -> list[str]:
    generations = Generation.objects.written().filter(engine=current_engine().name)
    return list(generations.values_list("name", flat=True))


def _write(rows: list[OutboxRow]) -> int:
    """An engine that fails is not the rows' fault; a row that fails is written alone, so that it holds up no other."""
    if not rows:
        return 0
    try:
        write_as_the_database_says(without_words(row.key for row in rows))
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


def write_as_the_database_says(keys: Iterable[str]) -> None:
    """Makes every generation that is written to equal the database for these ids."""
    version = outbox.draw_version()
    follow_rules()
    generations = _written_to()
    present, gone = as_the_database_says(keys)
    documents = [document(record) for record in present]
    passages = _passages(present, gone)
    with known_words.counted_anew(present, gone):
        for generation in generations:
            _put(generation, documents, gone, passages, version)


def _put(generation: str, documents: Iterable[Document], gone: Iterable[str], passages: Passages, version: int) -> None:
    """Passages first: a row that is found has all its own."""
    if passages:
        current_engine().write_passages(generation, passages, version=version)
    current_engine().write(generation, documents, gone, version=version)


def _passages(present: Iterable[Record], gone: Iterable[str]) -> Passages:
    """Only a kind that is cut into passages has any to take out."""
    cut = {record.id: passages_of(record) for record in present if SOURCES[record.kind].has_passages}
    return cut | {key: [] for key in gone if SOURCES[key.partition(":")[0]].has_passages}


def as_the_database_says(keys: Iterable[str]) -> tuple[list[Record], list[str]]:
    """The records that there are now for these ids, and the ids of which there is none."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for key in keys:
        kind, _, pk = key.partition(":")
        by_kind[kind].add(int(pk))
    present = [record for kind, pks in by_kind.items() for record in SOURCES[kind].records(pks)]
    asked = {f"{kind}:{pk}" for kind, pks in by_kind.items() for pk in pks}
    return present, sorted(asked - {record.id for record in present})


def catch_up_soon() -> None:
    """For work that is too long for the request that asked for it."""
    soon = threading.Timer(SOON_SECONDS, _again)
    soon.daemon = True
    soon.start()


_timer: threading.Timer | None = None


def _try_later() -> None:
    """Without a worker, the process that could not write tries again by itself."""
    global _timer
    if _timer is None or not _timer.is_alive():
        _timer = threading.Timer(RETRY_SECONDS, _again)
        _timer.daemon = True
        _timer.start()


def _again() -> None:
    global _timer
    _timer = None
    try:
        catch_up()
    finally:
        connection.close()


# --- A new generation


def is_needed() -> bool:
    """Whether no live generation stands that this analysis could answer from."""
    name = current_engine().live()
    return not Generation.objects.filter(
        name=name, state=Generation.State.LIVE, engine=current_engine().name, analysis=analysis_version()
    ).exists()


def rebuild(say: Callable[[int, int], None] = lambda done, total: None, *, take_over: bool = False) -> Generation:
    """A new generation from the database, beside the one that answers; it takes over when it holds everything.

    What changes meanwhile is written to both. Rows that waited before are covered, parked ones too, since the database is
    read after they were seen. A failure drops the new one and leaves the old. `take_over` drops what is being built, for
    one who knows that its process is dead.
    """
    generation = _begin(timedelta(0) if take_over else DEAD_AFTER)
    covered = list(OutboxRow.objects.all())
    try:
        tally = known_words.Tally()
        _fill(generation, say, tally)
        _check(generation)
        let_answer(generation)
    except BaseException:
        drop(generation)
        raise
    tally.keep()
    outbox.settle(covered)
    _drop_all_but_last(generation)
    catch_up()
    return generation


def _begin(dead_after: timedelta) -> Generation:
    """The index before the row: who finds the row may write to it."""
    engine = current_engine()
    believe_the_engine()
    for dead in Generation.objects.building().filter(touched__lt=timezone.now() - dead_after):
        drop(dead)
    name = f"{timezone.now():%Y%m%d-%H%M%S-%f}-{analysis_version()}"
    engine.create(name)
    try:
        with transaction.atomic():
            generation = Generation.objects.create(name=name, engine=engine.name, analysis=analysis_version())
    except IntegrityError as error:
        engine.drop(name)
        raise RebuildRunning("A rebuild is under way.") from error
    drop_unknown()
    return generation


def _fill(generation: Generation, say: Callable[[int, int], None], tally: known_words.Tally) -> None:
    generation.total = _expected()
    for source, pks in _batches():
        with _patient_writer():
            version = outbox.draw_version()
            follow_rules()
            records = list(source.records(pks))
            _put(generation.name, map(document, records), (), _passages(records, ()), version)
        tally.add(records)
        generation.rows += len(records)
        generation.touched = timezone.now()
        generation.save(update_fields=["total", "rows", "touched"])
        say(generation.rows, generation.total)


def _expected() -> int:
    return sum(source.rows().count() for source in SOURCES.values())


def _check(generation: Generation) -> None:
    """A generation that lost rows on the way does not take over; what changed in these seconds may differ."""
    held, expected = current_engine().count(generation.name), _expected()
    if abs(held - expected) > expected * MAY_DIFFER + outbox.waiting().count() + outbox.parked().count():
        raise IncompleteGeneration(f"{generation.name} holds {held} rows of {expected}.")


@contextmanager
def _patient_writer() -> Iterator[None]:
    """Others write between two batches; a build waits longer for its turn than a request does."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        with current_engine().one_writer() as ours:
            if ours:
                yield
                return
        if time.monotonic() > until:
            raise RebuildRunning("The index is being written; try again.")


def _batches() -> Iterator[tuple[Source, list[int]]]:
    for source in SOURCES.values():
        pks = list(source.rows().order_by("pk").values_list("pk", flat=True))
        for first in range(0, len(pks), FILLED_AT_ONCE):
            yield source, pks[first : first + FILLED_AT_ONCE]


def roll_back() -> Generation:
    """The generation before answers again. It is as old as the swap: an audit then brings it up to date."""
    believe_the_engine()
    before = Generation.objects.filter(state=Generation.State.OLD, engine=current_engine().name).first()
    if not before or before.name not in current_engine().generations():
        raise NothingBefore("There is no generation to go back to.")
    let_answer(before)
    return before


def _drop_all_but_last(live: Generation) -> None:
    """One old generation stays to go back to."""
    for old in Generation.objects.filter(state=Generation.State.OLD).exclude(pk=live.pk)[1:]:
        drop(old)
    drop_unknown()
