"""Who may change what a partnership is."""

from partnerships.models import Partnership, Seat

from .facts import User, is_facilitator, sits

EDITS_PARTNERSHIPS = "partnerships.change_partnership"


def may_run_partnership(user: User, partnership: Partnership) -> bool:
    """Its administrators, the facilitator and the municipality's editors may change what it says of itself."""
    return sits(user, partnership, Seat.Role.ADMINISTRATOR) or is_facilitator(user) or user.has_perm(EDITS_PARTNERSHIPS)
