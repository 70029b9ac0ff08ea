"""An invented crowd: people who follow some of a number of partnerships and topics, and posts in those."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Model

from partnerships import clock
from partnerships.models import (
    Follow,
    HistoryEntry,
    Membership,
    NewsAbout,
    NewsItem,
    Organisation,
    Participation,
    Partnership,
    Post,
    Profile,
    Tier,
)

PARTNERSHIPS, EACH_FOLLOWS, MEMBERS, CLOSED = 200, 3, 0.2, 0.3
AT_ONCE = 1_000
NONE = "!"


@transaction.atomic
def make(followers: int, events: int) -> None:
    """A fifth of the people belong to a member of what they follow; three posts in ten are for members."""
    chance = random.Random(7)  # noqa: S311
    author = _people(1, "Ann Author")[0]
    town = Organisation.objects.create(slug="town", name="Målekommune", kind=Organisation.Kind.AUTHORITY)
    partnerships = [_partnership(number, town) for number in range(PARTNERSHIPS)]
    people = _people(followers, "Follower")
    _follow(people, partnerships, chance)
    _happen(events, partnerships, author, chance)


def _partnership(number: int, town: Organisation) -> Partnership:
    found = Partnership.objects.create(
        slug=f"network-{number}",
        name=f"Netværk {number}",
        kind=Partnership.Kind.NETWORK,
        purpose="Vi måler.",
        responsible=town,
    )
    member = Organisation.objects.create(slug=f"member-{number}", name=f"Medlem {number}", kind="company")
    tier = Tier.objects.create(partnership=found, kind=Tier.Kind.FULL, name_da="Medlem")
    Participation.objects.create(partnership=found, organisation=member, tier=tier, since=clock.today())
    found.member = member
    return found


def _people(count: int, name: str) -> list[Profile]:
    user = get_user_model()
    slug = name.lower().replace(" ", "-")
    users = [user(email=f"{slug}-{number}@example.org", password=NONE) for number in range(count)]
    users = user.objects.bulk_create(users, batch_size=AT_ONCE)
    profiles = (Profile(user=one, slug=f"{slug}-{number}", name=f"{name} {number}") for number, one in enumerate(users))
    return _create(Profile, profiles)


def _follow(people: list[Profile], partnerships: list[Partnership], chance: random.Random) -> None:
    earlier = clock.now() - timedelta(days=1)
    chosen = [(person, chance.sample(partnerships, EACH_FOLLOWS)) for person in people]
    _create(
        Follow, (Follow(user_id=one.user_id, partnership=some, since=earlier) for one, all_ in chosen for some in all_)
    )
    belong = (pair for pair in chosen if chance.random() < MEMBERS)
    _create(
        Membership,
        (
            Membership(profile=one, organisation=some[0].member, status=Membership.Status.ACTIVE, since=clock.today())
            for one, some in belong
        ),
    )


def _audience(chance: random.Random) -> str:
    return Post.Audience.MEMBERS if chance.random() < CLOSED else Post.Audience.PUBLIC


def _happen(events: int, partnerships: list[Partnership], author: Profile, chance: random.Random) -> None:
    where = [chance.choice(partnerships) for _ in range(events)]
    posts = _create(
        Post,
        (
            Post(partnership=one, author=author, audience=_audience(chance), title=f"Måling nummer {number}", body="x")
            for number, one in enumerate(where)
        ),
    )
    said = {"verb": HistoryEntry.Verb.POST_PUBLISHED, "actor_id": author.user_id, "actor_name": author.name}
    entries = _create(
        HistoryEntry, (HistoryEntry(partnership_id=post.partnership_id, post=post, **said) for post in posts)
    )
    items = _create(NewsItem, (NewsItem(history=entry, actor_id=author.user_id, at=entry.at) for entry in entries))
    _create(NewsAbout, (NewsAbout(item=item, partnership_id=item.history.partnership_id) for item in items))


def _create(model: type[Model], rows: Iterator[Any]) -> list[Any]:
    made: list[Any] = []
    while some := list(islice(rows, AT_ONCE)):
        made += model.objects.bulk_create(some)
    return made
