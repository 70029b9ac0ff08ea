"""What the demo's people are said to have searched, in the last weeks before today, and what its editor did about it.

All of it is invented, and the desk says so. The same every time it is built on the same day.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import models
from django.utils import timezone

from cms.models import CaseStoryPage
from search.models import Wish
from search.services import promotions, search_log, wishes
from search.sources import key_of

from .content import table

WEEKS = 8
FROM, TO = 7, 22
"""Hours of the day in which people search."""


def make_searches(editor: models.Model) -> None:
    said = table("searches")
    search_log.keep(rows=[row for search in said["search"] for row in _rows(search)])
    for row in said["recommended"]:
        promotions.promote(actor=editor, words=row["words"], key=key_of(_page(row["page"])))
    for row in said["missing"]:
        page = _page(row["page"]) if row.get("page") else None
        state = Wish.State.WRITTEN if page else Wish.State.OPEN
        wishes.keep(actor=editor, words=row["words"], note=row["note"], state=state, page=page)


def _rows(search: dict[str, Any]) -> Iterator[dict[str, Any]]:
    chance = Random(search["query"])  # noqa: S311
    for hour in _hours(search["a_week"], chance):
        opened = int(chance.random() * 10 < search["opened"])
        known = {"query": search["query"], "lang": search.get("lang", "da"), "results": search["results"]}
        yield {**known, "hour": hour, "searches": 1, "clicks": opened}


def _hours(a_week: int, chance: Random) -> Iterator[datetime]:
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    for _one in range(a_week * WEEKS):
        yield midnight - timedelta(days=chance.randint(1, WEEKS * 7)) + timedelta(hours=chance.randint(FROM, TO))


def _page(slug: str) -> CaseStoryPage:
    return CaseStoryPage.objects.get(slug=slug, locale__language_code="da")
