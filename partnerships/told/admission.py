"""Applications: both sides are told, each with a link straight to the item. Who sees no votes is told of none."""

from collections.abc import Iterable
from functools import partial

from partnerships import ruling
from partnerships.languages import known
from partnerships.models import Application, Decision, Inquiry, Profile, Seat
from partnerships.notifications import Letter, tell, write
from partnerships.responsibility import complaint_text, word_for_decision
from partnerships.services.mail_queue import Written

from .recipients import administering, facilitators, seated


def application_sent(application: Application) -> None:
    """Those who decide are asked to; the applicant gets a receipt. Where nobody may decide the facilitator is told, who can
    appoint somebody."""
    asked = list(ruling.deciders_of(application)) or list(facilitators())
    _tell(asked, "application_sent", application)
    _tell([application.applicant], "application_receipt", application)


def application_handed_over(application: Application) -> None:
    """A vote decided nothing: the administrators are asked."""
    _tell(ruling.deciders_of(application), "application_sent", application)


def entered_at_once(application: Application) -> None:
    """The rule let it in: the administrators hear of their new member."""
    _tell(seated(application.partnership, Seat.Role.ADMINISTRATOR), "application_entered", application)


def application_decided(decision: Decision) -> None:
    """The applicant's side is told: who sent it, and those who administer the organisation."""
    application = decision.application
    _tell(side_of(application), "application_decided", application, noted=True, **_of_decision(decision))


def mail_of_decision(decision: Decision) -> Written:
    """As who sent the application reads it."""
    application, to = decision.application, decision.application.applicant
    context = {"application": application, **_of_decision(decision)}
    letter = Letter("application_decided", context, application.get_absolute_url)
    return write(letter, to=to, language=known(to.mail_language))


def _of_decision(decision: Decision) -> dict[str, object]:
    """What follows from who is responsible is asked for as the mail is written, in its reader's language."""
    partnership = decision.application.partnership
    refused = decision.outcome == Decision.Outcome.REFUSED
    return {
        "decision": decision,
        "complaint": partial(complaint_text, partnership) if refused else "",
        "word_for_decision": partial(word_for_decision, partnership),
    }


def application_asked(inquiry: Inquiry) -> None:
    application = inquiry.application
    _tell(side_of(application), "application_asked", application, noted=True, inquiry=inquiry)


def application_answered(inquiry: Inquiry) -> None:
    """Who asked, and all others who decide."""
    application = inquiry.application
    asked = _each_once([inquiry.asked_by, *ruling.deciders_of(application)])
    _tell(asked, "application_answered", application, noted=True, inquiry=inquiry)


def answer_awaited(inquiry: Inquiry) -> None:
    _tell(
        side_of(inquiry.application), "application_asked", inquiry.application, noted=True, inquiry=inquiry, again=True
    )


def application_lapsed(application: Application) -> None:
    _tell(side_of(application), "application_lapsed", application, noted=True, own=True)
    _tell(ruling.deciders_of(application), "application_lapsed", application, noted=True)


def promise_near(application: Application) -> None:
    """Those who have not said what they think."""
    voted = ruling.votes_of(application).order_by().values("voter_id") if application.is_voted_on else []
    _tell(ruling.deciders_of(application).exclude(pk__in=voted), "application_due", application, noted=True)


def promise_broken(application: Application) -> None:
    """Both sides, and the facilitator, who helps it on."""
    deciders = list(ruling.deciders_of(application))
    _tell(side_of(application), "application_overdue", application, noted=True, own=True)
    _tell(_each_once([*deciders, *facilitators()]), "application_overdue", application, noted=True)


def side_of(application: Application) -> list[Profile]:
    """The applicant, and who administers the organisation."""
    people = administering(application.organisation) if application.organisation else []
    return _each_once([application.applicant, *people])


def _each_once(people: Iterable[Profile]) -> list[Profile]:
    return list({person.pk: person for person in people}.values())


def _tell(
    people: Iterable[Profile], kind: str, application: Application, *, noted: bool = False, **more: object
) -> None:
    context = {"application": application, **more}
    tell(people, kind, context, application.get_absolute_url, noted=noted)
