"""How fast the index is written: as a whole, beside tantivy alone, after a change, and what saved searches take of it."""

import tempfile
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from cms.models import CaseStoryPage
from search import audience, indexing
from search.alerts import matches
from search.analysis import current
from search.documents import Record, document
from search.engines import current_engine
from search.engines.base import Engine, Request
from search.engines.embedded import EmbeddedEngine
from search.evaluation import native
from search.evaluation.speed import Figure, Times
from search.models import SavedSearch
from search.sources import SOURCES
from search.tree import Term

CHANGES = 20
ROWS_OF_TARGET = 20_000
SAVED, CHANGED = 5_000, 200
MEGA = 1_000_000


def rebuilding() -> list[Figure]:
    """A new generation by a process that has not seen a word yet; embedded, also beside tantivy alone."""
    _forget()
    start = Times.clock()
    generation = indexing.rebuild()
    seconds = Times.clock() - start
    rows = max(generation.rows, 1)
    if current_engine().name != "embedded":
        return [Figure("rebuild", f"{seconds:.0f} s", "", f"{rows / seconds:.0f} rows/s", "", None)]
    scaled = seconds * ROWS_OF_TARGET / rows
    whole = Figure("rebuild, a 20,000 rows", f"{seconds:.1f} s", "", f"{scaled:.1f} s", "≤ 15 s", scaled <= 15)
    return [whole, *_beside_tantivy(_size(Path(settings.INDEX_DIR) / generation.name))]


def _beside_tantivy(own_size: int) -> list[Figure]:
    """From ready records to an index on the disk, on both sides: reading the database is not part of this ratio."""
    records = [record for source in SOURCES.values() for record in source.records()]
    with tempfile.TemporaryDirectory(prefix="samspil-native-") as folder:
        ours = _seconds_of_ours(Path(folder) / "ours", records)
        rows = [(record, document(record)) for record in records]
        (alone := Path(folder) / "alone").mkdir()
        start = Times.clock()
        native.build(alone, rows)
        seconds, size = Times.clock() - start, _size(alone)
    rate, larger = seconds / ours, own_size / size
    sizes = f"{own_size / MEGA:.0f} MB", f"{size / MEGA:.0f} MB"
    return [
        Figure("indexing rate", f"{ours:.1f} s", f"{seconds:.1f} s", f"{rate:.2f} ×", "≥ 0.3 ×", rate >= 0.3),
        Figure("index size", *sizes, f"{larger:.2f} ×", "≤ 1.15 ×", larger <= 1.15),
    ]


def _seconds_of_ours(folder: Path, records: list[Record]) -> float:
    _forget()
    engine, waiting = EmbeddedEngine(folder), iter(records)
    engine.create("measured")
    start = Times.clock()
    while some := list(islice(waiting, indexing.FILLED_AT_ONCE)):
        engine.write("measured", map(document, some))
    return Times.clock() - start


def _forget() -> None:
    """The terms of every word that was seen before; the table of compounds stays read."""
    current._analyser.cache_clear()
    current.current_analyser().text("fjernvarmeanlæg", "da")


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def alerting(asked: Iterable[str]) -> Figure:
    """5,000 saved searches against 200 changed rows, in memory; nothing is saved."""
    texts = list(asked)
    now = timezone.now()
    kept = [
        SavedSearch(pk=pk, address=f"?q={texts[pk % len(texts)]}", language="da", created=now)
        for pk in range(1, SAVED + 1)
    ]
    rows = [document(record) for record in islice(SOURCES["story"].records(), CHANGED)]
    start = Times.clock()
    found = sum(1 for _ in matches(kept, rows))
    seconds = Times.clock() - start
    what = f"alerts, {SAVED:,} searches × {len(rows)} rows"
    return Figure(what, f"{seconds:.2f} s", "", f"{seconds:.2f} s ({found} found)", "≤ 2 s", seconds <= 2)


def changing(engine_seconds: float) -> Figure:
    """A title gets a new word; the time until the engine finds it, the outbox's round included."""
    times, engine = Times(), current_engine()
    stories = list(CaseStoryPage.objects.order_by("pk")[:CHANGES])
    for number, story in enumerate(stories):
        times.take("change", lambda story=story, number=number: _changed(engine, story, f"qqzz{number:03}"))
    p95 = times.p95("change") / 1000
    for story in stories:
        story.refresh_from_db()
        story.title = story.title.rpartition(" ")[0]
        story.save()
    indexing.catch_up()
    return Figure(
        "change saved → found, p95",
        f"{p95:.2f} s",
        "",
        f"{p95:.2f} s",
        f"≤ {engine_seconds:.0f} s",
        p95 <= engine_seconds,
    )


def _changed(engine: Engine, story: CaseStoryPage, word: str) -> None:
    story.title = f"{story.title} {word}"
    story.save()
    indexing.catch_up()
    request = Request(tree=Term("title", word), tokens=frozenset({audience.PUBLIC}), language="da", limit=1)
    while not engine.search(request).total:
        time.sleep(0.01)
