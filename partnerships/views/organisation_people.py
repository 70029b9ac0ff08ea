"""Who belongs to an organisation and in which role, for those who say so."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships.forms.people_table import PeopleTableForm
from partnerships.models import Membership, Organisation
from partnerships.permissions import may_administer_organisation, may_change_roles
from partnerships.services.people_lists import Reported, read_in
from partnerships.standing import is_current

from .refusals import told_in
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


@named
def organisation_import(request: HttpRequest, slug: str) -> HttpResponse:
    """First what would happen, line by line; the same list pressed once more is done."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not may_administer_organisation(request.user, found):
        raise Http404
    form = PeopleTableForm(request.POST or None, request.FILES or None)
    reports: list[Reported] = []
    done = request.POST.get("act") == "do"
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            reports = read_in(organisation=found, actor=request.user, rows=form.cleaned_data["rows"], trial=not done)
            if done:
                messages.success(request, _("The list is read in."))
    context = {
        "organisation": found,
        "form": form,
        "reports": reports,
        "done": done,
        "good": sum(not one.is_fault for one in reports),
        "faults": sum(one.is_fault for one in reports),
    }
    return render(request, "partnerships/organisations/import.html", context)
