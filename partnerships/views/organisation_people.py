"""Who belongs to an organisation and in which role, for those who say so."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.models import Membership, Organisation
from partnerships.permissions import may_administer_organisation, may_change_roles
from partnerships.standing import is_current

from .signed_in import named


@named
@require_safe
def organisation_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever works there may not have agreed to be named to others; their administrators know them."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not may_change_roles(request.user, found):
        raise Http404
    rows = list(found.memberships.exclude(status=Membership.Status.REFUSED).select_related("profile", "organisation"))
    waiting = [row for row in rows if row.status == Membership.Status.REQUESTED]
    current = [row for row in rows if is_current(row)]
    context = {
        "organisation": found,
        "administers": may_administer_organisation(request.user, found),
        "waiting": waiting,
        "current": current,
        "former": [row for row in rows if row not in current and row not in waiting],
    }
    return render(request, "partnerships/organisations/people.html", context)
