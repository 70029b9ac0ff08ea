"""Who acts for a member of a partnership, who looks after its members, and who may read of one."""

from partnerships.models import Membership, Participation, Partnership, Proposal, Seat

from .agreements import may_run_partnership
from .facts import User, administers, belongs, is_facilitator, sits
from .organisations import may_administer_organisation


def may_act_for_member(user: User, participation: Participation) -> bool:
    """The organisation's administrators; the person, where a person takes part."""
    if participation.organisation:
        return may_administer_organisation(user, participation.organisation)
    return user.is_authenticated and participation.profile.user_id == user.pk


def may_read_participation(user: User, participation: Participation) -> bool:
    """Both sides: the member's administrators, editors and representatives, the partnership's administrators, and who
    helps across partnerships."""
    if is_facilitator(user) or sits(user, participation.partnership, Seat.Role.ADMINISTRATOR):
        return True
    return _is_on_its_side(user, participation) or may_act_for_member(user, participation)


def _is_on_its_side(user: User, participation: Participation) -> bool:
    if not user.is_authenticated:
        return False
    roles = (Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
    if participation.organisation and belongs(user, participation.organisation, *roles):
        return True
    return participation.seats.current().filter(profile__user_id=user.pk).exists()


def may_list_members(user: User, partnership: Partnership) -> bool:
    """The partnership's administrators, and the facilitator."""
    return is_facilitator(user) or administers(user, partnership)


def may_name_representative(user: User, participation: Participation) -> bool:
    """The member organisation itself, or who runs the partnership on its behalf."""
    if participation.organisation is None:
        return False
    return may_act_for_member(user, participation) or may_run_partnership(user, participation.partnership)


def may_decide_on_member(user: User, participation: Participation) -> bool:
    """The partnership's administrators, but not on their own organisation or themselves."""
    if not sits(user, participation.partnership, Seat.Role.ADMINISTRATOR):
        return False
    if participation.organisation:
        return not belongs(user, participation.organisation)
    return participation.profile.user_id != user.pk


def may_answer_proposal(user: User, proposal: Proposal) -> bool:
    """The side that did not make it."""
    if proposal.by_the_member:
        return may_decide_on_member(user, proposal.participation)
    return may_act_for_member(user, proposal.participation)


def may_withdraw_proposal(user: User, proposal: Proposal) -> bool:
    """The side that made it."""
    if proposal.by_the_member:
        return may_act_for_member(user, proposal.participation)
    return may_decide_on_member(user, proposal.participation)
