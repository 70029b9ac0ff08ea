"""Asking to join a partnership, and deciding. However many press at once, one decision stands."""

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import Application, Decision, HistoryEntry, Organisation, Participation, Partnership, Tier
from partnerships.told import admission as told

from .history import record
from .participation import enter_as_member
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import markdown

Verb = HistoryEntry.Verb
State = Application.State


@transaction.atomic
def apply(
    *, partnership: Partnership, organisation: Organisation, tier: Tier, message: str, actor: models.Model
) -> Application:
    """An administrator or editor asks on the organisation's behalf. The answer is promised within the partnership's days."""
    if not permissions.may_apply_for(actor, organisation):
        raise NotAllowed(
            _("Only the organisation's administrators and editors may apply for it."), field="organisation"
        )
    _may_be_asked(partnership, organisation, tier)
    application = Application(
        partnership=partnership,
        organisation=organisation,
        tier=tier,
        applicant=profile_of(actor),
        sent=clock.now(),
        promised=clock.today() + timedelta(days=partnership.answer_days),
    )
    markdown(application, "message", message, required=True)
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        raise WrongState(_("The organisation has applied already and waits for an answer.")) from error
    record(Verb.APPLICATION_SENT, actor, **_things(application))
    told.application_sent(application)
    return application


@transaction.atomic
def accept(*, application: Application, actor: models.Model, message: str = "") -> Decision:
    """The organisation is a member from today, with the tier it asked for."""
    application = _undecided(application, actor)
    if application.partnership.has_ended:
        raise WrongState(_("The partnership has ended, so nobody can be let in."))
    decision = _decide(application, actor, Decision.Outcome.ACCEPTED, message)
    enter_as_member(application.partnership, application.organisation, application.tier, actor, clock.today())
    return decision


@transaction.atomic
def refuse(*, application: Application, actor: models.Model, reason: str) -> Decision:
    """A refusal says why, and the organisation may apply again."""
    application = _undecided(application, actor)
    return _decide(application, actor, Decision.Outcome.REFUSED, reason)


@transaction.atomic
def withdraw(*, application: Application, actor: models.Model) -> Application:
    """Takes the application back while nobody has answered."""
    if not permissions.may_withdraw(actor, application):
        raise NotAllowed(_("Only the organisation's administrators and editors may withdraw it."))
    application = _locked(application)
    application.state = State.WITHDRAWN
    application.save(update_fields=["state"])
    record(Verb.APPLICATION_WITHDRAWN, actor, **_things(application))
    return application


def _may_be_asked(partnership: Partnership, organisation: Organisation, tier: Tier) -> None:
    if not partnership.takes_applications:
        raise WrongState(_("The partnership takes no applications."))
    if organisation.is_draft:
        raise WrongState(_("Publish the organisation's page before you apply."), field="organisation")
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    if Participation.objects.current().filter(partnership=partnership, organisation=organisation).exists():
        raise WrongState(_("The organisation is a member already."))


def _locked(application: Application) -> Application:
    """The row as it is now, held until the transaction ends: two who decide at once come one after the other."""
    now = Application.objects.select_for_update().get(pk=application.pk)
    if now.state not in Application.OPEN:
        raise WrongState(_("Somebody has answered this application already, or it was withdrawn."))
    return now


def _undecided(application: Application, actor: models.Model) -> Application:
    if not permissions.may_decide(actor, application):
        raise NotAllowed(_("Only the partnership's administrators may decide, and not on their own application."))
    return _locked(application)


def _decide(application: Application, actor: models.Model, outcome: Decision.Outcome, reason: str) -> Decision:
    decision = Decision(application=application, outcome=outcome, decided_by=profile_of(actor), decided=clock.now())
    accepted = outcome == Decision.Outcome.ACCEPTED
    markdown(decision, "reason", reason, required=not accepted, asked_as="message" if accepted else "reason")
    decision.save()
    application.state = State(outcome.value)
    application.save(update_fields=["state"])
    verb = Verb.APPLICATION_ACCEPTED if accepted else Verb.APPLICATION_REFUSED
    record(verb, actor, note=decision.reason, **_things(application))
    told.application_decided(decision)
    return decision


def _things(application: Application) -> dict[str, models.Model]:
    return {
        "application": application,
        "partnership": application.partnership,
        "organisation": application.organisation,
    }
