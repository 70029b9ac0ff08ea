"""Another kind of membership, asked and agreed; an exclusion, proposed with a reason, heard, then decided."""

from datetime import date, timedelta

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Participation, Proposal, Tier
from partnerships.told import participation as told

from .history import record
from .participation import exclude, lasting, things
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import lines

Verb = HistoryEntry.Verb
Kind, State = Proposal.Kind, Proposal.State
HEARING_DAYS = 14
LONGEST_HEARING = 90


@transaction.atomic
def ask_for_tier(*, participation: Participation, tier: Tier, actor: models.Model, reason: str = "") -> Proposal:
    """Either side asks; the other agrees."""
    by_the_member = permissions.may_act_for_member(actor, participation)
    if not by_the_member and not permissions.may_decide_on_member(actor, participation):
        raise NotAllowed(_("Only the two sides of the membership may do that."))
    participation = lasting(participation)
    if tier.partnership_id != participation.partnership_id:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    if tier.pk == participation.tier_id:
        raise Invalid(_("That is the kind of membership it has."), field="tier")
    proposal = Proposal(participation=participation, kind=Kind.TIER, tier=tier, by_the_member=by_the_member)
    return _made(proposal, actor, lines(reason, field="reason", longest=4000))


@transaction.atomic
def propose_exclusion(
    *, participation: Participation, actor: models.Model, reason: str, answer_by: date | None = None
) -> Proposal:
    """With the reason; the member has two weeks or more to answer before anything is decided."""
    if not permissions.may_decide_on_member(actor, participation):
        raise NotAllowed(_("Only the partnership's administrators may do that, and not to their own organisation."))
    participation = lasting(participation)
    first, last = (clock.today() + timedelta(days=days) for days in (HEARING_DAYS, LONGEST_HEARING))
    answer_by = answer_by or first
    if not first <= answer_by <= last:
        said = _("Give at least %(days)s days to answer, and at most %(most)s.")
        raise Invalid(said % {"days": HEARING_DAYS, "most": LONGEST_HEARING}, field="answer_by")
    proposal = Proposal(participation=participation, kind=Kind.EXCLUSION, answer_by=answer_by)
    return _made(proposal, actor, lines(reason, field="reason", longest=4000, required=True))


@transaction.atomic
def answer(*, proposal: Proposal, actor: models.Model, text: str) -> Proposal:
    """The member says its part about an exclusion; written again, the last words count, until it is decided."""
    if not permissions.may_act_for_member(actor, proposal.participation):
        raise NotAllowed(_("Only the member may answer."))
    proposal = _open(proposal)
    if not proposal.is_exclusion:
        raise WrongState(_("This proposal is agreed to or rejected."))
    proposal.answer = lines(text, field="text", longest=4000, required=True)
    proposal.answered_by, proposal.answered = profile_of(actor), clock.now()
    proposal.save()
    record(Verb.PROPOSAL_HEARD, actor, note=proposal.answer, **things(proposal.participation))
    told.proposal_answered(proposal, actor)
    return proposal


@transaction.atomic
def agree(*, proposal: Proposal, actor: models.Model, reason: str = "") -> Proposal:
    """It is carried out from today: the other side agrees to the tier, or the administrators decide on the exclusion."""
    proposal = _for_decision(proposal, actor)
    participation = proposal.participation
    note = lines(reason, field="reason", longest=4000, required=proposal.is_exclusion)
    _decided(proposal, actor, State.AGREED, note)
    if proposal.is_exclusion:
        exclude(participation, actor, note)
    else:
        before, participation.tier = participation.tier, proposal.tier
        participation.save()
        record(Verb.TIER_CHANGED, actor, note=f"{before} → {proposal.tier}", **things(participation))
    told.proposal_decided(proposal, actor)
    return proposal


@transaction.atomic
def reject(*, proposal: Proposal, actor: models.Model, reason: str) -> Proposal:
    """Nothing is changed; the reason says why."""
    proposal = _for_decision(proposal, actor)
    _decided(proposal, actor, State.REJECTED, lines(reason, field="reason", longest=4000, required=True))
    record(Verb.PROPOSAL_REJECTED, actor, note=proposal.decision, **things(proposal.participation))
    told.proposal_decided(proposal, actor)
    return proposal


@transaction.atomic
def withdraw(*, proposal: Proposal, actor: models.Model) -> Proposal:
    """The side that made it takes it back."""
    if not permissions.may_withdraw_proposal(actor, proposal):
        raise NotAllowed(_("Only the side that made the proposal may withdraw it."))
    proposal = _open(proposal)
    _decided(proposal, actor, State.WITHDRAWN, "")
    record(Verb.PROPOSAL_WITHDRAWN, actor, **things(proposal.participation))
    told.proposal_decided(proposal, actor)
    return proposal


def _made(proposal: Proposal, actor: models.Model, reason: str) -> Proposal:
    proposal.reason, proposal.proposed_by, proposal.proposed = reason, profile_of(actor), clock.now()
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        raise WrongState(_("That has been proposed already and waits for an answer.")) from error
    record(Verb.PROPOSAL_MADE, actor, note=proposal.reason, **things(proposal.participation))
    told.proposal_made(proposal, actor)
    return proposal


def _open(proposal: Proposal) -> Proposal:
    """After the membership's row, so that leaving and deciding come one after the other."""
    participation = lasting(proposal.participation)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    proposal.participation = participation
    if not proposal.is_open:
        raise WrongState(_("The proposal has been decided or withdrawn already."))
    return proposal


def _for_decision(proposal: Proposal, actor: models.Model) -> Proposal:
    may = permissions.may_decide_on_member if proposal.is_exclusion else permissions.may_answer_proposal
    if not may(actor, proposal.participation if proposal.is_exclusion else proposal):
        raise NotAllowed(_("Only the other side may decide on the proposal."))
    proposal = _open(proposal)
    if not proposal.may_be_decided:
        raise WrongState(_("The member is heard first: it has until the day it was given, or answers before."))
    return proposal


def _decided(proposal: Proposal, actor: models.Model, state: State, reason: str) -> None:
    proposal.state, proposal.decision = state, reason
    proposal.decided_by, proposal.decided = profile_of(actor), clock.now()
    proposal.save()
