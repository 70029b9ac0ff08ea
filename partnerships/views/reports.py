"""What is reported, for those who decide on it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.forms.direct_messages import DecideReportForm
from partnerships.models import Report
from partnerships.permissions.direct_messages import may_decide_report, may_decide_reports
from partnerships.services import reports as services

from .refusals import told_in
from .signed_in import named

A_PAGE = 30
WITH_ALL = (
    "reporter",
    "direct_message__sender",
    "direct_message__person",
    "direct_message__organisation",
    "profile",
    "decided_by",
)


@require_safe
@named
def report_list(request: HttpRequest) -> HttpResponse:
    """What waits comes first, the oldest of it before the rest; then the latest decided."""
    if not may_decide_reports(request.user):
        raise Http404
    rows = Report.objects.about_others(request.user).select_related(*WITH_ALL)
    context = {
        "waiting": list(rows.waiting()[:A_PAGE]),
        "decided": Paginator(rows.exclude(state=Report.State.OPEN).order_by("-decided"), A_PAGE).get_page(
            request.GET.get("page")
        ),
    }
    return render(request, "partnerships/direct_messages/reports.html", context)


@named
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reported it sees what became of it; who decides sees what it is about."""
    found = get_object_or_404(Report.objects.select_related(*WITH_ALL), pk=pk)
    decides = may_decide_report(request.user, found)
    if not decides and found.reporter_id != request.profile.pk:
        raise Http404
    form = DecideReportForm(request.POST or None, about_writing=found.direct_message_id is not None)
    if request.method == "POST" and decides and form.is_valid():
        with told_in(form):
            typed = dict(form.cleaned_data)
            upheld = typed.pop("outcome") == "upheld"
            services.decide_report(report=found, actor=request.user, upheld=upheld, **typed)
            messages.success(request, _("Your decision is sent by e-mail."))
            return redirect(found)
    context = {"report": found, "decides": decides and found.is_open, "form": form}
    return render(request, "partnerships/direct_messages/report_decide.html", context)
