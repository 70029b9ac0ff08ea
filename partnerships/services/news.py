"""News is written in the transaction of what it tells, and given its place in the order after the commit."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction
from wagtail.models import Page

from partnerships import clock
from partnerships.models import (
    Goal,
    HistoryEntry,
    NewsAbout,
    NewsItem,
    Organisation,
    Partnership,
    Place,
    Sweep,
    Topic,
)
from partnerships.news.kinds import NEWS

KEPT = timedelta(days=40)
"""Longer than a week, so that a digest that was late still finds all."""
NAMES = {Topic: "topic", Place: "place", Organisation: "organisation", Partnership: "partnership", Goal: "goal"}


def name_of_key(thing: models.Model) -> str:
    """Which key points at this thing."""
    return "page" if isinstance(thing, Page) else NAMES[type(thing)]


def tell_of_act(entry: HistoryEntry) -> None:
    """Called for every act; most are no news."""
    kind = NEWS.get(entry.verb)
    if kind is not None:
        _write(NewsItem(history=entry, actor=entry.actor, at=entry.at), kind.about(entry))


def tell_of_page(*, page: Page, actor: models.Model | None, is_new: bool, about: Iterable[models.Model]) -> None:
    """A page was published: for the first time, to all who follow something it names; again, to those who follow it."""
    base = Page(pk=page.pk)
    item = NewsItem(page=base, actor=actor, at=clock.now(), is_new=is_new)
    _write(item, [base, *about] if is_new else [base])


def _write(item: NewsItem, about: Iterable[models.Model]) -> None:
    item.save()
    keys = dict.fromkeys((name_of_key(thing), thing.pk) for thing in about)
    NewsAbout.objects.bulk_create(NewsAbout(item=item, **{f"{name}_id": pk}) for name, pk in keys)


@transaction.atomic
def sweep() -> int:
    """Gives all that is new by now the next number. One at a time: what a number stands for is complete once it is seen."""
    held = held_sweep()
    if NewsItem.objects.filter(sweep=None).update(sweep=held.number + 1):
        held.number += 1
        held.save(update_fields=["number"])
    return held.number


def held_sweep() -> Sweep:
    """The one row, held until the transaction ends."""
    Sweep.objects.get_or_create(pk=1)
    return Sweep.objects.select_for_update().get(pk=1)


def latest_sweep() -> int:
    return Sweep.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def forget_old() -> int:
    return NewsItem.objects.filter(at__lt=clock.now() - KEPT).delete()[0]
