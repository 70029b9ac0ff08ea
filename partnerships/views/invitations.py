"""Inviting by mail: the list of those who invite, the page that the mail's link leads to, and the answer."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from partnerships.forms.invitations import (
    AnswerInvitationForm,
    InviteColleaguesForm,
    InviteForm,
    InviteToPartnershipForm,
)
from partnerships.models import AdmissionRule, Invitation, Membership, Organisation, Partnership, Seat
from partnerships.permissions import may_answer_invitation, may_invite_colleagues, may_run_partnership
from partnerships.ruling import rule_of
from partnerships.services import answering
from partnerships.services import invitations as services
from partnerships.services.many_invitations import Reported, invite_each
from partnerships.visibility import organisations_of

from .refusals import told_in, told_on_the_next_page
from .signed_in import named

INVITATIONS_A_PAGE = 50


@named
def organisation_invitations(request: HttpRequest, slug: str) -> HttpResponse:
    organisation = get_object_or_404(Organisation, slug=slug)
    if not may_invite_colleagues(request.user, organisation):
        raise Http404
    form = InviteColleaguesForm(request.POST if "addresses" in request.POST else None)
    return _list(request, organisation, form, lambda: _colleagues(request, organisation, form))


@named
def partnership_invitations(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not may_run_partnership(request.user, partnership):
        raise Http404
    form = InviteToPartnershipForm(request.POST if "addresses" in request.POST else None, partnership=partnership)
    return _list(request, partnership, form, lambda: _members(request, partnership, form))


def _colleagues(request: HttpRequest, organisation: Organisation, form: InviteForm) -> Callable[..., Invitation]:
    role = form.cleaned_data["role"]
    return partial(services.invite_colleague, organisation=organisation, actor=request.user, role=role)


def _members(request: HttpRequest, partnership: Partnership, form: InviteForm) -> Callable[..., Invitation]:
    if form.tier:
        return partial(services.invite_member, partnership=partnership, actor=request.user, tier=form.tier)
    role = form.cleaned_data["role"]
    return partial(services.invite_to_seat, partnership=partnership, actor=request.user, role=role)


def _list(
    request: HttpRequest, to: Organisation | Partnership, form: InviteForm, inviter: Callable[[], Callable]
) -> HttpResponse:
    if request.method == "POST" and _handled(request, to.invitations.all()):
        return redirect(request.path)
    report: list[Reported] = []
    if form.is_bound and form.is_valid():
        with told_in(form):
            report = invite_each(
                addresses=form.cleaned_data["addresses"], invite=partial(inviter(), **form.in_every_mail)
            )
            form.keep_what_was_not_sent(report)
    rows = to.invitations.select_related("organisation", "partnership", "tier", "invited_by", "accepted_by")
    context = {
        "to": to,
        "is_organisation": isinstance(to, Organisation),
        "takes_invitations": isinstance(to, Organisation) or not to.has_ended,
        "form": form,
        "report": report,
        "sent": sum(one.invitation is not None for one in report),
        "page": Paginator(rows, INVITATIONS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "partnerships/invitations/list.html", context)


def _handled(request: HttpRequest, rows: QuerySet[Invitation]) -> bool:
    """Whether an act on one of the list was asked for."""
    verb = {"renew": services.renew, "revoke": services.revoke}.get(request.POST.get("act", ""))
    if verb is None:
        return "addresses" not in request.POST
    key = request.POST.get("invitation", "")
    invitation = get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 19 else None)
    with told_on_the_next_page(request):
        verb(invitation=invitation, actor=request.user)
        said = {"renew": _("A new invitation is sent. The old link is dead."), "revoke": _("It is withdrawn.")}
        messages.success(request, said[request.POST["act"]])
    return True


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail leads to. It changes nothing, and every link that does not hold gets the same page."""
    rows = Invitation.objects.open().select_related("organisation", "partnership", "tier", "invited_by")
    found = rows.with_token(token).first()
    if found and may_answer_invitation(request.user, found):
        response = redirect(found)
    elif found:
        response = render(request, "partnerships/invitations/open.html", {"invitation": found})
    else:
        response = render(request, "partnerships/invitations/gone.html", status=404)
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@named
def received_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """For the one whose address it was sent to; anybody else finds nothing here."""
    rows = Invitation.objects.received_by(request.user)
    found = get_object_or_404(rows.select_related("organisation", "partnership", "tier", "invited_by"), pk=pk)
    organisations = _may_take_part_for(request) if found.is_for_a_member else []
    rule = rule_of(found.partnership) if found.is_for_a_member else None
    form = _answer_form(request, rule, organisations)
    if request.method == "POST" and found.is_open:
        if request.POST.get("act") == "decline":
            return _declined(request, found)
        if request.POST.get("act") == "accept" and (form is None or form.is_valid()):
            answered = _accepted(request, found, form)
            if answered:
                return answered
    may = form is None or bool(organisations) or rule.persons
    context = {"invitation": found, "form": form, "may_accept": may, "is_voted": bool(rule and rule.is_voted)}
    return render(request, "partnerships/invitations/received.html", context)


def _may_take_part_for(request: HttpRequest) -> list[Organisation]:
    roles = (Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
    return list(Organisation.objects.filter(pk__in=organisations_of(request.user, *roles)))


def _answer_form(
    request: HttpRequest, rule: AdmissionRule | None, organisations: list[Organisation]
) -> AnswerInvitationForm | None:
    if rule is None:
        return None
    accepts = request.POST.get("act") == "accept"
    return AnswerInvitationForm(request.POST if accepts else None, organisations=organisations, persons=rule.persons)


def _accepted(request: HttpRequest, invitation: Invitation, form: AnswerInvitationForm | None) -> HttpResponse | None:
    """To where the invitation leads; nothing where the form is shown again."""
    chosen = form.cleaned_data if form else {}
    refused = told_in(form) if form else told_on_the_next_page(request)
    with refused:
        place = answering.accept_invitation(invitation=invitation, actor=request.user, **chosen)
        messages.success(request, _("Welcome. You have accepted the invitation."))
        return _lead_to(place)
    return None if form else redirect(invitation)


def _lead_to(place: answering.Place) -> HttpResponse:
    if isinstance(place, Membership):
        return redirect(place.organisation)
    if isinstance(place, Seat):
        return redirect("partnerships:room", place.partnership.slug)
    return redirect(place)


def _declined(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    with told_on_the_next_page(request):
        answering.decline_invitation(invitation=invitation, actor=request.user)
        messages.success(request, _("You have declined the invitation."))
    return redirect("desk")
