"""What waits to be handed over in an organisation, for its administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.forms.handing_over import HandoverForm
from partnerships.handover.gone import known_in, successors_among
from partnerships.handover.queue import queue_of
from partnerships.models import Membership, Organisation
from partnerships.services import handing_over as services
from partnerships.visibility import organisations_of

from .refusals import told_in
from .signed_in import named


@named
def handover(request: HttpRequest, slug: str) -> HttpResponse:
    """One form for each person who is gone; pressed again, or late, it says what is left."""
    own = organisations_of(request.user, Membership.Role.ADMINISTRATOR)
    found = get_object_or_404(Organisation, slug=slug, pk__in=own)
    forms = _forms(request, found)
    tried = next((form for form in forms if form.is_bound), None)
    if request.method == "POST" and tried is None:
        messages.error(request, _("Some of it has been handed over meanwhile. Look again at what is left."))
        return redirect("partnerships:handover", found.slug)
    if tried and tried.is_valid():
        with told_in(tried):
            given = services.hand_over(organisation=found, actor=request.user, **tried.cleaned_data)
            messages.success(request, _said(given, tried.cleaned_data["successor"].name))
            return redirect("partnerships:handover", found.slug)
    context = {"organisation": found, "forms": forms, "tried": tried}
    return render(request, "partnerships/organisations/handover.html", context)


def _forms(request: HttpRequest, organisation: Organisation) -> list[HandoverForm]:
    known = known_in(organisation)
    sent_for = request.POST.get("person", "")
    return [
        HandoverForm(
            request.POST if sent_for == str(left.gone.person.pk) else None,
            left=left,
            successors=successors_among(known),
        )
        for left in queue_of(organisation, request.user, known)
    ]


def _said(given: list, name: str) -> str:
    said = ngettext(
        "%(count)s thing is handed over to %(name)s.", "%(count)s things are handed over to %(name)s.", len(given)
    )
    return said % {"count": len(given), "name": name}
