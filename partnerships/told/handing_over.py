"""Who takes on what another left behind is told what it is."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Model
from django.urls import reverse

from partnerships.handover.kinds import Item
from partnerships.models import Organisation, Profile
from partnerships.notifications import tell

LISTED = 20


def handed_over(organisation: Organisation, successor: Profile, items: Sequence[Item], actor: Model) -> None:
    """In one letter; who takes it on by their own hand knows already."""
    if successor.user_id == actor.pk:
        return
    context = {
        "organisation": organisation,
        "items": items[:LISTED],
        "more": max(0, len(items) - LISTED),
        "is_shown": successor.consents.as_contact().exists(),
    }
    address = items[0].address if len(items) == 1 else partial(reverse, "desk")
    tell([successor], "handed_over", context, address, noted=True)
