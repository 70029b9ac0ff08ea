"""Who may enter a partnership's room, and write there."""

from partnerships import visibility
from partnerships.models import Partnership, Post, RoomDocument, Seat

from .facts import User, administers, sits, was_read_for


def may_enter_room(user: User, partnership: Partnership) -> bool:
    """Its members: through a current participation of one's organisation, or a current seat."""
    if was_read_for(user, partnership):
        return partnership.reader_joined
    return user.is_authenticated and visibility.joined_by(user).filter(pk=partnership.pk).exists()


def may_post(user: User, partnership: Partnership) -> bool:
    """Its members, while it lasts."""
    return not partnership.has_ended and may_enter_room(user, partnership)


def may_write_to_administrators(user: User, partnership: Partnership) -> bool:
    """Those who would also read it: who holds an administrator's seat."""
    return administers(user, partnership)


def may_change_post(user: User, post: Post) -> bool:
    """Its author, and who took it on after them, while a member; the partnership's administrators may take it down
    (may_remove_post)."""
    return looks_after(user, post) and may_enter_room(user, post.partnership)


def looks_after(user: User, thing: Post | RoomDocument) -> bool:
    people = [thing.author, thing.keeper] if thing.keeper_id else [thing.author]
    return user.is_authenticated and any(one.user_id == user.pk for one in people)


def may_remove_post(user: User, post: Post) -> bool:
    return may_change_post(user, post) or sits(user, post.partnership, Seat.Role.ADMINISTRATOR)
