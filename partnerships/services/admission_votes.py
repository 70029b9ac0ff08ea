"""Votes on an application: cast, changed, counted, closed.

Whoever votes holds the application's row, so that votes come one after the other and none comes after the close.
"""

from datetime import date

from django.db import models, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from partnerships import clock, permissions, ruling, voting
from partnerships.models import AdmissionRule, Application, Decision, HistoryEntry, Vote, VoteCast
from partnerships.voting import Result, Tally

from . import deciding
from .deciding import Verdict, locked, things_of
from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, Refusal
from .typed import lines

Verb = HistoryEntry.Verb
Choice, Ground = Vote.Choice, Decision.Ground
LONGEST_REASON = 2000


@transaction.atomic
def cast_vote(
    *, application: Application, actor: models.Model, choice: str, reason: str = "", again_from: date | None = None
) -> Vote:
    """Yes, no, blank or a veto; it may be changed until the vote closes. A no and a veto say why: the applicant reads it,
    without a name. The last vote closes it, and so does a veto."""
    if not permissions.may_vote(actor, application):
        raise NotAllowed(_("Only those who decide by the partnership's rule may vote, and not on their own matter."))
    application = locked(application)
    if not permissions.may_vote(actor, application):
        raise NotAllowed(_("The vote has closed; the administrators decide now."))
    _check(application.rule, choice)
    vote = _kept(application, actor, choice, _reason(choice, reason))
    _close_if_decided(application, again_from=again_from)
    return vote


@transaction.atomic
def close_if_due(*, application: Application) -> Result:
    """For the timetable: counts anew, since voters may have come and gone, and closes what the last day has passed for.
    What the vote accepts and cannot be carried out any more goes to the administrators."""
    application = Application.objects.select_for_update().get(pk=application.pk)
    if not application.is_voted_on:
        return Result.WAITS
    try:
        with transaction.atomic():
            return _close_if_decided(application)
    except Refusal:
        application.refresh_from_db()
        deciding.hand_over(application)
        return Result.UNDECIDED


def _check(rule: AdmissionRule, choice: str) -> None:
    allowed = {Choice.YES, Choice.NO}
    if rule.kind == AdmissionRule.Kind.BOARD_VOTE:
        allowed |= {Choice.BLANK, *([Choice.VETO] if rule.veto else [])}
    if choice not in allowed:
        raise Invalid(_("Choose how you vote."), field="choice")


def _reason(choice: str, reason: str) -> str:
    says_why = choice in (Choice.NO, Choice.VETO)
    return lines(reason, field="reason", longest=LONGEST_REASON, required=True) if says_why else ""


def _kept(application: Application, actor: models.Model, choice: str, reason: str) -> Vote:
    """One row a voter, and a line of what was said each time."""
    said = {"choice": choice, "reason": reason, "cast": clock.now()}
    vote, new = Vote.objects.update_or_create(application=application, voter=profile_of(actor), defaults=said)
    VoteCast.objects.create(vote=vote, choice=choice, reason=reason, at=vote.cast)
    record(Verb.VOTE_CAST if new else Verb.VOTE_CHANGED, actor, **things_of(application))
    return vote


def _close_if_decided(application: Application, *, again_from: date | None = None) -> Result:
    rule, counted = application.rule, ruling.tally_of(application)
    over = application.state == Application.State.SENT and _last_day_has_passed(application)
    came = voting.result(rule, counted, over=over)
    if came in (Result.UNDECIDED, Result.NOBODY) and rule.kind == AdmissionRule.Kind.BOARD_VOTE:
        return _undecided(application, counted, came)
    if came == Result.ACCEPTED:
        deciding.accept(application, None, Verdict(by_vote=True, counted=counted))
    elif came == Result.REFUSED:
        deciding.refuse(application, None, _refusal(application, counted, again_from))
    return came


def _last_day_has_passed(application: Application) -> bool:
    return application.vote_until is not None and application.vote_until < clock.today()


def _undecided(application: Application, counted: Tally, came: Result) -> Result:
    """A tie, or too few votes: as the rule says. Where nobody is left to vote it is always the administrators'."""
    Undecided = AdmissionRule.Undecided
    if came == Result.NOBODY or application.rule.undecided == Undecided.ADMINISTRATORS:
        deciding.hand_over(application)
    elif application.rule.undecided == Undecided.ACCEPTED:
        deciding.accept(application, None, Verdict(by_vote=True, counted=counted))
    else:
        deciding.refuse(application, None, _refusal(application, counted, None))
    return came


def _refusal(application: Application, counted: Tally, again_from: date | None) -> Verdict:
    """The applicant reads why, from those whose votes counted, and not from whom."""
    ground, said = (Ground.VETO, Choice.VETO) if counted.veto else (Ground.VOTE, Choice.NO)
    reasons = list(ruling.votes_of(application).filter(choice=said).values_list("reason", flat=True))
    if not reasons:
        with translation.override("da"):
            reasons = [_("Too few voted for the application.")]
    words = reasons[0] if len(reasons) == 1 else "\n".join(f"- {' '.join(reason.split())}" for reason in reasons)
    return Verdict(words, ground, again_from, by_vote=True, counted=counted)
