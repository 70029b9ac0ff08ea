"""Who may ask to join a partnership, and who answers. How many must agree is the rule's (partnerships/voting.py)."""

from partnerships.models import Application, Membership, Organisation, Seat
from partnerships.models.admission import ApplicationQuerySet

from .facts import User, belongs, sits


def may_apply_for(user: User, organisation: Organisation) -> bool:
    """Its administrators and editors may ask on its behalf."""
    return belongs(user, organisation, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)


def may_decide(user: User, application: Application) -> bool:
    """The partnership's administrators where one is enough, but nobody on their own or their organisation's application."""
    if not application.is_for_administrators or not sits(user, application.partnership, Seat.Role.ADMINISTRATOR):
        return False
    return _among(Application.objects.not_concerning(user), application)


def may_vote(user: User, application: Application) -> bool:
    """Where the rule asks several: the administrators or the board, each for themselves, with the same exception."""
    if not user.is_authenticated or application.is_for_administrators:
        return False
    return _among(Application.objects.voted_on_by(user), application)


def may_ask_applicant(user: User, application: Application) -> bool:
    """Whoever decides, and the administrators, who look whether something is missing."""
    if may_decide(user, application) or may_vote(user, application):
        return True
    administers = sits(user, application.partnership, Seat.Role.ADMINISTRATOR)
    return administers and _among(Application.objects.not_concerning(user), application)


def may_read_application(user: User, application: Application) -> bool:
    """Both sides, those who vote, and the facilitator."""
    return _among(Application.objects.visible_to(user), application)


def may_withdraw(user: User, application: Application) -> bool:
    """Who may ask may also take it back, and answer what is asked."""
    if application.organisation is None:
        return user.is_authenticated and application.person.user_id == user.pk
    return may_apply_for(user, application.organisation)


def _among(rows: ApplicationQuerySet, application: Application) -> bool:
    return rows.filter(pk=application.pk).exists()
