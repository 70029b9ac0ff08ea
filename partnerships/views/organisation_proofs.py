"""That somebody acts for an organisation: seen by the municipality, proved by a mail to its domain, or claimed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from partnerships.domains import domain_of, is_shared
from partnerships.forms import ClaimForm, ProofForm
from partnerships.models import Organisation
from partnerships.permissions import has_administrator, may_administer_organisation, may_verify_organisation
from partnerships.services import organisations as services
from partnerships.services import proofs, roles

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


def _found(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)


def _by_mail(organisation: Organisation) -> dict[str, object]:
    """Whether a mail could prove anything, and to which domain."""
    domain = domain_of(organisation.website)
    return {"domain": domain, "is_shared": bool(domain) and is_shared(domain)}


@named
def organisation_verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Its administrators get a mail to their domain; the municipality's editors say what they have seen."""
    found = _found(request, slug)
    administers, municipal = may_administer_organisation(request.user, found), may_verify_organisation(request.user)
    if not administers and not municipal:
        raise Http404
    if request.method == "POST" and request.POST.get("act") == "verify":
        with told_on_the_next_page(request):
            services.verify(organisation=found, actor=request.user)
            messages.success(request, _("The organisation is verified."))
        return redirect(found)
    form = ProofForm(request.POST or None)
    if request.method == "POST" and _sent(request, found, form):
        return redirect(found)
    context = {"organisation": found, "form": form, "administers": administers, "municipal": municipal}
    return render(request, "partnerships/organisations/verify.html", {**context, **_by_mail(found)})


def _sent(request: HttpRequest, organisation: Organisation, form: ProofForm) -> bool:
    if not form.is_valid():
        return False
    with told_in(form):
        proof = proofs.ask_for_proof(organisation=organisation, actor=request.user, **form.cleaned_data)
        said = _("A mail is on its way to %(address)s. The link in it works for two days.")
        messages.success(request, said % {"address": proof.address})
        return True
    return False


@named
def organisation_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Where nobody administers it: by a mail to its domain at once, or by an answer of those who help."""
    found = _found(request, slug)
    if has_administrator(found):
        return redirect("partnerships:organisation_join", found.slug)
    by_mail = request.POST.get("act") == "mail"
    proof = ProofForm(request.POST if by_mail else None)
    form = ClaimForm(request.POST if request.method == "POST" and not by_mail else None)
    if by_mail and _sent(request, found, proof):
        return redirect(found)
    if request.method == "POST" and not by_mail and form.is_valid():
        with told_in(form):
            asked = roles.claim(organisation=found, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your request is sent. You get an e-mail when it is answered."))
            return redirect(asked)
    context = {"organisation": found, "form": form, "proof": proof, **_by_mail(found)}
    return render(request, "partnerships/organisations/claim.html", context)


@never_cache
@named
def organisation_proof(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """The mail's link: a page with one button, for the one who asked. Every other link is the same as none."""
    found = _found(request, slug)
    proof = proofs.found(organisation=found, actor=request.user, token=token)
    if proof is None:
        raise Http404
    if request.method == "POST":
        with told_on_the_next_page(request):
            kept = proofs.prove(organisation=found, actor=request.user, token=token)
            messages.success(request, _("Thank you. %(name)s is verified, and you administer it.") % {"name": kept})
        return redirect(found)
    return render(request, "partnerships/organisations/proof.html", {"organisation": found, "proof": proof})
