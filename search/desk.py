"""What the log of searches says to editors: what is searched most, what finds nothing, and what nobody opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from partnerships import clock
from search.counting import found_by_all
from search.models import LoggedSearch

PERIODS = (7, 30, 90)
MOST, EMPTY, UNOPENED = "most", "empty", "unopened"
LISTS = (MOST, EMPTY, UNOPENED)


@dataclass(frozen=True, slots=True)
class Line:
    """A query in the chosen period. `now` is what it finds today; None where the engine does not answer."""

    query: str
    lang: str
    searches: int
    empty: int
    clicks: int
    last: object
    now: int | None


def lines(chosen: str, days: int) -> QuerySet:
    """One row a query and language. What found nothing before and finds something now stays listed, with what it finds."""
    since = clock.now() - timedelta(days=days)
    rows = LoggedSearch.objects.filter(hour__gte=since).order_by().values("query", "lang")
    rows = rows.annotate(
        all_searches=Sum("searches"),
        all_clicks=Sum("clicks"),
        found_nothing=Coalesce(Sum("searches", filter=Q(results=0)), 0),
        last=Max("hour", filter=Q(searches__gt=0)),
    ).filter(all_searches__gt=0)
    if chosen == EMPTY:
        return rows.filter(found_nothing__gt=0).order_by("-found_nothing", "-last", "query", "lang")
    if chosen == UNOPENED:
        rows = rows.filter(all_clicks=0, found_nothing__lt=F("all_searches"))
    return rows.order_by("-all_searches", "-last", "query", "lang")


def with_what_they_find(rows: Iterable[dict]) -> list[Line]:
    """Asks the engine once for each, and the database no more for twenty than for one."""
    rows = list(rows)
    found: dict[tuple[str, str], int] = {}
    for lang in sorted({row["lang"] for row in rows}):
        texts = [row["query"] for row in rows if row["lang"] == lang]
        found |= {(text, lang): count for text, count in found_by_all(texts, lang).items()}
    return [
        Line(
            query=row["query"],
            lang=row["lang"],
            searches=row["all_searches"],
            empty=row["found_nothing"],
            clicks=row["all_clicks"],
            last=row["last"],
            now=found.get((row["query"], row["lang"])),
        )
        for row in rows
    ]
