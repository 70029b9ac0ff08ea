"""Who may see a piece of news, now: everything that it points at is asked for through its `visible_to`.

For many readers at once: what everyone sees is asked once; the rest once for a number of readers together, as one query
in which each reader's own `visible_to` is a part. So the rules stand in one place, and the queries do not grow with the
readers. A rule is put into SQL once for all who have the same rights: that took longer than to answer it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser, Permission
from django.db.models import Model, Q, QuerySet, Value

from partnerships import clock
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
from partnerships.prepared import Given, Prepared, asked
from partnerships.visibility import EDITS_ORGANISATIONS, FACILITATES, is_facilitator, joined_by

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
    keys_of_each = {user: set(keys) for user, keys in wanted.items()}
    public = _seen_by_everyone(set().union(*keys_of_each.values()))
    seen = {user.pk: keys & public for user, keys in keys_of_each.items()}
    rest = {user: _by_name(keys - public) for user, keys in keys_of_each.items() if keys - public}
    like_everyone = _like_everyone(rest) if len(rest) > 1 else set()
    rest = {user: named for user, named in rest.items() if user.pk not in like_everyone}
    _read_permissions(rest)
    for some in _in_parts(rest):
        for user, name, pk in asked(some):
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


Question = tuple[Prepared, Mapping[str, Iterable]]


def _in_parts(named: Mapping[Model, Mapping[str, set[int]]]) -> Iterator[list[Question]]:
    """(user, name, id) of what is seen: one query for as many users and keys as any database takes in one statement."""
    parts: list[Question] = []
    keys = 0
    for user, name, pks in ((user, name, pks) for user, own in named.items() for name, pks in own.items()):
        parts.append((_sight_of(user, name), {"reader": [user.pk], "pks": _padded(pks)}))
        keys += len(pks)
        if len(parts) >= AT_ONCE or keys >= MOST_KEYS:
            yield parts
            parts, keys = [], 0
    if parts:
        yield parts


def _padded(pks: set[int]) -> list[int]:
    """One of few lengths, so that a database meets a statement again that it has read before."""
    length = max(4, 1 << (len(pks) - 1).bit_length())
    return [*pks, *[next(iter(pks))] * (length - len(pks))]


def _sight_of(user: Model, name: str) -> Prepared:
    minute = int(clock.now().timestamp() // 60)
    return _prepared(name, is_facilitator(user), user.has_perm(EDITS_ORGANISATIONS), minute)


@dataclass(frozen=True)
class _Reader:
    """Anybody with these rights, whose id is given later: for them a rule is the same query."""

    helps: bool
    edits: bool
    pk: Given = field(default_factory=lambda: Given("reader"))
    is_active: bool = True

    def has_perm(self, permission: str) -> bool:
        return {FACILITATES: self.helps, EDITS_ORGANISATIONS: self.edits}[permission]


@lru_cache(maxsize=64)
def _prepared(name: str, helps: bool, edits: bool, _minute: int) -> Prepared:
    rows = SIGHT[name](_Reader(helps, edits)).filter(pk__in=[Given("pks")]).order_by()
    return Prepared.of(rows.annotate(reader=Given("reader"), sight=Value(name)).values_list("reader", "sight", "pk"))
