"""Asking the applicant for more. While the answer is awaited the promise stands still: those days are the applicant's."""

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships import clock, permissions, ruling, working_days
from partnerships.models import Application, HistoryEntry, Inquiry
from partnerships.told import admission as told

from .deciding import locked, things_of
from .history import record
from .people import profile_of
from .refusals import NotAllowed, WrongState
from .typed import markdown

Verb = HistoryEntry.Verb
State = Application.State


@transaction.atomic
def ask(*, application: Application, actor: models.Model, question: str) -> Inquiry:
    """One question at a time, to be answered within the rule's days; after them the application lapses."""
    if not permissions.may_ask_applicant(actor, application):
        raise NotAllowed(_("Only those who decide may ask the applicant for more."))
    application = locked(application)
    due = working_days.after(clock.today(), ruling.rule_for(application).reply_days)
    inquiry = Inquiry(application=application, asked_by=profile_of(actor), asked=clock.now(), due=due)
    markdown(inquiry, "question", question, required=True)
    _save(inquiry)
    application.state = State.ASKED
    application.save(update_fields=["state"])
    record(Verb.APPLICATION_ASKED, actor, note=inquiry.question, **things_of(application))
    told.application_asked(inquiry)
    return inquiry


@transaction.atomic
def answer(*, application: Application, actor: models.Model, answer: str) -> Inquiry:
    """The clock goes on: the promised day and the last day of a vote move by the working days that were waited."""
    if not permissions.may_withdraw(actor, application):
        raise NotAllowed(_("Only the applicant's side may answer."))
    application = locked(application)
    inquiry = application.inquiries.unanswered().first()
    if inquiry is None:
        raise WrongState(_("The question has been answered already."))
    inquiry.answered_by, inquiry.answered = profile_of(actor), clock.now()
    markdown(inquiry, "answer", answer, required=True)
    inquiry.save()
    _go_on(application, working_days.between(timezone.localdate(inquiry.asked), clock.today()))
    record(Verb.APPLICATION_ANSWERED, actor, note=inquiry.answer, **things_of(application))
    told.application_answered(inquiry)
    return inquiry


def _go_on(application: Application, waited: int) -> None:
    application.state = State.SENT
    if waited:
        application.promised = working_days.after(application.promised, waited)
    if waited and application.vote_until:
        application.vote_until = working_days.after(application.vote_until, waited)
    application.save(update_fields=["state", "promised", "vote_until"])


def _save(inquiry: Inquiry) -> None:
    try:
        with transaction.atomic():
            inquiry.save()
    except IntegrityError as error:
        raise WrongState(_("The applicant has been asked already and has not answered yet.")) from error
