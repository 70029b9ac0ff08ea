"""What a person follows, as they may see it now. Reading only."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet

from partnerships.models import Follow, Notification
from partnerships.news.naming import FOLLOWED, shown
from partnerships.news.pages import Shown
from partnerships.news.sight import SIGHT, seen_by


@dataclass(frozen=True)
class Followed:
    """`thing` is None where the person may not see it any more: it has no name then, and can only be stopped."""

    follow: Follow
    thing: Shown | None


def followed_by(user: Model) -> list[Followed]:
    follows = list(Follow.objects.of(user).prefetch_related(*FOLLOWED))
    seen = seen_by({user: [(one.what, one.thing_id) for one in follows]})[user.pk]
    return [Followed(one, shown(one.thing) if (one.what, one.thing_id) in seen else None) for one in follows]


def notices_of(user: Model) -> QuerySet[Notification]:
    """What the person was told, without the names of followed things that they may not see any more."""
    follows = Follow.objects.of(user).order_by()
    partnerships = Q(partnership__isnull=False) & ~Q(partnership__in=_keys("partnership", user))
    pages = Q(page__isnull=False) & ~Q(page__in=_keys("page", user))
    hidden = follows.filter(partnerships | pages).values("pk")
    return Notification.objects.of(user).filter(Q(follow=None) | ~Q(follow__in=hidden))


def unread_of(user: Model) -> QuerySet[Notification]:
    return notices_of(user).unread()


def _keys(name: str, user: Model) -> QuerySet:
    return SIGHT[name](user).order_by().values("pk")


def may_be_followed(what: str, user: Any) -> QuerySet:
    """The things of one kind that the user may see; nothing for what is no kind of thing that can be followed."""
    return SIGHT[what](user if user.is_authenticated else AnonymousUser())
