"""The figure beside "My page" in every page's frame. To count it takes a third of the time of a page, so it is kept for a while.

Of what others do it may be late by `SECONDS`; on the page after one's own act it never is, nor where the list itself stands.
(Several processes without a cache in common forget each for itself: there it may be late by that much of one's own acts, too.)
"""

from django.core.cache import cache
from django.http import HttpRequest

from partnerships.following import unread_of
from partnerships.waiting import waiting_count

SECONDS = 30
LISTED_ON = {"desk", "notices"}


def waiting_figure(request: HttpRequest) -> int:
    """Nothing waits for who is not signed in. Error pages may have no user at all."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    if request.resolver_match and request.resolver_match.view_name in LISTED_ON:
        count_anew(user.pk)
    return cache.get_or_set(_key(user.pk), lambda: waiting_count(user, unread_of), SECONDS)


def count_anew(pk: int) -> None:
    cache.delete(_key(pk))


def _key(pk: int) -> str:
    return f"waiting-for-{pk}"
