"""What came of a meeting: minutes that are a draft until they are approved, and decisions that somebody sees to."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.models import HistoryEntry, Meeting, MeetingDecision
from partnerships.room_people import readers
from partnerships.told import meetings as tells

from .history import record
from .meetings import held
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, markdown

Verb = HistoryEntry.Verb


@transaction.atomic
def write_minutes(
    *,
    meeting: Meeting,
    actor: models.Model,
    text: str,
    decisions: Iterable[Mapping[str, Any]] = (),
    is_public: bool = False,
    seen: datetime | None = None,
) -> Meeting:
    """A draft. What was approved is a draft again when it is changed. `decisions` keep those with a `pk`, drop the rest."""
    meeting = held(meeting, actor, seen)
    if meeting.cancelled:
        raise WrongState(_("The meeting has been called off."))
    if not meeting.has_begun:
        raise WrongState(_("The meeting has not begun; minutes come after it."))
    markdown(meeting, "minutes", text, asked_as="text")
    _keep(meeting, decisions)
    meeting.minutes_public, meeting.minutes_approved, meeting.updated = is_public, None, clock.now()
    meeting.save()
    record(Verb.MINUTES_WRITTEN, actor, partnership=meeting.partnership, meeting=meeting)
    return meeting


@transaction.atomic
def approve_minutes(*, meeting: Meeting, actor: models.Model, seen: datetime | None = None) -> Meeting:
    """From now on they are read by those who read the meeting; those who were asked are told."""
    meeting = held(meeting, actor, seen)
    if meeting.minutes_approved:
        raise WrongState(_("The minutes are approved already."))
    if not meeting.minutes and not meeting.decisions.exists():
        raise WrongState(_("There are no minutes yet."))
    meeting.minutes_approved = meeting.updated = clock.now()
    meeting.save(update_fields=["minutes_approved", "updated"])
    record(Verb.MINUTES_APPROVED, actor, partnership=meeting.partnership, meeting=meeting)
    tells.minutes_approved(meeting, by=actor)
    return meeting


@transaction.atomic
def finish_decision(*, decision: MeetingDecision, actor: models.Model) -> MeetingDecision:
    """Who sees to it says that it is done; those who call meetings may say so too."""
    own = decision.responsible is not None and decision.responsible == profile_of(actor)
    meeting = Meeting.objects.visible_to(actor).filter(pk=decision.meeting_id).first() if own else None
    if meeting is None:
        meeting = held(decision.meeting, actor)
    if meeting.minutes_approved is None:
        raise NotAllowed(_("The minutes are not approved yet."))
    decision = MeetingDecision.objects.select_for_update().get(pk=decision.pk)
    if decision.done:
        raise WrongState(_("It is done already."))
    decision.done = clock.now()
    decision.save(update_fields=["done"])
    record(
        Verb.DECISION_DONE,
        actor,
        partnership=meeting.partnership,
        meeting=meeting,
        note=decision.text[:200],
    )
    return decision


def _keep(meeting: Meeting, decisions: Iterable[Mapping[str, Any]]) -> None:
    own, may_see = {row.pk: row for row in meeting.decisions.all()}, readers(meeting.partnership, meeting.audience)
    kept = []
    for order, said in enumerate(decisions):
        row = own.get(said.get("pk")) or MeetingDecision(meeting=meeting)
        row.text = line(said.get("text", ""), field="decisions", longest=1000, required=True)
        row.responsible, row.due, row.order = said.get("responsible"), said.get("due"), order
        row.is_public = bool(said.get("is_public"))
        if row.responsible and not may_see.filter(pk=row.responsible.pk).exists():
            raise Invalid(_("Choose somebody who reads the meeting."), field="decisions")
        row.save()
        kept.append(row.pk)
    meeting.decisions.exclude(pk__in=kept).delete()
