"""What is new about a followed thing stands among the notices in the site, whatever rhythm its mails have.

One notice a follow while it is unread: more news makes its figure grow. It names only the thing, never what is new.
"""

from collections.abc import Iterator

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships import clock
from partnerships.languages import of_loaded
from partnerships.models import Follow, NewsAbout, NewsItem, Notification, Sweep
from partnerships.models.follows import THINGS
from partnerships.news.gathering import Gathering
from partnerships.news.naming import FOLLOWED

from .news import sweep

KIND = "follow"
AT_ONCE = 500


def note_what_is_new() -> int:
    """How many follows brought something. Killed in between, it goes on where it was: each part is one transaction with
    the mark of how far it came."""
    until = sweep()
    before = Sweep.objects.get(pk=1).noted
    if before >= until:
        return 0
    gathering = Gathering()
    noted = sum(_note(keys, until, gathering) for keys in _in_parts(before, until))
    Sweep.objects.filter(pk=1, noted__lt=until).update(noted=until)
    return noted


def _in_parts(before: int, until: int) -> Iterator[list[int]]:
    follows = Follow.objects.filter(_brought_something(before, until), user__is_active=True).order_by("pk")
    last = 0
    while keys := list(follows.filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        yield keys
        last = keys[-1]


def _brought_something(before: int, until: int) -> models.Q:
    about = NewsAbout.objects.filter(item__sweep__gt=before, item__sweep__lte=until)
    among = models.Q()
    for name in THINGS:
        among |= models.Q(**{f"{name}__in": about.filter(**{f"{name}__isnull": False}).values(name)})
    return among


@transaction.atomic
def _note(keys: list[int], until: int, gathering: Gathering) -> int:
    held = Follow.objects.select_for_update(of=("self",)).filter(pk__in=keys, noted__lt=until).order_by("pk")
    follows = list(held.select_related("user__profile").prefetch_related(*FOLLOWED))
    brought = gathering.of(follows, "noted", until)
    unread = {one.follow_id: one for one in Notification.objects.filter(follow__in=brought, read=None)}
    new = [one for one in follows if one.pk in brought and one.pk not in unread]
    Notification.objects.bulk_create(_notice(one, brought[one.pk], gathering) for one in new)
    grown = [_grown(unread[one.pk], one, len(brought[one.pk]), gathering) for one in follows if one.pk in unread]
    Notification.objects.bulk_update(grown, ["count", "text", "address", "created"])
    Follow.objects.filter(pk__in=[one.pk for one in follows]).update(noted=until)
    return len(brought)


def _notice(follow: Follow, items: list[NewsItem], gathering: Gathering) -> Notification:
    """One piece of news is led to itself; where there are more, to what is followed."""
    language = of_loaded(follow.user)
    with translation.override(language):
        thing = gathering.thing(follow)
        return Notification(
            recipient=follow.user,
            kind=KIND,
            follow=follow,
            count=len(items),
            text=_text(thing.title, len(items)),
            language=language,
            address=(gathering.line(items[0]) if len(items) == 1 else thing).url,
            created=clock.now(),
        )


def _grown(notice: Notification, follow: Follow, more: int, gathering: Gathering) -> Notification:
    with translation.override(notice.language):
        thing = gathering.thing(follow)
        notice.count += more
        notice.text, notice.address, notice.created = _text(thing.title, notice.count), thing.url, clock.now()
    return notice


def _text(name: str, count: int) -> str:
    if count == 1:
        return (_("News about %(name)s") % {"name": name})[:300]
    return (ngettext("%(n)d new about %(name)s", "%(n)d new about %(name)s", count) % {"n": count, "name": name})[:300]
