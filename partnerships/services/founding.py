"""A partnership begins: somebody proposes it, the facilitator opens it or says why not."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Partnership, Seat
from partnerships.told import founding as told

from .agreements import found, save_fields
from .history import record
from .lifecycle import step
from .people import profile_of
from .refusals import NotAllowed, WrongState
from .terms import hold

Verb = HistoryEntry.Verb
State = Partnership.State
MOST_WAITING = 5


@transaction.atomic
def propose(*, actor: models.Model, **fields: Any) -> Partnership:
    """Anyone with a profile. Until it is opened, the proposal is there for its proposer and the facilitator alone."""
    proposer = profile_of(actor)
    if Partnership.objects.filter(proposed_by=proposer, state=State.PROPOSED).count() >= MOST_WAITING:
        raise WrongState(_("Several of your proposals wait for an answer. Wait for it before you propose more."))
    new = Partnership(state=State.PROPOSED, proposed_by=proposer, kind=Partnership.Kind.NETWORK)
    partnership = found(new, fields)
    step(partnership, State.PROPOSED)
    record(Verb.PARTNERSHIP_PROPOSED, actor, partnership=partnership, profile=proposer)
    told.proposed(partnership)
    return partnership


@transaction.atomic
def propose_again(*, partnership: Partnership, actor: models.Model, **fields: Any) -> Partnership:
    """Its proposer changes what waits, or what was not opened and then waits anew."""
    if not permissions.may_change_proposal(actor, partnership):
        raise NotAllowed(_("Only the person who proposed it may change the proposal."))
    partnership = _locked(partnership, *Partnership.BEFORE)
    was_declined = partnership.state == State.DECLINED
    partnership.state = State.PROPOSED
    save_fields(partnership, fields)
    if was_declined:
        step(partnership, State.PROPOSED)
        told.proposed(partnership)
    record(Verb.PARTNERSHIP_PROPOSED, actor, partnership=partnership)
    return partnership


@transaction.atomic
def open_proposal(*, partnership: Partnership, actor: models.Model) -> Partnership:
    """From today it is a partnership, and who proposed it administers it."""
    partnership = _asked(partnership, actor)
    proposer = partnership.proposed_by
    if proposer is None or proposer.user is None or not proposer.user.is_active:
        raise WrongState(_("Who proposed it is no longer here, so nobody would administer it."))
    partnership.state = State.OPEN
    partnership.since = partnership.since or clock.today()
    partnership.save()
    Seat.objects.create(partnership=partnership, profile=proposer, role=Seat.Role.ADMINISTRATOR, since=clock.today())
    step(partnership, State.OPEN)
    record(Verb.PARTNERSHIP_OPENED, actor, partnership=partnership)
    record(Verb.SEAT_TAKEN, actor, partnership=partnership, profile=proposer, note=Seat.Role.ADMINISTRATOR)
    told.opened(partnership)
    return partnership


@transaction.atomic
def decline(*, partnership: Partnership, actor: models.Model, reason: str) -> Partnership:
    """A no says why; the proposer may mend the proposal and send it again."""
    partnership = _asked(partnership, actor)
    partnership.state = State.DECLINED
    partnership.save()
    no = step(partnership, State.DECLINED, reason, required=True)
    record(Verb.PARTNERSHIP_DECLINED, actor, partnership=partnership, note=no.reason)
    told.declined(partnership, no)
    return partnership


def _asked(partnership: Partnership, actor: models.Model) -> Partnership:
    if not permissions.is_facilitator(actor):
        raise NotAllowed(_("Only the facilitator opens partnerships."))
    return _locked(partnership, State.PROPOSED)


def _locked(partnership: Partnership, *states: str) -> Partnership:
    """As it is now, held until the transaction ends: of two who answer at once, one is told that it is done."""
    now = hold(partnership)
    if now.state not in states:
        raise WrongState(_("Somebody has answered this proposal already."))
    return now
