"""Votes on who is let in, for the members of a partnership whose rule lets them see."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.ballot import ballot_of, votes_for_members
from partnerships.permissions import may_read_application, may_write_to_administrators

from .room import entered
from .signed_in import named

A_PAGE = 30


@require_safe
@named
def room_votes(request: HttpRequest, slug: str) -> HttpResponse:
    """Where there is none that members see, there is no page."""
    found = entered(request, slug)
    page = Paginator(votes_for_members(found), A_PAGE).get_page(request.GET.get("page"))
    if not page.object_list:
        raise Http404
    context = {"partnership": found, "page": page, "administers": may_write_to_administrators(request.user, found)}
    return render(request, "partnerships/room/votes.html", context)


@require_safe
@named
def room_vote(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who voted what and why; what the applicant wrote is read by those who decide."""
    found = entered(request, slug)
    application = get_object_or_404(votes_for_members(found), pk=pk)
    context = {
        "partnership": found,
        "application": application,
        "ballot": ballot_of(request.user, application),
        "reads": may_read_application(request.user, application),
    }
    return render(request, "partnerships/room/vote.html", context)
