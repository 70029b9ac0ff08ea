"""How much waits for a person: the figure beside "My page", on every page they open."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from django.db.models import Model, QuerySet

from partnerships import application_tasks, clock, desk, municipal_tasks, permissions, room_tasks
from partnerships.handover.queue import organisations_with_a_queue
from partnerships.prepared import Prepared

KEPT = 500
SECONDS = 300
"""For how long the query put together for a reader serves: a third of a second goes into it, ten milliseconds into asking. Of a
meeting that began the figure may be late by as much; of what anybody does it never is."""
HELPING = (
    permissions.is_facilitator,
    permissions.helps_organisations,
    permissions.may_verify_organisation,
    permissions.may_decide_reports,
)


@dataclass(frozen=True)
class _Reader:
    """Whose count it is. The same person with the same rights in the same five minutes is asked about with the same query."""

    pk: int
    helps: tuple[bool, ...]
    period: int
    user: Model = field(compare=False)


def waiting_count(user: Model, *more: Callable[[Model], QuerySet]) -> int:
    """How many things wait, and how many rows of `more` there are, in one query: the figure beside "My page"."""
    helps = tuple(may(user) for may in HELPING)
    reader = _Reader(user.pk, helps, int(clock.now().timestamp() // SECONDS), user)
    return len(_waiting(reader, more).rows({}))


@lru_cache(maxsize=KEPT)
def _waiting(reader: _Reader, more: tuple[Callable[[Model], QuerySet], ...]) -> Prepared:
    rooms = (room_tasks.invitations_for, room_tasks.decisions_for, room_tasks.without_minutes)
    applications = (application_tasks.questions_for, application_tasks.drafts_of)
    asked = (desk.requests_for, desk.invitations_for, desk.proposals_for, desk.foundings_for)
    municipal = (municipal_tasks.unverified_for, municipal_tasks.reports_for)
    own = (*asked, organisations_with_a_queue, *applications, *rooms, *municipal)
    others = (desk.keys(rows(reader.user)) for rows in (*own, *more))
    return Prepared.of(desk.keys(application_tasks.applications_for(reader.user)).union(*others, all=True))
