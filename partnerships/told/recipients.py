"""Those who hold a part, as people who can be told."""

from collections.abc import Iterable

from django.db.models import Q

from partnerships.models import Organisation, Partnership, Profile, Seat
from partnerships.permissions import administrators_of


def administering(organisation: Organisation) -> list[Profile]:
    memberships = administrators_of(organisation).select_related("profile__user").order_by("profile__sort_key")
    return [membership.profile for membership in memberships]


def seated(partnership: Partnership, *roles: str) -> Iterable[Profile]:
    """Those who now hold a seat of one of the roles."""
    seats = Seat.objects.current().filter(partnership=partnership, role__in=roles)
    return Profile.objects.filter(pk__in=seats.values("profile_id"))


def facilitators() -> Iterable[Profile]:
    """Those who hold the facilitator's permission, through a group or themselves."""
    through_group = Q(user__groups__permissions__codename="facilitate")
    themselves = Q(user__user_permissions__codename="facilitate")
    return Profile.objects.filter(through_group | themselves, user__is_active=True).distinct()
