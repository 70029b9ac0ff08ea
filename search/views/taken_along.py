"""A search taken along: as a feed that is followed, or as a table. The first 200 results, under the same rights."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnerships import tables
from partnerships.text.markup import plain_text
from search.addresses import address_of
from search.documents import EPOCH
from search.finding import find_hits
from search.query import Hit, Query, Results, Viewer

FIRST = 200
COLUMNS = ("id", "kind", "title", "url", "lang", "date", "text")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_atom(query: Query, results: Results) -> HttpResponse:
    """An entry changes its date, and so is new to a reader, only when the thing has changed its own."""
    address = settings.SITE_URL + reverse("search:search") + address_of(query)
    feed = Atom1Feed(
        title=_("Search in Samspil: %(text)s") % {"text": query.text} if query.text else _("Everything in Samspil"),
        link=address,
        description="",
        subtitle=results.notice or None,
        language=query.language,
        feed_url=f"{address}&format=atom",
    )
    for hit in results.hits:
        url, text = settings.SITE_URL + hit.url, _plain(hit)
        feed.add_item(_clean(hit.name), url, text, unique_id=url, updateddate=_day(hit), categories=[hit.kind_label])
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def as_csv(query: Query, results: Results) -> HttpResponse:
    return tables.as_csv(COLUMNS, map(_row, results.hits), name="samspil")


def _row(hit: Hit) -> list[str]:
    url = settings.SITE_URL + hit.url
    return [hit.id, hit.kind, hit.name, url, hit.lang, _day(hit).date().isoformat(), _plain(hit)]


FORMATS: dict[str, Callable[[Query, Results], HttpResponse]] = {"atom": as_atom, "csv": as_csv}


def taken_along(request: HttpRequest, query: Query, viewer: Viewer) -> HttpResponse:
    whole = replace(query, page=1)
    return FORMATS[request.GET["format"]](whole, find_hits(whole, viewer, FIRST))


def _day(hit: Hit) -> datetime:
    day = EPOCH + timedelta(days=hit.facts["day"])
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _plain(hit: Hit) -> str:
    return _clean(plain_text(hit.text))


def _clean(text: str) -> str:
    """Without what XML has no sign for."""
    return _CONTROLS.sub("", text)
