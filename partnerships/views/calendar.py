"""All one's meetings: a page by month, and the private address for a calendar program."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from partnerships import clock
from partnerships.languages import language_of
from partnerships.meeting_times import by_month, event_of, meetings_of
from partnerships.models import CalendarAddress, MeetingAnswer
from partnerships.services import calendar_addresses as services
from partnerships.text.icalendar import calendar

from .meetings import calendar_file
from .signed_in import named

PER_PAGE = 40
FEED_KEEPS_DAYS = 90
FEED_HOLDS = 500


@require_http_methods(["GET", "HEAD", "POST"])
@named
def my_calendar(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _act(request)
    page = Paginator(meetings_of(request.user).coming(), PER_PAGE).get_page(request.GET.get("page"))
    answers = MeetingAnswer.objects.filter(profile=request.profile, meeting__in=[row.pk for row in page])
    said = {row.meeting_id: row for row in answers}
    for row in page:
        row.mine = said.get(row.pk)
    address = CalendarAddress.objects.filter(profile=request.profile).first()
    context = {"page": page, "months": by_month(page), "address": address, "feed": _feed_of(address)}
    return render(request, "partnerships/room/my_calendar.html", context)


def _act(request: HttpRequest) -> HttpResponse:
    if request.POST.get("act") == "end":
        services.end_address(actor=request.user)
        messages.success(request, _("The address is closed. Nobody can fetch your meetings with it any more."))
    elif request.POST.get("act") == "renew":
        services.renew_address(actor=request.user)
        messages.success(request, _("You have a new address. An old one no longer works."))
    return redirect("my_calendar")


def _feed_of(address: CalendarAddress | None) -> str:
    if address is None:
        return ""
    return settings.SITE_URL + reverse("calendar_feed", args=[services.token_of(address)])


@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """For a program that cannot sign in: whoever has the address sees the owner's meetings, so it is kept nowhere."""
    owner = services.owner_of(token)
    if owner is None:
        raise Http404
    since = clock.now() - timedelta(days=FEED_KEEPS_DAYS)
    with translation.override(language_of(owner.user)):
        rows = meetings_of(owner.user).filter(ends__gte=since).order_by("begins", "pk")[:FEED_HOLDS]
        content = calendar(_("My meetings in Samspil"), [event_of(row, inside=True) for row in rows])
    response = calendar_file(content, "samspil")
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response
