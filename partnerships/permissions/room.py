"""Who may share documents in a room, call meetings, answer, and write what was decided."""

from partnerships.models import Audience, Meeting, Partnership, RoomDocument, Seat
from partnerships.models.audience import InARoom

from .dialogue import looks_after, may_enter_room, may_post, may_write_to_administrators
from .facts import User, sits

CALLS = (Seat.Role.ADMINISTRATOR, Seat.Role.SECRETARY)


def may_share_document(user: User, partnership: Partnership) -> bool:
    """Whoever may write a post."""
    return may_post(user, partnership)


def may_change_document(user: User, document: RoomDocument) -> bool:
    """Who shared it or took it on, while a member; and who runs the partnership's daily work, of what they may read."""
    if not user.is_authenticated or not _is_read_by(user, RoomDocument.objects, document):
        return False
    own = looks_after(user, document) and may_enter_room(user, document.partnership)
    return own or sits(user, document.partnership, *CALLS)


def may_add_version(user: User, document: RoomDocument) -> bool:
    """Any member who reads it, while the partnership lasts: a draft is worked on by several."""
    return may_post(user, document.partnership) and _is_read_by(user, RoomDocument.objects, document)


def may_call_meeting(user: User, partnership: Partnership) -> bool:
    """The partnership's administrators and its secretariat, while it lasts."""
    return not partnership.has_ended and sits(user, partnership, *CALLS)


def may_run_meeting(user: User, meeting: Meeting) -> bool:
    """Those who call meetings, of those they may read; also after the partnership has ended, for its minutes."""
    return sits(user, meeting.partnership, *CALLS) and _is_read_by(user, Meeting.objects, meeting)


def may_answer(user: User, meeting: Meeting) -> bool:
    """Members who may read it: all where all were asked, also who joined later; else those who were."""
    if not may_enter_room(user, meeting.partnership) or not _is_read_by(user, Meeting.objects, meeting):
        return False
    return meeting.asked == Meeting.Asked.MEMBERS or meeting.answers.filter(profile__user_id=user.pk).exists()


def may_share_with(user: User, partnership: Partnership, audience: str) -> bool:
    return audience != Audience.ADMINISTRATORS or may_write_to_administrators(user, partnership)


def _is_read_by(user: User, rows: InARoom, thing: RoomDocument | Meeting) -> bool:
    return rows.visible_to(user).filter(pk=thing.pk).exists()
