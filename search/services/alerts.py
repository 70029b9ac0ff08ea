"""What is new is compared with all saved searches, and told: once, only what its reader may see, never nothing.

First what was found is written down; then, for one person after the other, it is settled and noted in the site in one
transaction with the mail that waits to leave (partnerships/services/mail_queue.py). A process that dies loses neither.
"""

import logging
from collections.abc import Iterable
from itertools import groupby

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.urls import reverse
from django.utils import translation

from partnerships.models import OutgoingMail, Profile
from partnerships.notifications import Letter, note, send, write
from partnerships.services.mail_queue import Written
from search import audience, indexing
from search.alerts import matches
from search.documents import document
from search.engines.base import EngineFailed
from search.models import Match, SavedSearch, WrittenRow
from search.news import News, hits_of
from search.stopping import address_to_stop

log = logging.getLogger(__name__)
ROWS_AT_ONCE = 200
EACH_IN_A_MAIL = 5
Rhythm = SavedSearch.Rhythm


def tell(rhythm: str) -> int:
    """Returns how many people were told. Nobody is told that nothing is new."""
    compare()
    waiting = SavedSearch.objects.in_rhythm(rhythm).filter(matches__state=Match.State.WAITING)
    pairs = waiting.order_by("owner", "language").values_list("owner", "language").distinct()
    return sum(_told(owner, language, rhythm) for owner, language in list(pairs))


# --- Comparing


def compare() -> int:
    """Returns how many rows were compared. Two at once write the same down once."""
    compared = 0
    while rows := list(WrittenRow.objects.all()[:ROWS_AT_ONCE]):
        try:
            _compare(rows)
        except (EngineFailed, models.ObjectDoesNotExist, ValueError, KeyError):
            log.exception("Written rows could not be compared together; each is tried alone")
            _each_alone(rows)
        compared += len(rows)
    return compared


def _compare(rows: list[WrittenRow]) -> None:
    """What is found is written down in one short transaction with the rows that are done."""
    news = _found_in(row.key for row in rows) if SavedSearch.objects.exists() else []
    with transaction.atomic():
        Match.objects.bulk_create(news, ignore_conflicts=True, batch_size=500)
        WrittenRow.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _found_in(keys: Iterable[str]) -> list[Match]:
    present, _gone = indexing.as_the_database_says(keys)
    found = matches(SavedSearch.objects.all(), [document(record) for record in present])
    return [Match(saved_search=search, key=key, state=Match.State.WAITING) for search, key in found]


def _each_alone(rows: list[WrittenRow]) -> None:
    for row in rows:
        try:
            _compare([row])
        except Exception:
            log.exception("%s could not be compared with the saved searches", row.key)
            row.delete()


# --- Telling


def _told(owner: int, language: str, rhythm: str) -> int:
    user = get_user_model().objects.get(pk=owner)
    mine = SavedSearch.objects.in_rhythm(rhythm).filter(owner=user, language=language).order_by()
    found = Match.objects.waiting().filter(saved_search__in=mine.values("pk"))
    waiting = list(found.select_related("saved_search").order_by("saved_search", "-pk"))
    try:
        with translation.override(language):
            return _tell_of(waiting, user, language)
    except EngineFailed:
        log.exception("The engine did not answer; what is new is told later")
        return 0


def _tell_of(waiting: list[Match], user: models.Model, language: str) -> int:
    """What the person may see now is told; the rest is forgotten, so that it is news when they may see it."""
    news = _news(waiting, user)
    seen = {(one.search.pk, hit.id) for one in news for hit in one.hits}
    told = {match.pk for match in waiting if (match.saved_search_id, match.key) in seen}
    letter = _letter(news, language) if news else None
    with transaction.atomic():
        Match.objects.waiting().filter(pk__in={match.pk for match in waiting} - told).delete()
        if not letter or not _are_ours(told):
            return 0
        note(user, letter)
        send(user, letter, made_of={"matches": sorted(told)})
    return 1


def written_anew(mail: OutgoingMail) -> Written | None:
    """A mail that waited tells what its reader may see when it leaves."""
    matches = Match.objects.filter(pk__in=mail.made_of.get("matches", ())).select_related("saved_search")
    with translation.override(mail.language):
        news = _news(matches.order_by("saved_search", "-pk"), mail.recipient)
        if not news:
            return None
        to = Profile.objects.filter(user_id=mail.recipient_id).first()
        return write(_letter(news, mail.language), to=to, language=mail.language)


def _are_ours(told: set[int]) -> bool:
    """Where another process tells the same at this moment, it tells them and this one does not."""
    taken = Match.objects.waiting().filter(pk__in=told).update(state=Match.State.TOLD)
    if taken != len(told):
        transaction.set_rollback(True)
    return taken == len(told)


def _news(waiting: Iterable[Match], user: models.Model) -> list[News]:
    viewer = audience.viewer(user)
    groups = groupby(waiting, key=lambda match: match.saved_search)
    found = [News(search, hits_of(search, [match.key for match in group], viewer)) for search, group in groups]
    return [news for news in found if news.hits]


def _letter(news: list[News], language: str) -> Letter:
    searches = [one.search for one in news]
    stop = f"{settings.SITE_URL}{address_to_stop(search.pk for search in searches)}"
    return Letter(
        kind="alert",
        context={"news": [one.first(EACH_IN_A_MAIL) for one in news], "search": searches[0], "stop": stop},
        address=searches[0].get_absolute_url if len(news) == 1 else lambda: reverse("search:saved_searches"),
        language=language,
        headers={"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
