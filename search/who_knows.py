"""Who knows, asked by itself: by words and filters, about a topic or about a goal.

Topic and place narrow what is found; organisation and kind narrow those who stand behind it. Nothing typed means that
the newest things answer, and so it is with a topic or a goal: all its things fit alike.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.models import Membership
from partnerships.models.organisations import of_public
from search.engines import current_engine
from search.engines.base import EngineFailed, Found, Request, Row
from search.experts import FIRST, Votes, by_votes, expert, experts
from search.finding import understood, widened
from search.labels import facet_label, labels
from search.own_words import own_words
from search.query import Expert, Facet, Query, Value, Viewer
from search.ranking import ranked
from search.tree import Everything

log = logging.getLogger(__name__)
NARROWED_BY = ("topic", "place")
KINDS = ("person", "organisation")
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One page of those who know. `kinds` counts people and organisations, each without its own choice."""

    query: Query
    total: int = 0
    experts: tuple[Expert, ...] = ()
    facets: tuple[Facet, ...] = ()
    kinds: Mapping[str, int] | None = None
    notice: str = ""


def who_knows(query: Query, viewer: Viewer) -> Known:
    """`query.filters` may hold topic, place, organisation and kind."""
    asked = understood(query)
    narrowed = replace(query, filters={name: query.filters[name] for name in NARROWED_BY if name in query.filters})
    try:
        request, found, notice = widened(narrowed, asked, viewer)
        rows = _newest(request) if asked.is_empty else ranked(found.rows, clock.today())
        own = own_words(request, asked)
    except EngineFailed:
        log.exception("The engine did not answer; nobody is named")
        return Known(query, notice=_("Search is not working fully just now. Try again in a little while."))
    best = by_votes(rows, viewer, own)
    belongs = _belongs(best)
    inside = [votes for votes in best if _is_of(votes, query.filters.get("organisation", ()), belongs)]
    kinds = {kind: sum(votes.link.who == kind for votes in inside) for kind in KINDS}
    wanted = query.filters.get("kind", KINDS)
    shown = [votes for votes in inside if votes.link.who in wanted]
    page = min(query.page, -(-len(shown) // PER_PAGE) or 1)
    first = (page - 1) * PER_PAGE
    return Known(
        query=replace(query, page=page),
        total=len(shown),
        experts=tuple(expert(votes, query.language) for votes in shown[first : first + PER_PAGE]),
        facets=(*_of_things(found, query), _of_organisations(best, belongs, query)),
        kinds=kinds,
        notice=notice,
    )


def who_knows_of(viewer: Viewer, language: str, **about: str) -> tuple[Expert, ...]:
    """Five people and five organisations behind a topic's or a goal's newest things; `topic="water"`, by address name."""
    filters = {name: (slug,) for name, slug in about.items()}
    try:
        rows = _newest(Request(Everything(), viewer.tokens, language, filters))
    except EngineFailed:
        return ()
    return experts(rows, viewer, language)


def _newest(request: Request) -> tuple[Row, ...]:
    return current_engine().search(replace(request, sort="newest", facets=(), offset=0, limit=FIRST)).rows


def _belongs(best: Iterable[Votes]) -> dict[tuple[str, int], dict[str, str]]:
    """Whom each belongs to today, address name → name, in one query; an organisation belongs to itself."""
    best = list(best)
    belongs: dict[tuple[str, int], dict[str, str]] = {(votes.link.who, votes.link.pk): {} for votes in best}
    people = [votes.link.pk for votes in best if votes.link.who == "person"]
    rows = (
        Membership.objects.current().filter(of_public(), profile__in=people).select_related("organisation")
        if people
        else ()
    )
    for row in rows:
        belongs[("person", row.profile_id)][row.organisation.slug] = row.organisation.name_shown
    for link in (votes.link for votes in best if votes.link.who == "organisation"):
        belongs[("organisation", link.pk)] = {link.slug: link.name}
    return belongs


def _is_of(votes: Votes, wanted: Iterable[str], belongs: Mapping[tuple[str, int], Mapping[str, str]]) -> bool:
    return not wanted or bool(set(wanted) & set(belongs[(votes.link.who, votes.link.pk)]))


def _of_things(found: Found, query: Query) -> Iterable[Facet]:
    """Topics and places of what was found."""
    counts = {name: found.facets.get(name, {}) for name in NARROWED_BY}
    names = labels({name: {*counts[name], *query.filters.get(name, ())} for name in NARROWED_BY}, query.language)
    for name in NARROWED_BY:
        yield _facet(
            name, counts[name], {value: names[(name, value)] for found, value in names if found == name}, query
        )


def _of_organisations(best: Iterable[Votes], belongs: Mapping, query: Query) -> Facet:
    counts: dict[str, int] = {}
    called: dict[str, str] = {slug: slug for slug in query.filters.get("organisation", ())}
    for votes in best:
        for slug, name in belongs[(votes.link.who, votes.link.pk)].items():
            counts[slug] = counts.get(slug, 0) + 1
            called[slug] = name
    return _facet("organisation", counts, called, query)


def _facet(name: str, counts: Mapping[str, int], called: Mapping[str, str], query: Query) -> Facet:
    """A value that was chosen stays listed though nothing is behind it."""
    chosen = query.filters.get(name, ())
    values = [Value(value, label, counts.get(value, 0), value in chosen) for value, label in called.items()]
    return Facet(name, facet_label(name), tuple(sorted(values, key=lambda value: (-value.count, value.label))))
