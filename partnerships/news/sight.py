"""Who may see a piece of news, now: everything that it points at is asked for through its `visible_to`.

For many readers at once: what everyone sees is asked once; the rest once for a number of readers together, as one query
in which each reader's own `visible_to` is a part. So the rules stand in one place, and the queries do not grow with the
readers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, Value

from partnerships.models import (
    Goal,
    Meeting,
    NewsItem,
    Organisation,
    Partnership,
    Place,
    Post,
    RoomDocument,
    Topic,
)
from partnerships.visibility import joined_by

from .kinds import NEWS
from .pages import published

AT_ONCE = 50
MOST_KEYS = 5_000

SIGHT: dict[str, Callable[[Any], QuerySet]] = {
    "topic": lambda user: Topic.objects.all(),
    "place": lambda user: Place.objects.all(),
    "goal": lambda user: Goal.objects.all(),
    "organisation": lambda user: Organisation.objects.visible_to(user),
    "partnership": lambda user: Partnership.objects.visible_to(user),
    "whole partnership": lambda user: Partnership.objects.shown_whole_to(user),
    "post": lambda user: Post.objects.visible_to(user),
    "room_document": lambda user: RoomDocument.objects.visible_to(user),
    "meeting": lambda user: Meeting.objects.visible_to(user),
    "approved minutes": lambda user: _with_minutes(user),
    "page": lambda user: published.open(),
}
"""By the name of a key: what a user may see of its kind."""
OF_AN_ACT = ("organisation", "partnership", "post", "room_document", "meeting")

Key = tuple[str, int]


def _with_minutes(user: Any) -> QuerySet:
    """Meetings whose approved minutes the user may read: members' do, and everyone's where they are public."""
    inside = joined_by(user) if user.pk else Partnership.objects.none()
    readers = Q(minutes_public=True) | Q(partnership__in=inside)
    return Meeting.objects.visible_to(user).filter(readers, minutes_approved__isnull=False)


def keys_of(item: NewsItem) -> set[Key]:
    """All that the news points at."""
    if item.page_id:
        return {("page", item.page_id)}
    entry = item.history
    keys = {(name, pk) for name in OF_AN_ACT if (pk := getattr(entry, f"{name}_id"))}
    return keys | {(sight, getattr(entry, f"{name}_id")) for sight, name in NEWS[entry.verb].also.items()}


def seen_by(wanted: Mapping[Model, Iterable[Key]]) -> dict[int, set[Key]]:
    """Of the keys each user asks for, those whose thing this user may see now; by the user's id."""
    asked = {user: set(keys) for user, keys in wanted.items()}
    public = _seen_by_everyone(set().union(*asked.values()))
    seen = {user.pk: keys & public for user, keys in asked.items()}
    rest = {user: _by_name(keys - public) for user, keys in asked.items() if keys - public}
    for name in {name for named in rest.values() for name in named}:
        for rows in _in_parts(name, ((user, named[name]) for user, named in rest.items() if name in named)):
            for pk, user in rows:
                seen[user].add((name, pk))
    return seen


def _seen_by_everyone(keys: set[Key]) -> set[Key]:
    found: set[Key] = set()
    for name, pks in _by_name(keys).items():
        rows = SIGHT[name](AnonymousUser()).filter(pk__in=pks).order_by().values_list("pk", flat=True)
        found |= {(name, pk) for pk in rows}
    return found


def _by_name(keys: Iterable[Key]) -> dict[str, set[int]]:
    named: dict[str, set[int]] = defaultdict(set)
    for name, pk in keys:
        named[name].add(pk)
    return dict(named)


def _in_parts(name: str, asked: Iterable[tuple[Model, set[int]]]) -> Iterator[QuerySet]:
    """(id, user) of what is seen: one query for as many users and keys as any database takes in one statement."""
    parts: list[QuerySet] = []
    keys = 0
    for user, pks in asked:
        rows = SIGHT[name](user).filter(pk__in=pks).order_by()
        parts.append(rows.annotate(viewer=Value(user.pk)).values_list("pk", "viewer"))
        keys += len(pks)
        if len(parts) >= AT_ONCE or keys >= MOST_KEYS:
            yield _joined(parts)
            parts, keys = [], 0
    if parts:
        yield _joined(parts)


def _joined(parts: list[QuerySet]) -> QuerySet:
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
