"""How fast search is on the portal that lies in the database, each figure beside the one that the engine alone has.

What is compared is measured by turns, question by question, so that a machine that is busy is so for both.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from django.contrib.auth.models import AnonymousUser

from cms.models import CaseStoryPage
from search import audience
from search.building import FIELDS, understand
from search.engines import current_engine
from search.engines.base import Engine, Request
from search.experts import FIRST, experts
from search.finding import find, find_hits, widened
from search.query import Query, Viewer
from search.suggesting import suggest
from search.tree import Best, Combined, Term

RAW_FACETS = ("kind", "topic", "organisation", "year")
RAW_FIELDS = FIELDS[:3] + FIELDS[4:5]
SHORTEST, LONGEST = 2, 6
MANY_GROUPS = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table. `kept` is None where there is no target for this engine."""

    what: str
    ours: str
    raw: str
    measured: str
    target: str
    kept: bool | None


class Times:
    """Milliseconds by name; by the clock, or of this process's own work on a machine that others use too."""

    clock: Callable[[], float] = time.perf_counter

    def __init__(self) -> None:
        self.by_name: dict[str, list[float]] = {}

    def take(self, name: str, act: Callable[[], object]) -> object:
        start = Times.clock()
        result = act()
        self.by_name.setdefault(name, []).append((Times.clock() - start) * 1000)
        return result

    def p95(self, name: str) -> float:
        return statistics.quantiles(self.by_name[name], n=20)[-1]

    def median(self, name: str) -> float:
        return statistics.median(self.by_name[name])


def questions(count: int, seed: int) -> list[str]:
    """One to three words of a title, so that frequent words come as often as titles have them."""
    rng = random.Random(seed)  # noqa: S311
    titles = list(CaseStoryPage.objects.order_by("pk").values_list("title", flat=True))
    return [" ".join(rng.sample(words, min(len(words), rng.randint(1, 3)))) for words in _some(titles, count, rng)]


def _some(titles: list[str], count: int, rng: random.Random) -> Iterator[list[str]]:
    return ([word for word in rng.choice(titles).split() if len(word) > SHORTEST] for _ in range(count))


def searching(asked: Iterable[str]) -> list[Figure]:
    """On the engine that this process uses, whose live index holds the database."""
    times, engine = Times(), current_engine()
    viewer = audience.viewer(AnonymousUser())
    for text in islice(asked, 5):
        find(Query(text=text), viewer)
    for text in asked:
        _ask(times, engine, text, viewer)
    return [*_whole(times, engine), *_parts(times)]


def _ask(times: Times, engine: Engine, text: str, viewer: Viewer) -> None:
    raw = _raw(text, viewer)
    request = widened(Query(text=text), understand(text, "da"), viewer)[0]
    _search(times, engine, Query(text=text), viewer)
    times.take("raw", lambda: engine.search(raw))
    times.take("own request", lambda: engine.search(request))
    one, many = (replace(raw, facets=(), tokens=_groups(count)) for count in (1, MANY_GROUPS))
    times.take("one group", lambda: engine.search(one))
    times.take("many groups", lambda: engine.search(many))
    first = replace(raw, facets=(), limit=FIRST)
    found = times.take("first 200", lambda: engine.search(first))
    times.take("experts", lambda: experts(found.rows, viewer, "da"))
    typed = Query(text=text.split()[0].lower()[:LONGEST] if text else "va")
    times.take("suggest", lambda: suggest(typed, viewer))


def _search(times: Times, engine: Engine, query: Query, viewer: Viewer) -> None:
    """With what the server says of it, summed up over all that one search asks it."""
    before = getattr(engine, "took", 0)
    times.take("whole", lambda: find_hits(query, viewer))
    times.by_name.setdefault("took", []).append(getattr(engine, "took", 0) - before)
    times.take("page", lambda: find(query, viewer))


def _raw(text: str, viewer: Viewer) -> Request:
    """Its words in four fields, the viewer's rights, ten hits and four facets: nothing that is this portal's own."""
    words = tuple(
        Best(tuple(Term(field, word.same[0], boost) for field, boost in RAW_FIELDS))
        for word in understand(text, "da").words
    )
    tree = Combined(should=words, minimum=len(words))
    return Request(tree=tree, tokens=viewer.tokens, language="da", facets=RAW_FACETS, limit=10)


def _groups(count: int) -> frozenset[str]:
    return frozenset({audience.PUBLIC, *(f"p:{number}" for number in range(1, count + 1))})


def _whole(times: Times, engine: Engine) -> list[Figure]:
    ours, raw = times.p95("whole"), times.p95("raw")
    if hasattr(engine, "took"):
        beside = [whole - took for whole, took in zip(times.by_name["whole"], times.by_name["took"], strict=True)]
        added = statistics.quantiles(beside, n=20)[-1]
        target = "its took + ≤ 10 ms"
        return [_figure("whole search, p95", ours, times.p95("took"), f"took + {added:.1f} ms", target, added <= 10)]
    kept = ours <= 4 * raw and ours <= 25
    return [_figure("whole search, p95", ours, raw, f"{ours / raw:.2f} ×", "≤ 4 × and ≤ 25 ms", kept)]


def _parts(times: Times) -> list[Figure]:
    many, one = times.median("many groups"), times.median("one group")
    knows, first, suggest = times.p95("experts"), times.p95("first 200"), times.p95("suggest")
    own = times.p95("own request")
    page = times.p95("page")
    return [
        _figure("of it the engine's part, p95", own, times.p95("raw"), f"{own / times.p95('raw'):.2f} ×", "", None),
        _figure("with who knows and help, p95", page, times.p95("raw"), f"{page / times.p95('raw'):.2f} ×", "", None),
        _figure("rights: 200 groups against 1", many, one, f"{many / one:.2f} ×", "≤ 1.2 ×", many <= 1.2 * one),
        _figure("autocomplete, p95", suggest, None, f"{suggest:.1f} ms", "≤ 10 ms", suggest <= 10),
        _figure("who knows, p95", knows, first, f"{knows / first:.2f} ×", "≤ 4 ×", knows <= 4 * first),
    ]


def _figure(what: str, ours: float, raw: float | None, measured: str, target: str, kept: bool | None) -> Figure:
    return Figure(what, f"{ours:.1f} ms", "" if raw is None else f"{raw:.1f} ms", measured, target, kept)
