"""What is new in a saved search, as its owner may see it now: asked of the index with today's tokens, loaded anew."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from search import audience
from search.alerts import found_by
from search.engines.base import EngineFailed, Row
from search.finding import understood
from search.labels import Labels, labels
from search.loading import facts_of, hit, load
from search.models import Match, SavedSearch
from search.query import Hit, Viewer

NEW_FOR = timedelta(days=14)
LATEST, ON_THE_DESK, EACH_ON_THE_DESK, ON_ITS_PAGE = 200, 5, 3, 50


@dataclass(frozen=True, slots=True)
class News:
    """`more` is how many hits there are beside those that are shown."""

    search: SavedSearch
    hits: tuple[Hit, ...]
    more: int = 0

    def first(self, count: int) -> "News":
        return News(self.search, self.hits[:count], max(len(self.hits) - count, 0))


def hits_of(search: SavedSearch, keys: Iterable[str], viewer: Viewer) -> tuple[Hit, ...]:
    """With the words asked for marked: that is the reason why it is told."""
    query = search.query
    rows = found_by(query, viewer, keys)
    things = load(rows, viewer)
    seen = [row for row in rows if row.id in things]
    terms, names = understood(query).terms, _names(seen, query.language)
    return tuple(hit(row, things[row.id], language=query.language, terms=terms, labels=names) for row in seen)


def news_of(user: Any) -> list[News]:
    """For the desk: the searches that found something lately, the latest first."""
    since = timezone.now() - NEW_FOR
    latest = Match.objects.news().filter(saved_search__owner=user, at__gte=since).select_related("saved_search")
    if not latest.exists():
        return []
    viewer = audience.viewer(user)
    keys: dict[SavedSearch, list[str]] = defaultdict(list)
    for match in first_seen(latest, viewer, LATEST):
        keys[match.saved_search].append(match.key)
    found = [News(search, _or_none(search, some, viewer)) for search, some in list(keys.items())[:ON_THE_DESK]]
    return [news.first(EACH_ON_THE_DESK) for news in found if news.hits]


def news_in(search: SavedSearch) -> News:
    """For its own page: what it has found since it was saved."""
    viewer = audience.viewer(search.owner)
    keys = [match.key for match in first_seen(search.matches.news(), viewer, ON_ITS_PAGE)]
    return News(search, _or_none(search, keys, viewer))


def first_seen(matches: QuerySet[Match], viewer: Viewer, most: int) -> list[Match]:
    """What one may not see takes no place from what one may: it would betray that something is there."""
    found: list[Match] = []
    for first in count(0, most):
        some = list(matches[first : first + most])
        things = load((Row(match.key, 0.0, 0, "") for match in some), viewer, names_only=True)
        found += [match for match in some if match.key in things]
        if len(some) < most or len(found) >= most:
            return found[:most]
    return found


def _or_none(search: SavedSearch, keys: Iterable[str], viewer: Viewer) -> tuple[Hit, ...]:
    """A page is shown without news rather than not at all."""
    try:
        return hits_of(search, keys, viewer)
    except EngineFailed:
        return ()


def _names(rows: Iterable[Row], language: str) -> Labels:
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name, values in facts_of(row)["facts"].items():
            wanted[name].update(values)
    return labels(wanted, language)
