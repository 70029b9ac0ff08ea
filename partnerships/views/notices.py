from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partnerships.following import notices_of
from partnerships.services import notices as services

PER_PAGE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """What one was told. Reading a list changes nothing; the button says that it was read."""
    if request.method == "POST":
        services.mark_read(actor=request.user, keys=_chosen(request.POST.get("notice", "")))
        return redirect("notices")
    told = notices_of(request.user)
    context = {
        "page": Paginator(told, PER_PAGE).get_page(request.GET.get("page")),
        "unread": told.unread().count(),
    }
    return render(request, "partnerships/notices.html", context)


def _chosen(notice: str) -> list[int] | None:
    """One by its number, or all; what is neither is none."""
    if notice == "all":
        return None
    return [int(notice)] if notice.isascii() and notice.isdigit() and len(notice) < 16 else []
