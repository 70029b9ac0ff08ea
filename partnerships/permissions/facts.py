"""What rules are made of: belonging to an organisation, holding a seat, helping across partnerships."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model

from partnerships.models import Membership, Organisation, Partnership, Seat
from partnerships.visibility import is_facilitator

User = Model | AnonymousUser

__all__ = ["User", "administers", "belongs", "is_facilitator", "sits", "was_read_for"]


def was_read_for(user: User, thing: Model) -> bool:
    """Fetched with `read_for(user)` to be shown on one page: it says how this user stands to it."""
    return user.is_authenticated and getattr(thing, "reader", None) == user.pk


def belongs(user: User, organisation: Organisation, *roles: str) -> bool:
    """Has a current membership of the organisation, in one of the roles where some are named."""
    if not user.is_authenticated:
        return False
    if was_read_for(user, organisation):
        return organisation.reader_role in (roles or Membership.Role.values)
    memberships = Membership.objects.current().filter(organisation=organisation, profile__user_id=user.pk)
    return (memberships.filter(role__in=roles) if roles else memberships).exists()


def administers(user: User, partnership: Partnership) -> bool:
    """Holds a current seat of its administrators."""
    if was_read_for(user, partnership):
        return partnership.reader_administers
    return sits(user, partnership, Seat.Role.ADMINISTRATOR)


def sits(user: User, partnership: Partnership, *roles: str) -> bool:
    """Holds a current seat of one of the roles."""
    if not user.is_authenticated:
        return False
    return Seat.objects.current().filter(partnership=partnership, profile__user_id=user.pk, role__in=roles).exists()
