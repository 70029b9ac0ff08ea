"""Who writes to somebody, and what is reported: the receiver, the municipality, and who reported it."""

from email.utils import formataddr

from partnerships.models import DirectMessage, Report
from partnerships.notifications import Letter, note, send, send_to, tell
from partnerships.permissions.direct_messages import DECIDE_REPORTS, may_decide_report

from .recipients import holding


def direct_message_sent(direct_message: DirectMessage, answers_to: str, *, copy: bool) -> None:
    """The receiver, whose answer goes straight to the sender; and the sender, who wants a copy."""
    context = {"direct_message": direct_message, "answers_to": answers_to}
    name = " ".join(direct_message.sender.name.split())
    letter = Letter(
        "direct_message", context, direct_message.get_absolute_url, headers={"Reply-To": formataddr((name, answers_to))}
    )
    if direct_message.person_id:
        note(direct_message.person.user, letter)
        send(direct_message.person.user, letter)
    else:
        send_to(direct_message.organisation.mailbox, letter)
    if copy:
        send(direct_message.sender.user, Letter("direct_message_copy", context, direct_message.get_absolute_url))


def report_made(report: Report) -> None:
    """Those who may decide on it; for them it is a task on the desk, so no notice besides."""
    able = [one for one in holding(*DECIDE_REPORTS) if may_decide_report(one.user, report)]
    tell(able, "report_made", {"report": report}, report.get_absolute_url)


def report_decided(report: Report) -> None:
    """Who reported it, and who may not write any more."""
    context = {"report": report}
    tell([report.reporter], "report_decided", context, report.get_absolute_url, noted=True)
    if report.stops_writing:
        tell([report.about], "writing_stopped", context, report.direct_message.get_absolute_url, noted=True)
