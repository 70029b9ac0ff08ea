from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partnerships import clock
from partnerships import desk as waiting
from partnerships.following import notices_of
from partnerships.models import Membership, Participation, Seat
from partnerships.permissions import is_facilitator
from partnerships.visibility import organisations_of

from .signed_in import named

LATEST = 12
NOTICES = 5


@require_safe
@named
def desk(request: HttpRequest) -> HttpResponse:
    tasks = waiting.tasks_for(request.user)
    own = request.profile.memberships.filter(status__in=Membership.OPEN).select_related("organisation")
    through = Participation.objects.current().filter(
        Q(organisation__in=organisations_of(request.user)) | Q(profile=request.profile)
    )
    context = {
        "profile": request.profile,
        "today": clock.today(),
        "tasks": tasks,
        "facilitates": is_facilitator(request.user),
        "overdue": sum(task.overdue for task in tasks),
        "sent": list(waiting.sent_by(request.user)),
        "asked": list(waiting.asked_by(request.user)),
        "proposals": list(waiting.proposed_by(request.user)),
        "notices": list(notices_of(request.user).unread()[:NOTICES]),
        "happened": list(waiting.happened(request.user, LATEST)),
        "memberships": list(own),
        "partnerships": _each_once(
            through.select_related("partnership", "organisation", "profile", "tier"),
            Seat.objects.current().filter(profile=request.profile).select_related("partnership"),
        ),
        "consent": request.profile.consents.as_contact().first(),
        "topics": list(request.profile.topics.all()),
    }
    return render(request, "partnerships/desk.html", context)


def _each_once(through: Iterable[Participation], seats: Iterable[Seat]) -> list[dict[str, Any]]:
    """Every partnership one is in, with all one is there."""
    found: dict[int, dict[str, Any]] = {}
    for name, rows in (("through", through), ("seats", seats)):
        for row in rows:
            place = {"partnership": row.partnership, "through": [], "seats": []}
            found.setdefault(row.partnership_id, place)[name].append(row)
    return list(found.values())
