"""Who may see a piece of news, now: everything that it points at is asked for through its `visible_to`.

For many readers at once: what everyone sees is asked once; the rest once for a number of readers together, as one query
in which each reader's own `visible_to` is a part. So the rules stand in one place, and the queries do not grow with the
readers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model, Q, QuerySet, Value

from partnerships.models import (
    Goal,
    Meeting,
    NewsItem,
    Organisation,
    Partnership,
    Place,
    Post,
    Profile,
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
    like_everyone = _like_everyone(rest) if len(rest) > 1 else set()
    rest = {user: named for user, named in rest.items() if user.pk not in like_everyone}
    _read_permissions(rest)
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


def _like_everyone(users: Iterable[Model]) -> set[int]:
    """Those who belong to no organisation, hold and held no seat, proposed nothing and were given no permission: they see
    what everyone sees. Of many readers most are such, and nothing need be asked for each of them."""
    keys = {user.pk for user in users}
    people = Profile.objects.filter(user__in=keys)
    standing = people.filter(Q(memberships__isnull=False) | Q(seats__isnull=False) | Q(proposed__isnull=False))
    given = Q(is_superuser=True) | Q(groups__isnull=False) | Q(user_permissions__isnull=False)
    apart = standing.order_by().values_list("user_id", flat=True)
    return keys - set(apart) - set(get_user_model().objects.filter(given, pk__in=keys).values_list("pk", flat=True))


def _read_permissions(users: Iterable[Model]) -> None:
    """Into where Django's own backend keeps them, which else asks for those of one user at a time."""
    known = {user.pk: user for user in users}
    for kept, path in (("_user_perm_cache", "user"), ("_group_perm_cache", "group__user")):
        for user in known.values():
            setattr(user, kept, set())
        given = Permission.objects.filter(**{f"{path}__in": known}).order_by()
        for pk, label, codename in given.values_list(f"{path}__pk", "content_type__app_label", "codename"):
            getattr(known[pk], kept).add(f"{label}.{codename}")


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
