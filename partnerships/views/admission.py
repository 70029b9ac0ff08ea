from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.answer_times import answer_time
from partnerships.forms import AcceptForm, ApplyForm, RefuseForm
from partnerships.models import Application, Organisation, Partnership
from partnerships.permissions import (
    may_apply_for,
    may_decide,
    may_read_application,
    may_withdraw,
)
from partnerships.services import admission as services
from partnerships.services.refusals import Invalid
from partnerships.standing import speakers_of
from partnerships.visibility import organisations_of

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


@named
def apply(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not partnership.takes_applications:
        messages.info(request, _("%(name)s takes no applications at present.") % {"name": partnership})
        return redirect(partnership)
    organisations = _may_apply_for(request)
    form = ApplyForm(request.POST or None, partnership=partnership, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            fields = {key: value for key, value in form.cleaned_data.items() if key != "confirmed"}
            sent = services.apply(partnership=partnership, actor=request.user, **fields)
            messages.success(request, _("The application is sent. You get an answer by e-mail."))
            return redirect(sent)
    context = {"form": form, "organisations": organisations, **_promise(partnership)}
    return render(request, "partnerships/apply.html", context)


def _may_apply_for(request: HttpRequest) -> list[Organisation]:
    mine = Organisation.objects.public().filter(pk__in=organisations_of(request.user))
    return [organisation for organisation in mine if may_apply_for(request.user, organisation)]


def _promise(partnership: Partnership) -> dict[str, object]:
    return {
        "partnership": partnership,
        "usual": answer_time(partnership),
        "answer_by": clock.today() + timedelta(days=partnership.answer_days),
        "speakers": speakers_of(partnership),
    }


@named
def application(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = Application.objects.select_related(
        "partnership", "organisation", "applicant", "tier", "decision__decided_by"
    )
    found = get_object_or_404(rows, partnership__slug=slug, pk=pk)
    if not may_read_application(request.user, found):
        raise Http404
    forms = {"accept": AcceptForm(), "refuse": RefuseForm()}
    if request.method == "POST" and _acted(request, found, forms):
        return redirect(found)
    is_open = found.state in Application.OPEN
    context = {
        "application": found,
        "is_open": is_open,
        "was_accepted": found.state == Application.State.ACCEPTED,
        "partnership": found.partnership,
        "decision": getattr(found, "decision", None),
        "may_decide": is_open and may_decide(request.user, found),
        "may_withdraw": is_open and may_withdraw(request.user, found),
        "may_apply_again": not is_open and _may_apply_again(request, found),
        "history": list(found.history.all()),
        "earlier": _earlier(found),
        "usual": answer_time(found.partnership),
        **forms,
    }
    return render(request, "partnerships/application.html", context)


def _may_apply_again(request: HttpRequest, application: Application) -> bool:
    """After a no or a withdrawal, or once a membership has ended; never beside one that holds or waits."""
    partnership, organisation = application.partnership, application.organisation
    if not (partnership.takes_applications and may_apply_for(request.user, organisation)):
        return False
    waits = partnership.applications.waiting().filter(organisation=organisation)
    return not (waits.exists() or partnership.participations.current().filter(organisation=organisation).exists())


def _earlier(application: Application) -> list[Application]:
    others = Application.objects.filter(partnership=application.partnership, organisation=application.organisation)
    return list(others.filter(sent__lt=application.sent).select_related("partnership"))


def _acted(request: HttpRequest, application: Application, forms: dict) -> bool:
    """Whether an act was tried that leads back to the page; a form with errors is shown again as it was typed."""
    act = request.POST.get("act")
    if act == "withdraw":
        with told_on_the_next_page(request):
            services.withdraw(application=application, actor=request.user)
            messages.success(request, _("The application is withdrawn."))
        return True
    if act not in forms:
        return True
    forms[act] = form = (AcceptForm if act == "accept" else RefuseForm)(request.POST)
    if not form.is_valid():
        return False
    verb = services.accept if act == "accept" else services.refuse
    with told_on_the_next_page(request), told_in(form, only=Invalid):
        verb(application=application, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your decision stands. The applicant gets it by e-mail."))
    return form.is_valid()
