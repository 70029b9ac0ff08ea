"""A person keeps a search under a name, and says how often to be told what is new in it."""

import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.services.follows import rhythm_of
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.services.typed import line
from search import audience
from search.addresses import address_of
from search.alerts import request_of
from search.documents import EPOCH
from search.engines import current_engine
from search.engines.base import EngineFailed, Row
from search.finding import understood
from search.models import Match, SavedSearch
from search.query import Query

log = logging.getLogger(__name__)
MOST_KNOWN = 2_000
AT_ONCE = 500


@transaction.atomic
def save_search(*, actor: models.Model, query: Query, name: str, rhythm: str) -> SavedSearch:
    """What the search finds today is known from the start: only what comes later is news."""
    if SavedSearch.objects.filter(owner=actor).count() >= SavedSearch.MOST_OF_ONE_PERSON:
        raise WrongState(_("You have saved very many searches. Delete one first."))
    search = SavedSearch(owner=actor, address=address_of(query), language=query.language)
    if len(search.address) > SavedSearch.LONGEST_ADDRESS:
        raise Invalid(_("This search has too many filters to be saved."))
    if SavedSearch.objects.filter(owner=actor, address=search.address, language=search.language).exists():
        raise WrongState(_("You have saved this search already."))
    _write(search, name, rhythm)
    _note_what_is_known(search)
    return search


@transaction.atomic
def change_search(*, search: SavedSearch, actor: models.Model, name: str, rhythm: str) -> SavedSearch:
    """Who was told nothing for a while begins with what comes from now on."""
    _only_the_owner(search, actor)
    was = search.rhythm or rhythm_of(actor)
    if was == SavedSearch.Rhythm.NEVER and rhythm != SavedSearch.Rhythm.NEVER:
        search.matches.waiting().update(state=Match.State.TOLD)
    return _write(search, name, rhythm)


def delete_search(*, search: SavedSearch, actor: models.Model) -> None:
    _only_the_owner(search, actor)
    search.delete()


def stop_alerts(*, keys: Iterable[int]) -> None:
    """By the address in a mail, which only its receiver knows: no sign-in. The searches stay."""
    SavedSearch.objects.filter(pk__in=list(keys)).update(rhythm=SavedSearch.Rhythm.NEVER)


def begin_anew(user: models.Model) -> None:
    """Who was told nothing for a while, and is from now on: what waited meanwhile is no news any more."""
    usual = SavedSearch.objects.filter(owner=user, rhythm="").values("pk")
    Match.objects.waiting().filter(saved_search__in=usual).update(state=Match.State.TOLD)


def _only_the_owner(search: SavedSearch, actor: models.Model) -> None:
    if search.owner_id != actor.pk:
        raise NotAllowed(_("This is somebody else's saved search."))


def _write(search: SavedSearch, name: str, rhythm: str) -> SavedSearch:
    if rhythm and rhythm not in SavedSearch.Rhythm.values:
        raise Invalid(_("Choose how often you want to be told."), field="rhythm")
    search.name, search.rhythm = line(name, field="name", longest=120, required=True), rhythm
    search.save()
    return search


def _note_what_is_known(search: SavedSearch) -> None:
    """Where it finds very much, or the engine does not answer, all that is as old as the rest counts as known."""
    try:
        rows, total = _newest(search)
    except EngineFailed as error:
        log.info("What a saved search finds until today counts as known: %s", error)
        search.known_until = clock.today()
    else:
        known = [Match(saved_search=search, key=row.id, state=Match.State.KNOWN) for row in rows]
        Match.objects.bulk_create(known, batch_size=AT_ONCE)
        search.known_until = _day(rows[-1]) if total > len(rows) else None
    search.save(update_fields=["known_until"])


def _newest(search: SavedSearch) -> tuple[list[Row], int]:
    query, tokens = search.query, audience.viewer(search.owner).tokens
    request, engine = request_of(query, understood(query), tokens), current_engine()
    rows: list[Row] = []
    while True:
        found = engine.search(replace(request, sort="newest", offset=len(rows), limit=AT_ONCE))
        rows += found.rows
        if len(rows) >= min(found.total, MOST_KNOWN) or not found.rows:
            return rows, found.total


def _day(row: Row) -> date:
    return date.fromordinal(EPOCH.toordinal() + row.day)
