"""One who searches all the time, and what they saw."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from .portal import STABLE, STABLE_WORD

PAUSE = 0.1


@dataclass
class Seen:
    """`from_the_database` counts the answers with the notice that search does not work fully, `incomplete` those
    without it that had not everything, `failed` all that were not 200; `longest` is in seconds."""

    searches: int = 0
    from_the_database: int = 0
    incomplete: int = 0
    failed: int = 0
    longest: float = 0.0


def watch(folder, pause=PAUSE):
    """Until the file `enough` is there; what was seen is written to `seen`."""
    from django.test import Client

    seen, enough = Seen(), Path(folder, "enough")
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    while not enough.exists():
        start = time.monotonic()
        _look(seen, client)
        seen.longest = max(seen.longest, round(time.monotonic() - start, 3))
        time.sleep(pause)
    Path(folder, "seen").write_text(json.dumps(asdict(seen)))


def _look(seen, client):
    answer = client.get("/soeg/", {"q": STABLE_WORD, "format": "json"})
    seen.searches += 1
    if answer.status_code != 200:
        seen.failed += 1
    elif answer.json()["notice"]:
        seen.from_the_database += 1
    else:
        seen.incomplete += answer.json()["total"] < STABLE


def ask(text):
    """As a visitor asks, for exactly this."""
    from django.contrib.auth.models import AnonymousUser

    from search import audience
    from search.finding import find
    from search.query import Query

    return find(Query(text=text, language="da", exact=True), audience.viewer(AnonymousUser()))
