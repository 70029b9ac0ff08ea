"""Who is told what: in the site, and by mail. The one way out for everything that is told to a person.

A mail is sent after the commit, in its reader's language, with a link straight to the item. It never holds back the act:
a server that cannot send is logged, and the act stands. What waits on the desk as a task is no notice besides.
"""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnerships.models import Notification, Profile

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What is told. `kind` names its templates, email/KIND.html, .txt and _subject.txt; `address` is asked in the
    letter's language and leads to the item; `headers` are those of the mail."""

    kind: str
    context: Mapping[str, Any]
    address: Callable[[], str]
    language: str = settings.LANGUAGE_CODE
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        return " ".join(render_to_string(f"email/{self.kind}_subject.txt", dict(self.context)).split())


def tell(
    profiles: Iterable[Profile], kind: str, context: dict, address: Callable[[], str], *, noted: bool = False
) -> None:
    """In the site at once where it is `noted`; after the commit, one mail to each who can receive one."""
    letter = Letter(kind, context, address)
    for profile in profiles:
        if profile.user and profile.user.is_active:
            if noted:
                note(profile.user, letter)
            transaction.on_commit(lambda user=profile.user: send(user, letter), robust=True)


def note(user: Model, letter: Letter) -> Notification:
    """A notice in the site, in the transaction of what it tells."""
    with translation.override(letter.language):
        return Notification.objects.create(
            recipient=user,
            kind=letter.kind,
            text=letter.subject[:300],
            language=letter.language,
            address=letter.address(),
        )


def send(user: Model, letter: Letter) -> bool:
    """The mail; False where the server could not take it."""
    if not user.email:
        return True
    with translation.override(letter.language):
        message = _message(user, letter)
    try:
        message.send()
    except OSError:
        logger.exception("A mail of kind %s could not be sent", letter.kind)
        return False
    return True


def _message(user: Model, letter: Letter) -> EmailMultiAlternatives:
    to = Profile.objects.filter(user_id=user.pk).first()
    full = {**letter.context, "to": to, "link": through_sign_in(letter.address()), "site_url": settings.SITE_URL}
    text, html = (render_to_string(f"email/{letter.kind}.{form}", full) for form in ("txt", "html"))
    message = EmailMultiAlternatives(letter.subject, text, to=[user.email], headers=dict(letter.headers))
    message.attach_alternative(html, "text/html")
    return message


def through_sign_in(address: str) -> str:
    """For a mail: who is not signed in is let in first, and then stands before the item."""
    return f"{settings.SITE_URL}{reverse('account_login')}?{urlencode({'next': address})}"
