"""The address that stops alerts: signed, so that its receiver needs no sign-in and nobody can make up another's."""

from collections.abc import Iterable

from django.core import signing
from django.urls import reverse

SALT = "search.stop-alerts"


def address_to_stop(searches: Iterable[int]) -> str:
    return reverse("search:stop_alerts", args=[token_of(searches)])


def token_of(searches: Iterable[int]) -> str:
    return signing.dumps(list(searches), salt=SALT)


def searches_in(token: str) -> list[int] | None:
    """None for an address that we did not make."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
