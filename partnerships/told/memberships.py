"""Belonging to an organisation: who is asked, and who gets the answer."""

from partnerships.models import Membership
from partnerships.notifications import tell

from .recipients import administering, facilitators


def membership_requested(membership: Membership) -> None:
    """The organisation's administrators, or the facilitators where it has none."""
    asked = administering(membership.organisation) or facilitators()
    tell(asked, "membership_requested", {"membership": membership}, membership.get_absolute_url)


def membership_decided(membership: Membership) -> None:
    context = {"membership": membership}
    tell([membership.profile], "membership_decided", context, membership.get_absolute_url, noted=True)
