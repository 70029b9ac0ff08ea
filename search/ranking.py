"""The last word on the order of the first hits: news and posts fade with time, nothing else does."""

from collections.abc import Iterable
from datetime import date

from search.documents import days
from search.engines.base import Row

WINDOW = 400
FADING = ("update", "post")
HALF_LIFE_DAYS = 730
NEVER_BELOW = 0.6
SAME_TO = 3
"""Decimals of a score that mean something: engines add up in different orders."""


def ranked(rows: Iterable[Row], today: date) -> list[Row]:
    """Equal scores go by day, then by id, so that the order is the same every time and on every engine."""
    return sorted(rows, key=lambda row: (-round(_weighted(row, days(today)), SAME_TO), -row.day, row.id))


def _weighted(row: Row, today: int) -> float:
    if row.id.partition(":")[0] not in FADING:
        return row.score
    freshness = 0.5 ** (max(today - row.day, 0) / HALF_LIFE_DAYS)
    return row.score * (NEVER_BELOW + (1 - NEVER_BELOW) * freshness)
