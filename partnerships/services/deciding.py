"""The one decision that ends an application, however it comes about: by one, by a vote, by the rule itself.

Nobody is asked here whether they may; the services that use it do. The row is held until the transaction ends, so that of
two decisions at once the second finds the first.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _

from partnerships import clock, ruling
from partnerships.models import Application, Decision, HistoryEntry, Participation, Profile, Seat
from partnerships.told import admission as told
from partnerships.voting import Tally

from .history import record
from .participation import enter_as_member
from .people import profile_of
from .refusals import Invalid, WrongState
from .seats import take_seat
from .typed import markdown

Verb = HistoryEntry.Verb
State, Outcome = Application.State, Decision.Outcome
LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True)
class Verdict:
    """What a decision says beside yes or no. A vote names nobody (`by_vote`), for who sees the votes is the rule's."""

    words: str = ""
    ground: str = ""
    again_from: date | None = None
    by_vote: bool = False
    counted: Tally | None = None


def locked(application: Application) -> Application:
    """The row as it is now, held until the transaction ends: two who decide at once come one after the other."""
    now = Application.objects.select_for_update().get(pk=application.pk)
    if now.state not in Application.OPEN:
        raise WrongState(_("Somebody has answered this application already, or it was withdrawn."))
    return now


def accept(application: Application, actor: models.Model | None, verdict: Verdict) -> Decision:
    """A member from today, with the kind of membership asked for, represented by whom it proposed."""
    if application.partnership.has_ended:
        raise WrongState(_("The partnership has ended, so nobody can be let in."))
    decision = _decide(application, actor, Outcome.ACCEPTED, verdict)
    participation = enter_as_member(
        application.partnership,
        application.organisation,
        application.tier,
        actor,
        clock.today(),
        profile=application.person,
    )
    _seat_representative(application, participation, actor)
    return decision


def refuse(application: Application, actor: models.Model | None, verdict: Verdict) -> Decision:
    return _decide(application, actor, Outcome.REFUSED, verdict)


def hand_over(application: Application) -> None:
    """A vote that decided nothing leaves it to the administrators, each of whom may decide."""
    application.handed_over = clock.now()
    application.save(update_fields=["handed_over"])
    record(Verb.APPLICATION_HANDED_OVER, None, **things_of(application))
    told.application_handed_over(application)


def things_of(application: Application) -> dict[str, models.Model]:
    """What a history entry about it points at."""
    things = {"application": application, "partnership": application.partnership}
    who = "organisation" if application.organisation_id else "profile"
    return {**things, who: application.who}


def _decide(application: Application, actor: models.Model | None, outcome: Outcome, verdict: Verdict) -> Decision:
    decision = as_it_would_be(application, actor, outcome, verdict)
    decision.save()
    application.state = State(outcome.value)
    application.save(update_fields=["state"])
    verb = Verb.APPLICATION_ACCEPTED if outcome == Outcome.ACCEPTED else Verb.APPLICATION_REFUSED
    record(verb, None if verdict.by_vote else actor, note=decision.reason, **things_of(application))
    told.application_decided(decision)
    return decision


def as_it_would_be(
    application: Application, actor: models.Model | None, outcome: Outcome, verdict: Verdict
) -> Decision:
    """Not kept."""
    accepted = outcome == Outcome.ACCEPTED
    decision = Decision(
        application=application,
        outcome=outcome,
        ground="" if accepted else verdict.ground,
        again_from=None if accepted else _again_from(application, verdict),
        counted=verdict.counted.as_kept() if verdict.counted else None,
        decided_by=None if verdict.by_vote or actor is None else profile_of(actor),
        decided=clock.now(),
    )
    markdown(decision, "reason", verdict.words, required=not accepted, asked_as="message" if accepted else "reason")
    return decision


def _again_from(application: Application, verdict: Verdict) -> date | None:
    """As said, else as the rule says; a day at most a year away."""
    today = clock.today()
    if verdict.again_from is None:
        months = ruling.rule_for(application).again_months
        return _months_after(today, months) if months else None
    if not today <= verdict.again_from <= today + LONGEST_WAIT:
        raise Invalid(_("Choose a day from today and at most a year ahead."), field="again_from")
    return verdict.again_from


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _seat_representative(application: Application, participation: Participation, actor: models.Model | None) -> None:
    """Whom the organisation proposed, while they still belong to it."""
    person: Profile | None = application.representative
    if person is None or not person.memberships.current().filter(organisation=application.organisation_id).exists():
        return
    until = application.representative_until
    if until and until < clock.today():
        return
    own = {"partnership": application.partnership, "profile": person, "participation": participation}
    take_seat(Seat(role=Seat.Role.REPRESENTATIVE, since=clock.today(), until=until, **own), actor)
