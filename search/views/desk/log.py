"""What people search, in lists that say what is missing."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from search import desk

PERMISSION = "search.view_loggedsearch"
PER_PAGE = 25
NAMES = {
    desk.MOST: _("Searched most"),
    desk.EMPTY: _("Found nothing"),
    desk.UNOPENED: _("Nothing was opened"),
}


@require_safe
@permission_required(PERMISSION)
def searches(request: HttpRequest) -> HttpResponse:
    chosen, days = _chosen(request)
    page = Paginator(desk.lines(chosen, days), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "lines": desk.with_what_they_find(page.object_list),
        "page_obj": page,
        "chosen": chosen,
        "days": days,
        "lists": NAMES.items(),
        "periods": desk.PERIODS,
        "empty": desk.EMPTY,
    }
    return render(request, "wagtailadmin/search/log.html", {**heading(_("What people search"), "search"), **context})


def _chosen(request: HttpRequest) -> tuple[str, int]:
    """Anything else is the first list, and a month."""
    chosen, days = request.GET.get("list", ""), request.GET.get("days", "")
    periods = {str(period): period for period in desk.PERIODS}
    return chosen if chosen in desk.LISTS else desk.MOST, periods.get(days, 30)


def heading(title: Any, icon: str, *, below_the_log: bool = False) -> dict[str, Any]:
    """What Wagtail's frame shows above a screen."""
    here = [{"url": "", "label": title}]
    log = [{"url": reverse("search_log:index"), "label": _("What people search")}] if below_the_log else []
    home = [{"url": reverse("wagtailadmin_home"), "label": _("Home")}]
    return {"header_title": title, "header_icon": icon, "breadcrumbs_items": home + log + here}
