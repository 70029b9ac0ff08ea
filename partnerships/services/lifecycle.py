"""A partnership rests, ends, becomes part of another, and goes on; each time with a day and a reason."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Partnership, StateStep
from partnerships.told import founding as told

from . import ties
from .history import record
from .merging_partnerships import take_over
from .refusals import Invalid, NotAllowed, WrongState
from .terms import hold
from .typed import lines

Verb = HistoryEntry.Verb
State = Partnership.State
LASTS = (State.OPEN, State.PAUSED)
RESTS = (State.PAUSED, State.CLOSED, State.MERGED)


@transaction.atomic
def pause(*, partnership: Partnership, actor: models.Model, reason: str) -> Partnership:
    """It takes no applications. Its members go on reading and writing."""
    partnership = _in_state(partnership, actor, State.OPEN)
    return _become(partnership, State.PAUSED, Verb.PARTNERSHIP_PAUSED, actor, reason)


@transaction.atomic
def close(*, partnership: Partnership, actor: models.Model, reason: str) -> Partnership:
    """Today is its last day. Those who were members can still read their room, and nobody writes there."""
    partnership = _in_state(partnership, actor, *LASTS)
    partnership.until = min(partnership.until or clock.today(), clock.today())
    return _become(partnership, State.CLOSED, Verb.PARTNERSHIP_CLOSED, actor, reason)


@transaction.atomic
def merge(*, partnership: Partnership, into: Partnership, actor: models.Model, reason: str) -> Partnership:
    """Members, seats and followers go on in the other; the room stays as it was, to be read by those who had it."""
    if partnership.pk == into.pk:
        raise Invalid(_("Choose another partnership."), field="into")
    ties.one_after_the_other(Partnership)
    for one in sorted((partnership, into), key=lambda one: one.pk):
        hold(one)
    partnership, into = _in_state(partnership, actor, *LASTS), _in_state(into, actor, *LASTS)
    _goes_on_in(partnership, into)
    take_over(partnership, into, actor)
    partnership.successor = into
    partnership.until = min(partnership.until or clock.today(), clock.today())
    return _become(partnership, State.MERGED, Verb.PARTNERSHIP_MERGED, actor, reason, into=into)


def _goes_on_in(partnership: Partnership, into: Partnership) -> None:
    try:
        ties.never_leads_back(partnership, into, "successor")
    except Invalid as refusal:
        message = _("%(name)s is to be succeeded by this partnership. Change that first.")
        raise WrongState(message % {"name": into}, field="into") from refusal


@transaction.atomic
def reopen(*, partnership: Partnership, actor: models.Model, reason: str) -> Partnership:
    """It goes on as it was: its members and seats never ended."""
    partnership = _in_state(partnership, actor, *RESTS)
    if partnership.state == State.MERGED:
        partnership.successor = None
    if partnership.until and partnership.until <= clock.today():
        partnership.until = None
    return _become(partnership, State.OPEN, Verb.PARTNERSHIP_REOPENED, actor, reason)


def step(
    partnership: Partnership, state: str, reason: str = "", *, required: bool = False, into: Partnership | None = None
) -> StateStep:
    clean = lines(reason, field="reason", longest=1000, required=required)
    return StateStep.objects.create(partnership=partnership, state=state, reason=clean, into=into, at=clock.now())


def _in_state(partnership: Partnership, actor: models.Model, *states: str) -> Partnership:
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may do that."))
    now = hold(partnership)
    if now.state not in states:
        raise WrongState(
            _("%(name)s is not in a state where that can be done: %(state)s.")
            % {"name": now, "state": now.get_state_display()}
        )
    return now


def _become(
    partnership: Partnership,
    state: State,
    verb: Verb,
    actor: models.Model,
    reason: str,
    *,
    into: Partnership | None = None,
) -> Partnership:
    partnership.state = state
    partnership.save()
    taken = step(partnership, state, reason, required=True, into=into)
    record(verb, actor, partnership=partnership, note=taken.reason)
    told.changed_state(partnership, taken, actor)
    return partnership
