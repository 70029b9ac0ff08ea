from collections.abc import Callable, Iterator
from functools import wraps

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import tables
from partnerships.facilitation import care, fit, overview
from partnerships.listing import named_like, narrowed, text_in
from partnerships.models import Organisation
from partnerships.municipal_tasks import reports_for
from partnerships.permissions import is_facilitator

from .signed_in import named

SHOWN = 10
View = Callable[..., HttpResponse]


def facilitators_only(view: View) -> View:
    """For others it does not exist."""

    @require_safe
    @named
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not is_facilitator(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@facilitators_only
def facilitation(request: HttpRequest) -> HttpResponse:
    """Each list shows its first few and how many there are in all; `?all=` names one to be shown whole."""
    whole = request.GET.get("all", "")
    lists = {
        "proposals": list(care.proposals()),
        "applications": list(care.applications()),
        "vacancies": care.vacancies(),
        "silent": list(care.silent()),
        "fits": fit.fits(request.user),
    }
    context = {name: Shown(rows, None if name == whole else SHOWN) for name, rows in lists.items()}
    context["reports"] = reports_for(request.user).count()
    context["in_none"] = care.in_none(_organisations(request)).count()
    return render(request, "partnerships/facilitation/desk.html", context)


def _organisations(request: HttpRequest) -> QuerySet[Organisation]:
    return Organisation.objects.visible_to(request.user)


class Shown:
    """The first few of a list."""

    def __init__(self, rows: list, most: int | None) -> None:
        self.rows, self.total = rows[:most], len(rows)

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


@facilitators_only
def facilitation_overview(request: HttpRequest) -> HttpResponse:
    rows = _organisations(request)
    if text := text_in(request.GET):
        called = Organisation.objects.filter(named_like(text, "name_en", "former_names__name"))
        rows = rows.filter(pk__in=called.order_by().values("pk"))
    listing = narrowed(rows, overview.RULES, request.GET)
    if request.GET.get("format") == "csv":
        return _as_csv(overview.table(listing.page.paginator.object_list))
    context = {"listing": listing, "table": overview.table(listing.page)}
    return render(request, "partnerships/facilitation/overview.html", context)


def _as_csv(table: overview.Table) -> HttpResponse:
    columns = [_("Organisation"), _("Kind"), *(one.name_shown for one in table.partnerships)]
    return tables.as_csv(columns, _lines(table), name="organisationer-i-partnerskaber")


def _lines(table: overview.Table) -> Iterator[list[str]]:
    for row in table.rows:
        cells = [cell.tier.name if cell else "" for cell in row.cells]
        yield [row.organisation.name_shown, row.organisation.get_kind_display(), *cells]
