"""Settings of the partnership: what it says of itself, for those who run it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import ruling
from partnerships.forms.partnership_settings import PartnershipPageForm, SeekForms, StatutesForm, TierForms
from partnerships.models import Partnership
from partnerships.permissions import may_run_partnership, may_see_whole
from partnerships.services import agreements
from partnerships.services import statutes as statute_services
from partnerships.services.refusals import Refusal

from .files import sent
from .refusals import told_in
from .signed_in import named

SEEKS = ("whom_da", "why_da", "until", "whom_en", "why_en")
TIER = ("pk", "kind", "name_da", "rights_da", "fee_da", "places", "name_en", "rights_en", "fee_en")
View = Callable[..., HttpResponse]


def for_those_who_run_it(view: View) -> View:
    """A proposal has no settings; its page has what there is to change."""

    @named
    @wraps(view)
    def checked(request: HttpRequest, slug: str, *args: object, **kwargs: object) -> HttpResponse:
        rows = Partnership.objects.visible_to(request.user).filter(state__in=Partnership.LIVED)
        found = get_object_or_404(rows.select_related("responsible"), slug=slug)
        if not may_run_partnership(request.user, found):
            raise Http404
        return view(request, found, *args, **kwargs)

    return checked


@require_safe
@for_those_who_run_it
def settings(request: HttpRequest, found: Partnership) -> HttpResponse:
    context = {
        "partnership": found,
        "seeks": list(found.seeks.current()),
        "tiers": list(found.tiers.all()),
        "held": found.seats.current().filter(participation=None).count(),
        "statutes": found.statutes.in_force().first(),
        **ruling.as_said(ruling.rule_of(found)),
    }
    return render(request, "partnerships/settings/settings.html", context)


@for_those_who_run_it
def settings_page(request: HttpRequest, found: Partnership) -> HttpResponse:
    form = PartnershipPageForm(request.POST or None, partnership=found, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            agreements.update(partnership=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("The page is changed."))
            return redirect(found)
    return render(request, "partnerships/settings/page.html", {"partnership": found, "form": form})


@for_those_who_run_it
def settings_seeks(request: HttpRequest, found: Partnership) -> HttpResponse:
    rows = SeekForms(request.POST or None, initial=list(found.seeks.values(*SEEKS)), prefix="seeks")
    return _kept_rows(request, found, rows, "seeks")


@for_those_who_run_it
def settings_tiers(request: HttpRequest, found: Partnership) -> HttpResponse:
    rows = TierForms(request.POST or None, initial=list(found.tiers.values(*TIER)), prefix="tiers")
    return _kept_rows(request, found, rows, "tiers")


def _kept_rows(request: HttpRequest, found: Partnership, rows: SeekForms | TierForms, name: str) -> HttpResponse:
    refused = ""
    if request.method == "POST" and rows.is_valid():
        try:
            agreements.update(partnership=found, actor=request.user, **{name: rows.kept})
        except Refusal as refusal:
            refused = str(refusal.message)
        else:
            messages.success(request, _("It is changed."))
            return redirect("partnerships:settings", found.slug)
    context = {"partnership": found, "rows": rows, "refused": refused}
    return render(request, f"partnerships/settings/{name}.html", context)


@for_those_who_run_it
def settings_statutes(request: HttpRequest, found: Partnership) -> HttpResponse:
    form = StatutesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            statute_services.enter_statutes(partnership=found, actor=request.user, **form.said)
            messages.success(request, _("The version is entered."))
            return redirect("partnerships:statutes", found.slug)
    context = {"partnership": found, "form": form, "versions": list(found.statutes.all())}
    return render(request, "partnerships/settings/statutes.html", context)


@require_safe
def statutes(request: HttpRequest, slug: str) -> HttpResponse:
    """All versions that are or were in force, the newest first; one that is agreed and not yet in force is told too."""
    found = _shown_whole(request, slug)
    versions = list(found.statutes.all())
    if not versions:
        raise Http404
    context = {"partnership": found, "versions": versions, "current": found.statutes.in_force().first()}
    return render(request, "partnerships/statutes.html", context)


@require_safe
def statutes_file(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Of any version, to those who may read the statutes."""
    version = get_object_or_404(_shown_whole(request, slug).statutes.exclude(file=""), pk=pk)
    return sent(version.file, kind=version.file_kind, name=version.file_name)


def _shown_whole(request: HttpRequest, slug: str) -> Partnership:
    found = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not may_see_whole(request.user, found):
        raise Http404
    return found
