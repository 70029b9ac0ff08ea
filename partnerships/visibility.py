"""Who takes part in what, today: the facts that every question of who may see something reads.

A partnership's member is who has a current membership of an organisation with a current participation of any tier,
or a current seat. The same facts become the viewer's tokens in search.

Of a public partnership everyone sees what it tells of itself; of a listed one everyone sees its name, purpose and kind,
and members the rest; a hidden one is there for its members alone. The facilitator, who opens and helps, knows of all of
them, and reads nothing that members write without a seat. What is only proposed, or was declined, is there for its
proposer and the facilitator.
"""

from django.apps import apps
from django.db.models import Model, Q, QuerySet

EDITS_ORGANISATIONS = "partnerships.change_organisation"
"""The municipality's editors."""
FACILITATES = "partnerships.facilitate"


def is_facilitator(user: Model) -> bool:
    """Sees and helps across partnerships."""
    return user.is_active and user.has_perm(FACILITATES)


def knows_of(user: Model | None) -> Q:
    """Partnerships whose name, purpose and kind this user may read; without a user, those that everyone may."""
    if user is not None and is_facilitator(user):
        return Q()
    return _by_visibility(user, "PUBLIC", "LISTED")


def sees_whole(user: Model | None) -> Q:
    """Partnerships that show this user all they tell of themselves: the public ones, and those one takes part in."""
    return _by_visibility(user, "PUBLIC")


def _by_visibility(user: Model | None, *visibilities: str) -> Q:
    model = apps.get_model("partnerships", "Partnership")
    shown = Q(state__in=model.LIVED, visibility__in=[model.Visibility[name] for name in visibilities])
    if user is None or not user.pk:
        return shown
    own = Q(state__in=model.BEFORE, proposed_by__user_id=user.pk)
    return shown | Q(pk__in=joined_by(user)) | own


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
    own = Q(organisation__in=organisations_of(user)) | Q(profile__user_id=user.pk)
    through_organisations = participations.filter(own).values("partnership_id")
    through_seats = seats.filter(profile__user_id=user.pk).values("partnership_id")
    partnership = apps.get_model("partnerships", "Partnership")
    joined = partnership.objects.filter(Q(pk__in=through_organisations) | Q(pk__in=through_seats))
    return joined.filter(state__in=partnership.LIVED).order_by().values("pk")


def administered_by(user: Model) -> QuerySet:
    """Partnerships where this user now holds an administrator's seat."""
    seat = apps.get_model("partnerships", "Seat")
    held = seat.objects.current().filter(profile__user_id=user.pk, role=seat.Role.ADMINISTRATOR)
    return held.order_by().values("partnership_id")
