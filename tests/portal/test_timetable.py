"""What a portal without timers of its own does by itself, and when."""

from datetime import datetime

import pytest
from django.utils import timezone

from portal.timetable import rhythms_due


def moment(text):
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.mark.parametrize(
    ("before", "now", "due"),
    [
        ("2026-11-24 06:59:50", "2026-11-24 07:00:20", ["at_once", "daily"]),
        ("2026-11-23 06:59:50", "2026-11-23 07:00:20", ["at_once", "daily", "weekly"]),
        ("2026-11-24 07:00:20", "2026-11-24 07:00:50", ["at_once"]),
        ("2026-11-24 06:59:00", "2026-11-24 06:59:30", ["at_once"]),
        ("2026-11-24 06:00:00", "2026-11-24 07:00:00", ["at_once", "daily"]),
        ("2026-03-29 06:59:50", "2026-03-29 07:00:20", ["at_once", "daily"]),
    ],
)
def test_daily_ones_are_due_once_a_day_and_weekly_ones_on_mondays(before, now, due):
    assert rhythms_due(moment(before), moment(now)) == due
