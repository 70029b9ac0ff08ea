"""The membership, as both of its sides see it, and what each may do about it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.forms import participation as shapes
from partnerships.models import Participation, Proposal, Seat
from partnerships.permissions import (
    may_act_for_member,
    may_answer_proposal,
    may_apply_for,
    may_decide_on_member,
    may_name_representative,
    may_read_participation,
    may_run_partnership,
    may_withdraw_proposal,
)
from partnerships.services import participation as services
from partnerships.services import proposals, representing
from partnerships.services.refusals import Invalid

from .refusals import told_in, told_on_the_next_page
from .signed_in import named


class Act(NamedTuple):
    """`form` where something is asked; `do` gets the request, the participation, what is acted on, and the filled form."""

    form: type[shapes.ActForm] | None
    do: Callable[[HttpRequest, Participation, Any, Any], Any]
    said: Promise


def _name(request: HttpRequest, member: Participation, _thing: None, form: shapes.RepresentativeForm) -> None:
    fields = {key: value for key, value in form.cleaned_data.items() if key != "seen"}
    representing.name_representative(participation=member, actor=request.user, replaces=form.replaces, **fields)


def _on_member(verb: Callable) -> Callable:
    return lambda request, member, _thing, form: verb(
        participation=member, actor=request.user, **(form.cleaned_data if form else {})
    )


def _on_proposal(verb: Callable) -> Callable:
    return lambda request, _member, thing, form: verb(
        proposal=thing, actor=request.user, **(form.cleaned_data if form else {})
    )


ACTS = {
    "name": Act(shapes.RepresentativeForm, _name, _("It is entered, and both sides are told.")),
    "end_seat": Act(
        None,
        lambda request, _member, seat, _form: representing.end_representation(seat=seat, actor=request.user),
        _("The seat ends today."),
    ),
    "leave": Act(
        shapes.LeaveForm, _on_member(services.leave), _("The leaving is entered, and the other side is told.")
    ),
    "stay": Act(None, _on_member(services.stay), _("The leaving is taken back.")),
    "end": Act(None, _on_member(services.end_participation), _("The membership has ended.")),
    "ask_tier": Act(shapes.TierForm, _on_member(proposals.ask_for_tier), _("The other side is asked.")),
    "propose_exclusion": Act(
        shapes.ExclusionForm, _on_member(proposals.propose_exclusion), _("The member is told, and is heard first.")
    ),
    "answer": Act(shapes.AnswerForm, _on_proposal(proposals.answer), _("Your answer is sent.")),
    "agree": Act(shapes.AgreeForm, _on_proposal(proposals.agree), _("It is carried out, and the other side is told.")),
    "reject": Act(shapes.RejectForm, _on_proposal(proposals.reject), _("It is rejected, and the other side is told.")),
    "withdraw": Act(None, _on_proposal(proposals.withdraw), _("The proposal is withdrawn.")),
}


@named
def participation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = Participation.objects.select_related("partnership", "organisation", "profile", "tier")
    found = get_object_or_404(rows, partnership__slug=slug, pk=pk)
    if not may_read_participation(request.user, found):
        raise Http404
    filled: dict[str, forms.Form] = {}
    if request.method == "POST" and _acted(request, found, filled):
        return redirect(found)
    return render(request, "partnerships/participation/membership.html", _context(request, found, filled))


def _acted(request: HttpRequest, member: Participation, filled: dict[str, forms.Form]) -> bool:
    """Whether an act was tried that leads back to the page; a form with errors is shown again as it was typed."""
    name = request.POST.get("act", "")
    if name not in ACTS or (ACTS[name].form is shapes.RepresentativeForm and not member.organisation):
        return True
    act, thing = ACTS[name], _thing(request, member, name)
    label = f"{name}{thing.pk}" if thing else name
    form = act.form(request.POST, act=label, participation=member) if act.form else None
    if form is not None:
        filled[label] = form
        if not form.is_valid():
            return False
    with told_on_the_next_page(request):
        if form is None:
            act.do(request, member, thing, form)
        else:
            with told_in(form, only=Invalid):
                act.do(request, member, thing, form)
        if form is None or form.is_valid():
            messages.success(request, act.said)
    return form is None or form.is_valid()


def _thing(request: HttpRequest, member: Participation, name: str) -> Seat | Proposal | None:
    """The seat or the proposal of this membership that is acted on."""
    rows: QuerySet | None = None
    if name == "end_seat":
        rows = member.seats.select_related("participation__partnership", "participation__organisation")
    elif name in ("answer", "agree", "reject", "withdraw"):
        rows = member.proposals.select_related("participation__partnership", "tier")
    if rows is None:
        return None
    key = request.POST.get("thing", "")
    return get_object_or_404(rows, pk=key if key.isdecimal() and len(key) < 19 else None)


def _context(request: HttpRequest, member: Participation, filled: dict[str, forms.Form]) -> dict[str, Any]:
    may = _may(request, member)
    seats = list(member.seats.select_related("profile").order_by("-role", "-since"))
    return {
        "participation": member,
        "partnership": member.partnership,
        "forms": _forms(member, may, filled),
        "failed": next(iter(filled.values()), None),
        "may": may,
        "seats": [seat for seat in seats if seat.until is None or seat.until >= clock.today()],
        "former": [seat for seat in seats if seat.until is not None and seat.until < clock.today()],
        "today": clock.today(),
        "proposals": _proposals(request, member, filled),
        "history": list(member.history.all()[:30]),
    }


def _may(request: HttpRequest, member: Participation) -> dict[str, bool]:
    """What stands on the page; the services ask again."""
    user, lasts = request.user, member.may_be_ended
    own, decides = may_act_for_member(user, member), may_decide_on_member(user, member)
    waiting = set(member.proposals.open().values_list("kind", flat=True))
    other_tiers = member.partnership.tiers.exclude(pk=member.tier_id).exists()
    return {
        "act_for": own,
        "name": lasts and may_name_representative(user, member),
        "leave": lasts and own and member.until is None,
        "stay": lasts and own and member.until is not None,
        "end": lasts and not decides and not own and may_run_partnership(user, member.partnership),
        "ask_tier": lasts and (own or decides) and Proposal.Kind.TIER not in waiting and other_tiers,
        "propose_exclusion": lasts and decides and not own and Proposal.Kind.EXCLUSION not in waiting,
        "apply_again": member.has_ended
        and member.organisation is not None
        and may_apply_for(user, member.organisation),
    }


def _forms(member: Participation, may: dict[str, bool], filled: dict[str, forms.Form]) -> dict[str, forms.Form]:
    shown = ("name", "leave", "ask_tier", "propose_exclusion")
    fresh = {name: ACTS[name].form(act=name, participation=member) for name in shown if may[name]}
    return {**fresh, **filled}


def _proposals(request: HttpRequest, member: Participation, filled: dict[str, forms.Form]) -> list[dict[str, Any]]:
    """Each with what this reader may do about it."""
    rows = member.proposals.select_related("tier", "proposed_by", "answered_by", "decided_by")
    return [_proposal(request, member, row, filled) for row in rows]


def _proposal(
    request: HttpRequest, member: Participation, row: Proposal, filled: dict[str, forms.Form]
) -> dict[str, Any]:
    row.participation, user = member, request.user
    decides = may_decide_on_member(user, member) if row.is_exclusion else may_answer_proposal(user, row)
    shown = {
        name: filled.get(f"{name}{row.pk}") or ACTS[name].form(act=f"{name}{row.pk}", participation=member)
        for name in ("answer", "agree", "reject")
    }
    return {
        **shown,
        "row": row,
        "answers": row.is_open and row.is_exclusion and may_act_for_member(user, member),
        "decides": row.may_be_decided and decides,
        "withdraws": row.is_open and may_withdraw_proposal(user, row),
    }
