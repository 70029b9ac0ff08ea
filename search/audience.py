"""Who may find what, as tokens: a thing carries some, a viewer brings some, and one in common is needed.

The same facts as `visible_to`, read from today's memberships and seats at every search, so that an ended term counts
at once. What is found is still looked up through `visible_to` before it is shown.
"""

from typing import Any

from django.db.models import Value

from partnerships.models import Post
from partnerships.visibility import administered_by, joined_by
from search.query import Viewer

PUBLIC = "public"


def viewer(user: Any) -> Viewer:
    if not user.is_authenticated:
        return Viewer(user, frozenset({PUBLIC}))
    joined = joined_by(user).annotate(administers=Value(0)).values_list("pk", "administers")
    administered = administered_by(user).annotate(administers=Value(1)).values_list("partnership_id", "administers")
    tokens = (_administrators(pk) if administers else _members(pk) for pk, administers in joined.union(administered))
    return Viewer(user, frozenset({PUBLIC, *tokens}))


def of_post(post: Post) -> frozenset[str]:
    match post.audience:
        case Post.Audience.PUBLIC:
            return frozenset({PUBLIC})
        case Post.Audience.MEMBERS:
            return frozenset({_members(post.partnership_id)})
        case _:
            return frozenset({_administrators(post.partnership_id)})


def _members(partnership: int) -> str:
    return f"p:{partnership}"


def _administrators(partnership: int) -> str:
    return f"pa:{partnership}"
