"""Which news each follow brings its person: since the last sweep told, never of their own acts, only what they see now."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from partnerships.models import Follow, NewsAbout, NewsItem
from partnerships.models.follows import THINGS

from .kinds import NEWS
from .lines import Line, line_of
from .naming import shown
from .pages import Shown
from .sight import OF_AN_ACT, keys_of, seen_by

MOST_KEPT = 2_000
LONG = {
    "post": ("body", "body_html"),
    "meeting": ("agenda", "agenda_html", "minutes", "minutes_html"),
    "organisation": ("about", "about_html", "about_en", "about_en_html"),
    "partnership": ("purpose", "purpose_html", "purpose_en", "purpose_en_html", "admission", "admission_html"),
}
Brought = dict[int, list[NewsItem]]


class Gathering:
    """Made for one run. What many follows bring is read and put into words once; not more is kept than fits a limit,
    so that memory stays the same however many follow."""

    def __init__(self) -> None:
        self._items: dict[int, NewsItem] = {}
        self._lines: dict[tuple[int, str], Line] = {}
        self._things: dict[tuple[str, int, str], Shown] = {}

    def of(self, follows: Iterable[Follow], cursor: str, until: int) -> Brought:
        """By the follow's id, what is new after its `cursor` ("noted" or "told") up to the sweep `until`; the newest
        first. A fixed number of queries for any number of follows."""
        follows = list(follows)
        about = _about(follows, min((getattr(one, cursor) for one in follows), default=until), until)
        items = self.read({pk for pks in about.values() for pk in pks})
        brought = {one.pk: _new_for(one, cursor, about[one.what, one.thing_id], items) for one in follows}
        return self.seen_of(follows, {pk: found for pk, found in brought.items() if found})

    def seen_of(self, follows: Iterable[Follow], brought: Brought) -> Brought:
        """What its person sees now, of things that they see now."""
        bringing = [one for one in follows if one.pk in brought]
        wanted: dict[Any, set] = defaultdict(set)
        for one in bringing:
            wanted[one.user] |= {(one.what, one.thing_id)}.union(*(item.keys for item in brought[one.pk]))
        seen = seen_by(wanted) if wanted else {}
        kept: Brought = {}
        for one in bringing:
            if (one.what, one.thing_id) in seen[one.user_id]:
                kept[one.pk] = [item for item in brought[one.pk] if item.keys <= seen[one.user_id]]
        return {pk: items for pk, items in kept.items() if items}

    def line(self, item: NewsItem) -> Line:
        key = (item.pk, get_language() or "")
        if key not in self._lines:
            _make_room(self._lines)
            self._lines[key] = line_of(item)
        return self._lines[key]

    def thing(self, follow: Follow) -> Shown:
        """What the follow follows, as it is called and where it stands."""
        key = (follow.what, follow.thing_id, get_language() or "")
        if key not in self._things:
            _make_room(self._things)
            self._things[key] = shown(follow.thing)
        return self._things[key]

    def read(self, wanted: set[int]) -> Mapping[int, NewsItem]:
        if wanted - self._items.keys():
            _make_room(self._items)
            rows = rows_of_news().in_bulk(wanted - self._items.keys())
            for item in filter(_can_be_said, rows.values()):
                item.keys = frozenset(keys_of(item))
                self._items[item.pk] = item
        return self._items


def rows_of_news() -> QuerySet[NewsItem]:
    """With all that a line shows, and without the long texts."""
    keys = [f"history__{name}" for name in OF_AN_ACT]
    left_out = [f"history__{name}__{text}" for name, texts in LONG.items() for text in texts]
    return NewsItem.objects.select_related("page__locale", *keys).defer(*left_out)


def _make_room(kept: dict[Any, Any]) -> None:
    if len(kept) >= MOST_KEPT:
        kept.clear()


def _about(follows: Iterable[Follow], after: int, until: int) -> Mapping[tuple[str, int], list[int]]:
    """The ids of the news about each thing that is followed, one query for each kind of thing."""
    things: dict[str, set[int]] = defaultdict(set)
    for one in follows:
        things[one.what].add(one.thing_id)
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    for name in THINGS:
        if name in things:
            rows = NewsAbout.objects.filter(item__sweep__gt=after, item__sweep__lte=until)
            rows = rows.filter(**{f"{name}__in": things[name]}).order_by("-item_id")
            for pk, item in rows.values_list(f"{name}_id", "item_id"):
                found[name, pk].append(item)
    return found


def _new_for(follow: Follow, cursor: str, keys: Iterable[int], items: Mapping[int, NewsItem]) -> list[NewsItem]:
    """A page that was changed several times is one piece of news."""
    after = getattr(follow, cursor)
    found: dict[object, NewsItem] = {}
    for item in (items[key] for key in keys if key in items):
        own = item.actor_id is not None and item.actor_id == follow.user_id
        if item.sweep > after and item.at >= follow.since and not own:
            found.setdefault(("page", item.page_id) if item.page_id else item.pk, item)
    return list(found.values())


def _can_be_said(item: NewsItem) -> bool:
    """Everything that its sentence names is still there."""
    if item.page_id:
        return True
    kind = NEWS.get(item.history.verb)
    return kind is not None and all(getattr(item.history, f"{name}_id") for name in kind.names)
