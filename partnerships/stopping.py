"""The address that stops mails about what somebody follows: signed, so that its receiver needs no sign-in and nobody can
make up another's."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "partnerships.stop-mails"
Stop = tuple[int, int | None]
"""Whose mails, and about which follow; None is all of them."""


def address_to_stop(user: int, follow: int | None = None) -> str:
    return f"{settings.SITE_URL}{reverse('stop_mails', args=[token_of(user, follow)])}"


def token_of(user: int, follow: int | None = None) -> str:
    return signing.Signer(salt=SALT).sign_object([user, follow])


def stop_in(token: str) -> Stop | None:
    """None for an address that we did not make."""
    try:
        user, follow = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return user, follow


def headers_to_stop(address: str) -> dict[str, str]:
    """One press in the mail program is enough (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
