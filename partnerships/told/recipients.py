"""Those who hold a part, as people who can be told."""

from collections.abc import Iterable

from django.db.models import Q

from partnerships.models import Organisation, Partnership, Profile, Seat
from partnerships.permissions import administrators_of
from partnerships.visibility import FACILITATES


def administering(organisation: Organisation) -> list[Profile]:
    memberships = administrators_of(organisation).select_related("profile__user").order_by("profile__sort_key")
    return [membership.profile for membership in memberships]


def seated(partnership: Partnership, *roles: str) -> Iterable[Profile]:
    """Those who now hold a seat of one of the roles."""
    seats = Seat.objects.current().filter(partnership=partnership, role__in=roles)
    return Profile.objects.filter(pk__in=seats.values("profile_id"))


def facilitators() -> Iterable[Profile]:
    """Those who see and help across partnerships."""
    return holding(FACILITATES)


def holding(*rights: str) -> Iterable[Profile]:
    """Those who hold one of the permissions, through a group or themselves."""
    codenames = [right.split(".")[1] for right in rights]
    through_group = Q(user__groups__permissions__codename__in=codenames)
    themselves = Q(user__user_permissions__codename__in=codenames)
    return Profile.objects.filter(through_group | themselves, user__is_active=True).distinct()
