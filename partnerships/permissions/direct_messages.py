"""Who may answer for what was written, and decide on what was reported."""

from partnerships.models import DirectMessage, Report
from partnerships.visibility import FACILITATES

from .facts import User

DECIDE_REPORTS = (FACILITATES, "partnerships.change_profile")
"""One of them is enough: the facilitator's, or that of the municipality's editors."""


def receives(user: User, direct_message: DirectMessage) -> bool:
    """The person it was sent to, or the organisation's administrators."""
    return user.is_authenticated and DirectMessage.objects.to(user).filter(pk=direct_message.pk).exists()


def may_decide_reports(user: User) -> bool:
    """The facilitator, and the municipality's editors."""
    return user.is_active and any(user.has_perm(right) for right in DECIDE_REPORTS)


def may_decide_report(user: User, report: Report) -> bool:
    """Nobody decides on what they reported, or on what is about themselves."""
    own = user.pk in (report.reporter.user_id, report.about.user_id)
    return not own and may_decide_reports(user)
