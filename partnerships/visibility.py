"""Who takes part in what, today: the facts that every question of who may see something reads.

A partnership's member is who has a current membership of an organisation with a current participation of any tier,
or a current seat. The same facts become the viewer's tokens in search.
"""

from django.apps import apps
from django.db.models import Model, Q, QuerySet

EDITS_ORGANISATIONS = "partnerships.change_organisation"
"""The municipality's editors."""


def organisations_of(user: Model, *roles: str) -> QuerySet:
    """Ids of the organisations this user now belongs to, in one of the roles where some are named."""
    memberships = apps.get_model("partnerships", "Membership").objects.current().filter(profile__user_id=user.pk)
    if roles:
        memberships = memberships.filter(role__in=roles)
    return memberships.order_by().values("organisation_id")


def joined_by(user: Model) -> QuerySet:
    """Partnerships this user is now a member of, through an organisation or a seat."""
    participations = apps.get_model("partnerships", "Participation").objects.current()
    seats = apps.get_model("partnerships", "Seat").objects.current()
    through_organisations = participations.filter(organisation__in=organisations_of(user)).values("partnership_id")
    through_seats = seats.filter(profile__user_id=user.pk).values("partnership_id")
    partnerships = apps.get_model("partnerships", "Partnership").objects
    return partnerships.filter(Q(pk__in=through_organisations) | Q(pk__in=through_seats)).order_by().values("pk")


def administered_by(user: Model) -> QuerySet:
    """Partnerships where this user now holds an administrator's seat."""
    seat = apps.get_model("partnerships", "Seat")
    held = seat.objects.current().filter(profile__user_id=user.pk, role=seat.Role.ADMINISTRATOR)
    return held.order_by().values("partnership_id")
