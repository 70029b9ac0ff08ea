"""How long a partnership takes to answer, measured on its own decisions, so that the promise can be held against it."""

from dataclasses import dataclass
from statistics import median

from django.utils import timezone

from partnerships.models import Partnership

MEASURED_ON = 20
ENOUGH = 5


@dataclass(frozen=True)
class AnswerTime:
    days: int
    measured: int
    on_time: int


def answer_time(partnership: Partnership) -> AnswerTime | None:
    """The median of the latest answers, or nothing while there are too few to speak of a usual time."""
    answered = partnership.applications.filter(decision__isnull=False).order_by("-decision__decided")
    rows = list(answered.values_list("sent", "promised", "decision__decided")[:MEASURED_ON])
    if len(rows) < ENOUGH:
        return None
    days = [max(0, (timezone.localdate(decided) - timezone.localdate(sent)).days) for sent, _, decided in rows]
    on_time = sum(timezone.localdate(decided) <= promised for _, promised, decided in rows)
    return AnswerTime(round(median(days)), len(rows), on_time)
