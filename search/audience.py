"""Who may find what, as tokens: a thing carries some, a viewer brings some, and one in common is needed.

The same facts as `visible_to`, read from today's memberships and seats at every search, so that an ended term counts
at once. What is found is still looked up through `visible_to` before it is shown.
"""

from typing import Any

from django.db.models import Value

from partnerships.models import Audience, Meeting, Partnership, Post, RoomDocument
from partnerships.visibility import administered_by, is_facilitator, joined_by
from search.query import Viewer

PUBLIC = "public"
FACILITATOR = "facilitator"
"""Brought by who helps across partnerships; carried by those that only members know of, and by nothing inside them."""


def viewer(user: Any) -> Viewer:
    if not user.is_authenticated:
        return Viewer(user, frozenset({PUBLIC}))
    joined = joined_by(user).annotate(administers=Value(0)).values_list("pk", "administers")
    administered = administered_by(user).annotate(administers=Value(1)).values_list("partnership_id", "administers")
    tokens = (_administrators(pk) if administers else _members(pk) for pk, administers in joined.union(administered))
    helps = {FACILITATOR} if is_facilitator(user) else set()
    return Viewer(user, frozenset({PUBLIC, *helps, *tokens}))


def of_partnership(partnership: Partnership) -> frozenset[str]:
    if partnership.visibility == Partnership.Visibility.HIDDEN:
        return frozenset({_members(partnership.pk), FACILITATOR})
    return frozenset({PUBLIC})


def in_a_room(thing: Post | RoomDocument | Meeting) -> frozenset[str]:
    match thing.audience:
        case Audience.PUBLIC if thing.partnership.visibility == Partnership.Visibility.PUBLIC:
            return frozenset({PUBLIC})
        case Audience.PUBLIC | Audience.MEMBERS:
            return frozenset({_members(thing.partnership_id)})
        case _:
            return frozenset({_administrators(thing.partnership_id)})


def joined_in(tokens: frozenset[str]) -> list[int]:
    """The partnerships whose members' token is among them."""
    return [int(token.removeprefix("p:")) for token in tokens if token.startswith("p:")]


def _members(partnership: int) -> str:
    return f"p:{partnership}"


def _administrators(partnership: int) -> str:
    return f"pa:{partnership}"
