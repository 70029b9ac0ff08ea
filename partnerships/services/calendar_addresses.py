"""The private address under which somebody's calendar program fetches their meetings.

The address must be shown again, so it cannot be kept as a hash. Half of it is kept; the other half is made of it with
the portal's secret, so that a copy of the database alone opens no calendar. A new key ends the old address at once.
"""

import secrets

from django.db import models, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from partnerships import clock
from partnerships.models import CalendarAddress, HistoryEntry, Profile

from .history import record
from .people import profile_of

HALF = 32


@transaction.atomic
def renew_address(*, actor: models.Model) -> CalendarAddress:
    """The first one, or a new one instead of the old."""
    fresh = {"key": secrets.token_hex(HALF // 2), "made": clock.now()}
    address, _new = CalendarAddress.objects.update_or_create(profile=profile_of(actor), defaults=fresh)
    record(HistoryEntry.Verb.CALENDAR_ADDRESS_RENEWED, actor, profile=address.profile)
    return address


@transaction.atomic
def end_address(*, actor: models.Model) -> None:
    CalendarAddress.objects.filter(profile=profile_of(actor)).delete()


def token_of(address: CalendarAddress) -> str:
    return address.key + _other_half(address.key)


def owner_of(token: str) -> Profile | None:
    """The person whose address it is now, if they may still sign in."""
    key = token[:HALF]
    if not constant_time_compare(token, key + _other_half(key)):
        return None
    address = CalendarAddress.objects.filter(key=key, profile__user__is_active=True).select_related("profile__user")
    return getattr(address.first(), "profile", None)


def _other_half(key: str) -> str:
    return salted_hmac("partnerships.calendar-address", key, algorithm="sha256").hexdigest()[:HALF]
