"""Who may do what. Each rule is one sentence; services ask them, views only show what they allow."""

from .admission import may_apply_for, may_ask_applicant, may_decide, may_read_application, may_vote, may_withdraw
from .agreements import may_know_of, may_run_partnership, may_see_whole
from .dialogue import may_change_post, may_enter_room, may_post, may_remove_post, may_write_to_administrators
from .facts import is_facilitator
from .invitations import (
    may_answer_invitation,
    may_handle_invitation,
    may_invite_colleagues,
    may_invite_to_partnership,
)
from .organisations import (
    administrators_of,
    has_administrator,
    may_administer_organisation,
    may_edit_organisation,
    may_let_in,
    may_read_membership,
    may_verify_organisation,
)
from .participation import (
    may_act_for_member,
    may_answer_proposal,
    may_decide_on_member,
    may_list_members,
    may_name_representative,
    may_read_participation,
    may_withdraw_proposal,
)
from .room import (
    may_add_version,
    may_answer,
    may_call_meeting,
    may_change_document,
    may_run_meeting,
    may_share_document,
    may_share_with,
)

__all__ = [
    "administrators_of",
    "has_administrator",
    "is_facilitator",
    "may_act_for_member",
    "may_add_version",
    "may_administer_organisation",
    "may_answer",
    "may_answer_invitation",
    "may_answer_proposal",
    "may_apply_for",
    "may_ask_applicant",
    "may_call_meeting",
    "may_change_document",
    "may_change_post",
    "may_decide",
    "may_decide_on_member",
    "may_edit_organisation",
    "may_enter_room",
    "may_handle_invitation",
    "may_invite_colleagues",
    "may_invite_to_partnership",
    "may_know_of",
    "may_let_in",
    "may_list_members",
    "may_name_representative",
    "may_post",
    "may_read_application",
    "may_read_membership",
    "may_read_participation",
    "may_remove_post",
    "may_run_meeting",
    "may_run_partnership",
    "may_see_whole",
    "may_share_document",
    "may_share_with",
    "may_verify_organisation",
    "may_vote",
    "may_withdraw",
    "may_withdraw_proposal",
    "may_write_to_administrators",
]
