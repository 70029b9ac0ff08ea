"""Asking to belong to an organisation, and the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships.forms import JoinForm, LetInForm, RefuseForm, RoleForm
from partnerships.models import HistoryEntry, Membership, Organisation
from partnerships.permissions import may_administer_organisation, may_change_roles, may_let_in, may_read_membership
from partnerships.services import people as services
from partnerships.services import roles
from partnerships.services.refusals import Invalid
from partnerships.standing import is_current

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


@named
def organisation_join(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    own = organisation.memberships.filter(profile=request.profile, status__in=Membership.OPEN).first()
    if own is not None:
        messages.info(request, _("You have asked already, or belong here already."))
        return redirect(own)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            asked = services.ask_to_join(organisation=organisation, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your request is sent. You get an e-mail when it is answered."))
            return redirect(asked)
    return render(request, "partnerships/organisation_join.html", {"organisation": organisation, "form": form})


@named
def membership(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = Membership.objects.select_related("profile", "organisation", "decided_by")
    found = get_object_or_404(rows, organisation__slug=slug, pk=pk)
    if not may_read_membership(request.user, found):
        raise Http404
    forms = {
        "let_in": LetInForm(initial={"role": found.role}),
        "refuse": RefuseForm(),
        "role_form": RoleForm(initial={"role": found.role}),
    }
    if request.method == "POST" and _decided(request, found, forms):
        return redirect(found)
    history = list(found.history.all())
    context = {
        "was_invited": any(entry.verb == HistoryEntry.Verb.MEMBERSHIP_BEGUN for entry in history),
        "membership": found,
        "own": found.profile_id == request.profile.pk,
        "decides": may_let_in(request.user, found),
        "administers": may_administer_organisation(request.user, found.organisation),
        "changes_roles": may_change_roles(request.user, found.organisation),
        "is_waiting": found.status == Membership.Status.REQUESTED,
        "is_current": is_current(found),
        "history": history,
        **forms,
    }
    return render(request, "partnerships/membership.html", context)


def _decided(request: HttpRequest, membership: Membership, forms: dict) -> bool:
    """Whether an act was tried that leads back to the page; a form with errors is shown again as it was typed."""
    act = request.POST.get("act")
    if act == "withdraw":
        with told_on_the_next_page(request):
            services.withdraw_request(membership=membership, actor=request.user)
            messages.success(request, _("Your request is withdrawn."))
        return True
    if act == "end":
        with told_on_the_next_page(request):
            services.end_membership(membership=membership, actor=request.user)
            messages.success(request, _("The membership has ended."))
        return True
    if act == "role":
        forms["role_form"] = form = RoleForm(request.POST)
        if form.is_valid():
            with told_on_the_next_page(request):
                roles.change_role(membership=membership, actor=request.user, **form.cleaned_data)
                messages.success(request, _("The role is changed."))
        return form.is_valid()
    if act not in ("let_in", "refuse"):
        return True
    forms[act] = form = (LetInForm if act == "let_in" else RefuseForm)(request.POST)
    if not form.is_valid():
        return False
    verb = services.accept_member if act == "let_in" else services.refuse_member
    with told_on_the_next_page(request), told_in(form, only=Invalid):
        verb(membership=membership, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your answer is sent by e-mail."))
    return form.is_valid()
