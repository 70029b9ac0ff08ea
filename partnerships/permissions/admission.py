"""Who may ask to join a partnership, and who answers."""

from partnerships.models import Application, Membership, Organisation, Seat

from .facts import User, belongs, is_facilitator, sits


def may_apply_for(user: User, organisation: Organisation) -> bool:
    """Its administrators and editors may ask on its behalf."""
    return belongs(user, organisation, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)


def may_decide(user: User, application: Application) -> bool:
    """The partnership's administrators, but not on their own application."""
    own = user.is_authenticated and application.applicant.user_id == user.pk
    return not own and sits(user, application.partnership, Seat.Role.ADMINISTRATOR)


def may_read_application(user: User, application: Application) -> bool:
    """Both sides, and the facilitator."""
    administers = sits(user, application.partnership, Seat.Role.ADMINISTRATOR)
    own = user.is_authenticated and application.applicant.user_id == user.pk
    return own or administers or may_apply_for(user, application.organisation) or is_facilitator(user)


def may_withdraw(user: User, application: Application) -> bool:
    """Who may ask may also take it back."""
    return may_apply_for(user, application.organisation)
