"""Mails about what people follow: in the rhythm they chose, by thing, never empty, never twice.

A number of people at a time: what is new for them is gathered, the mails are put and the follows marked in one
transaction; then the mails are sent. Killed before the commit, nothing was done; after it, the queue has the mails. A key
of person, rhythm and period lets no second mail in, whoever runs at the same time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from partnerships import clock
from partnerships.languages import of_loaded
from partnerships.models import DeadAddress, Follow, NewsItem, OutgoingMail, Rhythm
from partnerships.news.gathering import Brought, Gathering
from partnerships.news.lines import Line
from partnerships.news.naming import FOLLOWED
from partnerships.notifications import Letter, write
from partnerships.stopping import address_to_stop, headers_to_stop

from .mail_queue import Written, deliver
from .news import sweep

KIND = "digest"
PEOPLE_AT_ONCE = 200
LINES_OF_EACH = 8


@dataclass(frozen=True)
class Group:
    """What is new about one thing. `more` is how many lines there are beside those that are shown."""

    name: str
    address: str
    stop: str
    lines: list[Line]
    more: int


def tell(rhythm: str) -> int:
    """How many mails were put. Nobody is told that nothing is new."""
    until, gathering, last, put = sweep(), Gathering(), 0, 0
    while people := _next(rhythm, until, last):
        last = people[-1]
        keys = _put(people, rhythm, until, gathering)
        put += len(keys)
        deliver(keys)
    return put


def _next(rhythm: str, until: int, last: int) -> list[int]:
    follows = Follow.objects.in_rhythm(rhythm).filter(told__lt=until, user_id__gt=last)
    return list(follows.order_by("user_id").values_list("user_id", flat=True).distinct()[:PEOPLE_AT_ONCE])


@transaction.atomic
def _put(people: list[int], rhythm: str, until: int, gathering: Gathering) -> list[int]:
    """Who has had the mail of this period already waits for the next, with all that is new."""
    period = _period(rhythm, until)
    had = OutgoingMail.objects.filter(key__in=[_key(user, rhythm, period) for user in people])
    waits = set(had.values_list("recipient_id", flat=True))
    follows = _held([user for user in people if user not in waits], rhythm, until)
    brought = gathering.of(follows, "told", until)
    dead = DeadAddress.objects.among(one.user.email for one in follows)
    mails = [
        _mail(user, list(own), brought, rhythm, _key(user.pk, rhythm, period), gathering)
        for user, own in groupby((one for one in follows if one.pk in brought), key=lambda one: one.user)
        if user.email and user.email.lower() not in dead
    ]
    Follow.objects.filter(pk__in=[one.pk for one in follows]).update(told=until)
    return [mail.pk for mail in OutgoingMail.objects.bulk_create(mails)]


def _held(people: list[int], rhythm: str, until: int) -> list[Follow]:
    """Theirs with something to be told; another who runs at the same time finds them told when this one has ended."""
    held = Follow.objects.select_for_update(of=("self",)).in_rhythm(rhythm)
    held = held.filter(user_id__in=people, told__lt=until).order_by("user_id", "pk")
    return list(held.select_related("user__profile").prefetch_related(*FOLLOWED))


def _period(rhythm: str, until: int) -> str:
    match rhythm:
        case Rhythm.DAILY:
            return clock.today().isoformat()
        case Rhythm.WEEKLY:
            year, week, _day = clock.today().isocalendar()
            return f"{year}-W{week}"
        case _:
            return str(until)


def _key(user: int, rhythm: str, period: str) -> str:
    return f"{KIND}:{user}:{rhythm}:{period}"


def _mail(
    user: models.Model, follows: list[Follow], brought: Brought, rhythm: str, key: str, gathering: Gathering
) -> OutgoingMail:
    language = of_loaded(user)
    written = _written(user, follows, brought, language, gathering)
    return OutgoingMail(
        recipient=user,
        address=user.email,
        kind=KIND,
        language=language,
        subject=written.subject[:300],
        text=written.text,
        html=written.html,
        headers=dict(written.headers),
        made_of={"news": {str(one.pk): [item.pk for item in brought[one.pk]] for one in follows}},
        key=key,
    )


def _written(
    user: models.Model, follows: list[Follow], brought: Brought, language: str, gathering: Gathering
) -> Written:
    with translation.override(language):
        stop = address_to_stop(user.pk)
        groups = list(_groups(follows, brought, gathering))
        letter = Letter(
            kind=KIND,
            context={"groups": groups, "stop": stop, "count": sum(len(brought[one.pk]) for one in follows)},
            address=lambda: reverse("following"),
            headers=headers_to_stop(stop),
        )
        return write(letter, to=getattr(user, "profile", None), language=language)


def _groups(follows: list[Follow], brought: Brought, gathering: Gathering) -> Iterator[Group]:
    """What is new about two followed things is told under the first alone."""
    told: set[int] = set()
    for one in follows:
        items = [item for item in brought[one.pk] if item.pk not in told]
        told |= {item.pk for item in items}
        if items:
            thing = gathering.thing(one)
            yield Group(
                thing.title,
                f"{settings.SITE_URL}{thing.url}",
                address_to_stop(one.user_id, one.pk),
                [gathering.line(item) for item in items[:LINES_OF_EACH]],
                max(len(items) - LINES_OF_EACH, 0),
            )


def written_anew(mail: OutgoingMail) -> Written | None:
    """A digest that waited tells what its reader follows and sees when it leaves; None where nothing is left."""
    news: Mapping[str, list[int]] = mail.made_of.get("news", {})
    follows = Follow.objects.filter(pk__in=map(int, news)).exclude(rhythm=Rhythm.NEVER).order_by("pk")
    kept = list(follows.select_related("user__profile").prefetch_related(*FOLLOWED))
    gathering = Gathering()
    items: Mapping[int, NewsItem] = gathering.read({pk for pks in news.values() for pk in pks})
    brought = gathering.seen_of(kept, {one.pk: [items[pk] for pk in news[str(one.pk)] if pk in items] for one in kept})
    kept = [one for one in kept if one.pk in brought]
    return _written(mail.recipient, kept, brought, mail.language, gathering) if kept else None
