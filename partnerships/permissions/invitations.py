"""Who may invite by mail, and who may answer."""

from partnerships.models import Invitation, Organisation, Partnership

from .agreements import may_run_partnership
from .facts import User, is_facilitator
from .organisations import has_administrator, may_administer_organisation


def may_invite_colleagues(user: User, organisation: Organisation) -> bool:
    """The organisation's administrators; the facilitator where it has none."""
    if may_administer_organisation(user, organisation):
        return True
    return is_facilitator(user) and not has_administrator(organisation)


def may_invite_to_partnership(user: User, partnership: Partnership) -> bool:
    """Who runs the partnership, while it lasts."""
    return not partnership.has_ended and may_run_partnership(user, partnership)


def may_handle_invitation(user: User, invitation: Invitation) -> bool:
    """Who may send such a one may renew it and withdraw it."""
    if invitation.is_for_a_colleague:
        return may_invite_colleagues(user, invitation.organisation)
    return may_run_partnership(user, invitation.partnership)


def may_answer_invitation(user: User, invitation: Invitation) -> bool:
    """Who has confirmed that the address it was sent to is theirs."""
    return user.is_authenticated and Invitation.objects.received_by(user).filter(pk=invitation.pk).exists()
