"""Somebody takes over another's seat in one step, so that there is never nobody."""

from django.db import models, transaction

from partnerships.models import Profile, Seat

from .seats import appoint, end_seat
from .terms import hold


@transaction.atomic
def replace(*, seat: Seat, profile: Profile, actor: models.Model) -> Seat:
    """The new one begins today, and today is the old one's last day."""
    hold(seat.partnership)
    new = appoint(
        partnership=seat.partnership, profile=profile, role=seat.role, participation=seat.participation, actor=actor
    )
    end_seat(seat=seat, actor=actor)
    return new
