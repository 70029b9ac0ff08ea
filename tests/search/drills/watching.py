"""One who searches all the time, and what they saw."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .portal import STABLE, STABLE_WORD

PAUSE = 0.1


@dataclass
class Seen:
    """`from_the_database` counts the answers with the notice that search does not work fully."""

    searches: int = 0
    from_the_database: int = 0
    incomplete: int = 0
    failed: int = 0
    longest: float = 0.0


def watch(folder, pause=PAUSE):
    """Until the file `enough` is there; what was seen is written to `seen`."""
    seen, enough = Seen(), Path(folder, "enough")
    while not enough.exists():
        start = time.monotonic()
        try:
            _look(seen)
        except Exception as error:
            seen.failed += 1
            print(f"A search failed: {error!r}", flush=True)
        seen.longest = max(seen.longest, round(time.monotonic() - start, 3))
        time.sleep(pause)
    Path(folder, "seen").write_text(json.dumps(asdict(seen)))


def _look(seen):
    results = ask(STABLE_WORD)
    seen.searches += 1
    seen.from_the_database += bool(results.notice)
    seen.incomplete += results.total < STABLE


def ask(text):
    """As a visitor asks, for exactly this."""
    from django.contrib.auth.models import AnonymousUser

    from search import audience
    from search.finding import find
    from search.query import Query

    return find(Query(text=text, language="da", exact=True), audience.viewer(AnonymousUser()))
