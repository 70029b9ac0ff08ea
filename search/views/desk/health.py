"""How the index is, and what an editor may ask of it. Nothing is done in the request itself; a worker does it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from search import index_health
from search.models import IndexRequest
from search.services import upkeep
from search.upkeep import carry_out_soon

from .log import heading

PERMISSION = "search.view_generation"


@require_safe
@permission_required(PERMISSION)
def index(request: HttpRequest) -> HttpResponse:
    context = {**heading(_("How the index is"), "cogs"), **index_health.state()}
    return render(request, "wagtailadmin/search/health.html", context)


@require_safe
@permission_required(PERMISSION)
def work(request: HttpRequest) -> HttpResponse:
    """How far what is under way has come, asked for by a script; when all is done the whole page is shown anew."""
    under_way = index_health.work()
    response = render(request, "wagtailadmin/search/_work.html", under_way)
    if not under_way["unfinished"]:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@permission_required("search.add_indexrequest")
def ask(request: HttpRequest) -> HttpResponse:
    """Pressed twice, it is asked once."""
    act = request.POST.get("act", "")
    if act in IndexRequest.Act.values:
        upkeep.ask(actor=request.user, act=act)
        carry_out_soon()
        messages.success(request, _("It is asked for. This page shows how far it is; search answers meanwhile."))
    return redirect("search_index:index")


@require_POST
@permission_required("search.change_outboxrow")
def again(request: HttpRequest) -> HttpResponse:
    woken = upkeep.try_again(actor=request.user)
    told = ngettext("%(n)d row is tried again.", "%(n)d rows are tried again.", woken) % {"n": woken}
    messages.success(request, told)
    return redirect("search_index:index")
