"""Reporting what is wrong, and deciding on it."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import DirectMessage, HistoryEntry, Profile, Report
from partnerships.told import direct_messages as told

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import lines

Verb = HistoryEntry.Verb


@transaction.atomic
def report_direct_message(
    *, direct_message: DirectMessage, actor: models.Model, reason: str, words: str = ""
) -> Report:
    """The receiver shows the municipality what was written; until it has decided, the words are not wiped."""
    if not permissions.receives(actor, direct_message):
        raise NotAllowed(_("Only the receiver can report it."))
    direct_message = DirectMessage.objects.select_for_update().get(pk=direct_message.pk)
    if direct_message.wiped:
        raise WrongState(_("What was written is wiped already."))
    return _report(Report(direct_message=direct_message), actor, reason, words)


@transaction.atomic
def report_profile(*, profile: Profile, actor: models.Model, reason: str, words: str = "") -> Report:
    """Anyone signed in who can see the page."""
    reporter = profile_of(actor)
    if reporter.pk == profile.pk or not Profile.objects.visible_to(actor).filter(pk=profile.pk).exists():
        raise NotAllowed(_("You cannot report this."))
    return _report(Report(profile=profile), actor, reason, words)


def _report(report: Report, actor: models.Model, reason: str, words: str) -> Report:
    if reason not in Report.Reason.values:
        raise Invalid(_("Choose a reason from the list."), field="reason")
    report.reporter, report.reason = profile_of(actor), reason
    report.words = lines(words, field="words", longest=2000, required=reason == Report.Reason.OTHER)
    report.made = clock.now()
    try:
        with transaction.atomic():
            report.save()
    except IntegrityError as error:
        raise WrongState(_("You have reported this already.")) from error
    record(Verb.REPORT_MADE, actor, note=reason)
    told.report_made(report)
    return report


@transaction.atomic
def decide_report(
    *, report: Report, actor: models.Model, upheld: bool, answer: str, stops_writing: bool = False
) -> Report:
    """With a reason, which who reported it reads. Only what was written can stop its sender from writing."""
    if not permissions.may_decide_report(actor, report):
        raise NotAllowed(_("Only the municipality may decide on a report, and nobody on their own."))
    held = Report.objects.select_for_update().get(pk=report.pk)
    if not held.is_open:
        raise WrongState(_("Somebody has decided on this report already."))
    held.answer = lines(answer, field="answer", longest=2000, required=True)
    held.state = Report.State.UPHELD if upheld else Report.State.DISMISSED
    held.stops_writing = upheld and stops_writing and held.direct_message_id is not None
    held.decided, held.decided_by = clock.now(), profile_of(actor)
    held.save()
    record(Verb.REPORT_DECIDED, actor, note=held.state)
    told.report_decided(held)
    return held
