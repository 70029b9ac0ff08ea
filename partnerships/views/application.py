"""An application as either side reads it, and all that can be done with it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships import ruling
from partnerships.answer_times import answer_time
from partnerships.ballot import Ballot, ballot_of, history_of
from partnerships.forms import AcceptForm, AnswerForm, AskForm, RefuseApplicationForm, VetoForm, VoteForm
from partnerships.languages import known
from partnerships.models import Application, Inquiry, Vote
from partnerships.permissions import may_apply_for, may_ask_applicant, may_decide, may_withdraw
from partnerships.responsibility import complaint_text, word_for_decision
from partnerships.services import admission as services
from partnerships.services import admission_inquiries as inquiries
from partnerships.services import admission_votes as votes
from partnerships.services.refusals import Invalid

from .refusals import told_in, told_on_the_next_page
from .signed_in import named

WITH = ("partnership__responsible", "organisation", "person", "applicant", "tier", "representative", "rule")


@named
def application(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    rows = Application.objects.select_related(*WITH, "decision__decided_by").filter(partnership__slug=slug)
    found = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if request.method == "POST":
        shown = _acted(request, found)
        if shown is None:
            return redirect(found)
        return render(request, "partnerships/application.html", {**_context(request, found), **shown})
    return render(request, "partnerships/application.html", _context(request, found))


def _context(request: HttpRequest, found: Application) -> dict[str, Any]:
    ballot = ballot_of(request.user, found)
    asked = list(found.inquiries.select_related("asked_by", "answered_by"))
    return {
        "application": found,
        "is_open": found.is_open,
        "was_accepted": found.state == Application.State.ACCEPTED,
        "is_asked": found.state == Application.State.ASKED,
        "partnership": found.partnership,
        "decision": getattr(found, "decision", None),
        "complaint": complaint_text(found.partnership) if found.state == Application.State.REFUSED else "",
        "word_for_decision": word_for_decision(found.partnership),
        "answers": list(found.answers.select_related("file")),
        "inquiries": asked,
        "ballot": ballot,
        **ruling.as_said(ruling.rule_for(found)),
        "may_apply_again": not found.is_open and _may_apply_again(request, found),
        "again_from": ruling.again_from(found.partnership, found.who),
        "history": history_of(found, ballot),
        "earlier": _earlier(found),
        "usual": answer_time(found.partnership),
        **_may(request, found, ballot, asked),
        **_forms(found, ballot),
    }


def _may(request: HttpRequest, found: Application, ballot: Ballot | None, asked: list[Inquiry]) -> dict[str, Any]:
    """What this reader may do now."""
    awaited = next((inquiry for inquiry in asked if inquiry.answered is None), None)
    side = found.is_open and may_withdraw(request.user, found)
    return {
        "may_decide": found.is_open and may_decide(request.user, found),
        "may_vote": bool(ballot and ballot.may_vote),
        "may_ask": found.is_open and awaited is None and may_ask_applicant(request.user, found),
        "may_withdraw": side,
        "to_answer": awaited if side else None,
    }


def _forms(found: Application, ballot: Ballot | None) -> dict[str, forms.Form]:
    own = {"accept": AcceptForm(), "refuse": RefuseApplicationForm(), "ask": AskForm(), "reply": AnswerForm()}
    if found.rule and found.rule.is_voted:
        voted = {"choice": ballot.own.choice, "reason": ballot.own.reason} if ballot and ballot.own else None
        own |= {"vote": VoteForm(rule=found.rule, initial=voted), "veto": VetoForm()}
    return own


def _may_apply_again(request: HttpRequest, application: Application) -> bool:
    """After a no or a withdrawal, or once a membership has ended; never beside one that holds or waits."""
    partnership, organisation = application.partnership, application.organisation
    if not partnership.takes_applications or ruling.again_from(partnership, application.who):
        return False
    if organisation is None:
        mine, own = application.person.user_id == request.user.pk, application.person
        takes_part = partnership.participations.current().filter(profile=own).exists()
        return mine and not (takes_part or partnership.applications.waiting().filter(person=own).exists())
    if not may_apply_for(request.user, organisation):
        return False
    waits = partnership.applications.waiting().filter(organisation=organisation)
    return not (waits.exists() or partnership.participations.current().filter(organisation=organisation).exists())


def _earlier(application: Application) -> list[Application]:
    others = Application.objects.filter(
        partnership=application.partnership, organisation=application.organisation, person=application.person
    )
    return list(others.filter(sent__lt=application.sent).select_related("partnership"))


def _acted(request: HttpRequest, found: Application) -> dict[str, Any] | None:
    """Nothing where an act was tried that leads back to the page; else the form that is shown again as it was typed."""
    act = request.POST.get("act", "")
    if act == "withdraw":
        with told_on_the_next_page(request):
            services.withdraw(application=found, actor=request.user)
            messages.success(request, _("The application is withdrawn."))
        return None
    if act not in ACTS or (act in ("vote", "veto") and not (found.rule and found.rule.is_voted)):
        return None
    make, verb, said = ACTS[act]
    form = make(request.POST, rule=found.rule) if act == "vote" else make(request.POST)
    if not form.is_valid():
        return {act: form}
    with told_on_the_next_page(request), told_in(form, only=Invalid):
        if act == "refuse" and "preview" in request.POST:
            typed = {"application": found, "actor": request.user, **form.cleaned_data}
            mail = services.preview_refusal(**typed)
            return {act: form, "mail": mail, "mail_language": known(found.applicant.mail_language)}
        verb(application=found, actor=request.user, **form.cleaned_data)
        messages.success(request, said())
    return None if form.is_valid() else {act: form}


def _veto(**given: Any) -> Vote:
    return votes.cast_vote(choice=Vote.Choice.VETO, **given)


ACTS: dict[str, tuple[type[forms.Form], Callable[..., object], Callable[[], str]]] = {
    "accept": (AcceptForm, services.accept, lambda: _("Your decision stands. The applicant gets it by e-mail.")),
    "refuse": (
        RefuseApplicationForm,
        services.refuse,
        lambda: _("Your decision stands. The applicant gets it by e-mail."),
    ),
    "vote": (VoteForm, votes.cast_vote, lambda: _("Your vote is cast. You may change it until the vote closes.")),
    "veto": (VetoForm, _veto, lambda: _("Your veto ends the matter. The applicant gets the refusal by e-mail.")),
    "ask": (
        AskForm,
        inquiries.ask,
        lambda: _("The question is sent. The promised day stands still until it is answered."),
    ),
    "reply": (AnswerForm, inquiries.answer, lambda: _("Your answer is sent to those who decide.")),
}
