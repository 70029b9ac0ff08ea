"""A proposal, its answer, and what becomes of a partnership."""

from django.db.models import Model

from partnerships.models import Partnership, Profile, Seat, StateStep
from partnerships.notifications import tell

from .recipients import facilitators


def proposed(partnership: Partnership) -> None:
    """The facilitators are asked; for them it is a task on the desk, so no notice besides."""
    tell(facilitators(), "partnership_proposed", {"partnership": partnership}, partnership.get_absolute_url)


def opened(partnership: Partnership) -> None:
    _answered(partnership, "proposal_opened")


def declined(partnership: Partnership, step: StateStep) -> None:
    _answered(partnership, "proposal_declined", step=step)


def _answered(partnership: Partnership, kind: str, **more: object) -> None:
    asked = [partnership.proposed_by] if partnership.proposed_by else []
    tell(asked, kind, {"partnership": partnership, **more}, partnership.get_absolute_url, noted=True)


def changed_state(partnership: Partnership, step: StateStep, actor: Model) -> None:
    """Everybody with a seat, but for the one who did it."""
    seats = Seat.objects.current().filter(partnership=partnership)
    people = Profile.objects.filter(pk__in=seats.values("profile_id")).exclude(user_id=actor.pk)
    context = {"partnership": partnership, "step": step}
    tell(people, "partnership_state", context, partnership.get_absolute_url, noted=True)
