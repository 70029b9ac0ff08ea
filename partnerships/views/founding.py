from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships.forms.founding import ProposalForm, ReasonForm
from partnerships.models import Partnership
from partnerships.permissions import is_facilitator, may_change_proposal, may_read_proposal
from partnerships.services import founding as services
from partnerships.services.refusals import Invalid

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


@named
def propose(request: HttpRequest) -> HttpResponse:
    form = ProposalForm(request.POST or None, initial={"kind": "network", "visibility": "public"})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            proposed = services.propose(actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your proposal is sent. You hear by e-mail when it is answered."))
            return redirect(proposed)
    return render(request, "partnerships/founding/propose.html", {"form": form})


@named
def proposal(request: HttpRequest, slug: str) -> HttpResponse:
    """Its proposer reads and mends it, the facilitator answers it; when it is open, its own page stands instead."""
    found = get_object_or_404(Partnership.objects.select_related("responsible", "proposed_by"), slug=slug)
    if found.state in Partnership.LIVED and Partnership.objects.visible_to(request.user).filter(pk=found.pk).exists():
        return redirect(found)
    if not may_read_proposal(request.user, found):
        raise Http404
    decline = ReasonForm(request.POST if request.POST.get("act") == "decline" else None)
    if request.method == "POST" and _answered(request, found, decline):
        return redirect(Partnership.objects.get(pk=found.pk))
    context = {
        "partnership": found,
        "steps": list(found.steps.all()),
        "answers": is_facilitator(request.user) and found.state == Partnership.State.PROPOSED,
        "changes": may_change_proposal(request.user, found),
        "topics": list(found.topics.all()),
        "decline": decline,
    }
    return render(request, "partnerships/founding/proposal.html", context)


def _answered(request: HttpRequest, partnership: Partnership, decline: ReasonForm) -> bool:
    """Whether the page is to be read anew; a reason with an error is shown again as it was typed."""
    act = request.POST.get("act")
    if act == "open":
        with told_on_the_next_page(request):
            services.open_proposal(partnership=partnership, actor=request.user)
            messages.success(request, _("The partnership is open, and its proposer administers it."))
    if act != "decline":
        return True
    if not decline.is_valid():
        return False
    with told_on_the_next_page(request), told_in(decline, only=Invalid):
        services.decline(partnership=partnership, actor=request.user, **decline.cleaned_data)
        messages.success(request, _("The proposer gets your answer by e-mail."))
    return decline.is_valid()


@named
def proposal_change(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Partnership.objects.select_related("proposed_by"), slug=slug)
    if not may_change_proposal(request.user, found):
        raise Http404
    form = ProposalForm(request.POST or None, initial=ProposalForm.of(found))
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.propose_again(partnership=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your proposal is sent. You hear by e-mail when it is answered."))
            return redirect("partnerships:proposal", found.slug)
    return render(request, "partnerships/founding/propose.html", {"form": form, "partnership": found})
