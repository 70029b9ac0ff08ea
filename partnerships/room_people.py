"""Who is in a partnership's room today, and whether what they write may be asked for by anyone."""

from django.db.models import Q, QuerySet

from partnerships.models import Audience, Membership, Organisation, Participation, Partnership, Profile, Seat


def people_in(partnership: Partnership) -> QuerySet[Profile]:
    """The same rule as visibility.joined_by, asked from the other side."""
    taking_part = Participation.objects.current().filter(partnership=partnership).order_by()
    staff = Membership.objects.current().filter(organisation__in=taking_part.values("organisation_id")).order_by()
    alone = taking_part.filter(profile__isnull=False).values("profile_id")
    return Profile.objects.filter(
        Q(pk__in=staff.values("profile_id")) | Q(pk__in=alone) | Q(pk__in=_seats(partnership))
    )


def seated_in(partnership: Partnership) -> QuerySet[Profile]:
    """Representatives, deputies, the board, the secretariat and the administrators."""
    return Profile.objects.filter(pk__in=_seats(partnership))


def readers(partnership: Partnership, audience: str) -> QuerySet[Profile]:
    """Those in the room who may read something of this audience."""
    if audience == Audience.ADMINISTRATORS:
        return Profile.objects.filter(pk__in=_seats(partnership, Seat.Role.ADMINISTRATOR))
    return people_in(partnership)


def municipality_takes_part(partnership: Partnership) -> bool:
    """An authority is responsible for it or is a member: then anybody may ask the authority for what is written here."""
    authority = Organisation.Kind.AUTHORITY
    if partnership.responsible.kind == authority:
        return True
    return partnership.participations.current().filter(organisation__kind=authority).exists()


def _seats(partnership: Partnership, *roles: str) -> QuerySet:
    seats = Seat.objects.current().filter(partnership=partnership).order_by()
    return (seats.filter(role__in=roles) if roles else seats).values("profile_id")
