"""Asking to join a partnership, and deciding alone. However many press at once, one decision stands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from partnerships import clock, permissions, ruling, working_days
from partnerships.models import (
    AdmissionRule,
    Application,
    ApplicationDraft,
    Decision,
    HistoryEntry,
    Organisation,
    Participation,
    Partnership,
    Profile,
    Tier,
)
from partnerships.told import admission as told

from . import deciding
from .admission_answers import keep_answers
from .deciding import Verdict, locked, things_of
from .history import record
from .mail_queue import Written
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold
from .typed import markdown

Verb = HistoryEntry.Verb
State = Application.State


@transaction.atomic
def apply(
    *,
    partnership: Partnership,
    tier: Tier,
    message: str,
    actor: models.Model,
    organisation: Organisation | None = None,
    representative: Profile | None = None,
    representative_until: date | None = None,
    answers: Mapping[int, Any] | None = None,
) -> Application:
    """An administrator or editor asks on the organisation's behalf; without one, a person asks for themselves where the rule
    lets people join. The answer is promised within the partnership's working days, by the rule in force now."""
    applicant, rule = profile_of(actor), ruling.rule_of(partnership)
    who = organisation or applicant
    _may_ask(actor, rule, organisation)
    hold(partnership)
    _may_be_asked(partnership, who, tier)
    application = Application(
        partnership=partnership,
        organisation=organisation,
        person=None if organisation else applicant,
        tier=tier,
        applicant=applicant,
        representative=_representative(organisation, representative, applicant),
        representative_until=_not_past(representative_until),
        rule=rule if rule.pk else None,
        sent=clock.now(),
        promised=working_days.after(clock.today(), partnership.answer_days),
        vote_until=ruling.last_day_of_vote(rule, partnership),
    )
    markdown(application, "message", message, required=True)
    _save(application)
    keep_answers(application, answers or {})
    record(Verb.APPLICATION_SENT, actor, **things_of(application))
    ApplicationDraft.objects.filter(partnership=partnership, profile=applicant).delete()
    _begin(application, rule)
    return application


@transaction.atomic
def accept(*, application: Application, actor: models.Model, message: str = "") -> Decision:
    """The organisation is a member from today, with the tier it asked for."""
    application = _undecided(application, actor)
    return deciding.accept(application, actor, Verdict(message))


@transaction.atomic
def refuse(
    *,
    application: Application,
    actor: models.Model,
    reason: str,
    ground: str = Decision.Ground.OTHER,
    again_from: date | None = None,
) -> Decision:
    """A refusal says why, from a list and in words, and from when the organisation may apply again."""
    application = _undecided(application, actor)
    return deciding.refuse(application, actor, _refusal(reason, ground, again_from))


@transaction.atomic
def preview_refusal(
    *,
    application: Application,
    actor: models.Model,
    reason: str,
    ground: str = Decision.Ground.OTHER,
    again_from: date | None = None,
) -> Written:
    """The mail as the applicant would read it; nothing is kept and nothing is sent."""
    application = _undecided(application, actor)
    verdict = _refusal(reason, ground, again_from)
    decision = deciding.as_it_would_be(application, actor, Decision.Outcome.REFUSED, verdict)
    return told.mail_of_decision(decision)


def _refusal(reason: str, ground: str, again_from: date | None) -> Verdict:
    if ground not in Decision.TO_CHOOSE:
        raise Invalid(_("Choose a ground from the list."), field="ground")
    return Verdict(reason, ground, again_from)


@transaction.atomic
def withdraw(*, application: Application, actor: models.Model) -> Application:
    """Takes the application back while nobody has answered."""
    if not permissions.may_withdraw(actor, application):
        raise NotAllowed(_("Only the organisation's administrators and editors may withdraw it."))
    application = locked(application)
    application.state = State.WITHDRAWN
    application.save(update_fields=["state"])
    record(Verb.APPLICATION_WITHDRAWN, actor, **things_of(application))
    return application


def _may_ask(actor: models.Model, rule: AdmissionRule, organisation: Organisation | None) -> None:
    if organisation is None and not rule.persons:
        raise NotAllowed(_("Organisations join this partnership, not people on their own."), field="organisation")
    if organisation is not None and not permissions.may_apply_for(actor, organisation):
        raise NotAllowed(
            _("Only the organisation's administrators and editors may apply for it."), field="organisation"
        )


def _may_be_asked(partnership: Partnership, who: Organisation | Profile, tier: Tier) -> None:
    if not partnership.takes_applications:
        raise WrongState(_("The partnership takes no applications."))
    if isinstance(who, Organisation) and who.is_draft:
        raise WrongState(_("Publish the organisation's page before you apply."), field="organisation")
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    own = "organisation" if isinstance(who, Organisation) else "profile"
    if Participation.objects.current().filter(partnership=partnership, **{own: who}).exists():
        raise WrongState(
            _("The organisation is a member already.") if own == "organisation" else _("Is a member already.")
        )
    if day := ruling.again_from(partnership, who):
        message = _("After the refusal one may apply again from %(date)s.")
        raise WrongState(message % {"date": date_format(day)}, field="organisation")


def _representative(organisation: Organisation | None, person: Profile | None, applicant: Profile) -> Profile | None:
    """A current member of the organisation; whoever applies, where nobody else is named."""
    if organisation is None or person is None:
        return applicant if organisation else None
    if not person.memberships.current().filter(organisation=organisation).exists():
        raise Invalid(_("Choose somebody who belongs to the organisation."), field="representative")
    return person


def _not_past(day: date | None) -> date | None:
    if day is not None and day < clock.today():
        raise Invalid(_("Choose a day that has not passed."), field="representative_until")
    return day


def _save(application: Application) -> None:
    try:
        with transaction.atomic():
            application.save()
    except IntegrityError as error:
        raise WrongState(_("The organisation has applied already and waits for an answer.")) from error


def _begin(application: Application, rule: AdmissionRule) -> None:
    """In at once where the rule says so; else those who decide are told. A board without members hands it over at once."""
    if ruling.enters_at_once(rule, application.organisation):
        application.tier = rule.tier
        application.save(update_fields=["tier"])
        deciding.accept(application, None, Verdict())
        told.entered_at_once(application)
        return
    told.application_sent(application)
    if not application.is_for_administrators and not ruling.deciders_of(application).exists():
        _without_voters(application, rule)


def _without_voters(application: Application, rule: AdmissionRule) -> None:
    if rule.kind == AdmissionRule.Kind.BOARD_VOTE:
        deciding.hand_over(application)


def _undecided(application: Application, actor: models.Model) -> Application:
    if not permissions.may_decide(actor, application):
        raise NotAllowed(_("Only the partnership's administrators may decide, and not on their own application."))
    return locked(application)
