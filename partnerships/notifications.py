"""Who is told what: in the site, and by mail. The one way out for everything that is told to a person.

A mail is put in the transaction of the act, in its reader's language, with a link straight to the item; it is sent
after the commit and tried again where the server cannot take it (services/mail_queue.py). It never holds back the act.
What waits on the desk as a task is no notice besides.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnerships.languages import known, language_of
from partnerships.models import Notification, OutgoingMail, Profile
from partnerships.services import mail_queue
from partnerships.services.mail_queue import Written


@dataclass(frozen=True)
class Letter:
    """What is told. `kind` names its templates, email/KIND.html, .txt and _subject.txt; `address` is asked in the
    letter's language and leads to the item, through sign-in unless it is `open`; without a `language` it speaks its
    reader's; `headers` are those of the mail."""

    kind: str
    context: Mapping[str, Any]
    address: Callable[[], str]
    language: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    open: bool = False

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
            send(profile.user, letter)


def note(user: Model, letter: Letter) -> Notification:
    """A notice in the site, in the transaction of what it tells."""
    language = letter.language or language_of(user)
    with translation.override(language):
        return Notification.objects.create(
            recipient=user,
            kind=letter.kind,
            text=letter.subject[:300],
            language=language,
            address=letter.address(),
        )


def send(user: Model, letter: Letter, *, made_of: Mapping[str, Any] | None = None) -> OutgoingMail | None:
    """The mail, put in the transaction of what it tells; None where none can reach the person."""
    to = Profile.objects.filter(user_id=user.pk).first()
    language = letter.language or known(to.mail_language if to else None)
    written = write(letter, to=to, language=language)
    return mail_queue.put(
        address=user.email, kind=letter.kind, written=written, language=language, recipient=user, made_of=made_of
    )


def send_to(address: str, letter: Letter) -> OutgoingMail | None:
    """To somebody without an account, greeted by no name: such as one who is invited."""
    language = known(letter.language)
    written = write(letter, to=None, language=language)
    return mail_queue.put(address=address, kind=letter.kind, written=written, language=language)


def write(letter: Letter, *, to: Profile | None, language: str) -> Written:
    """The letter as this reader reads it."""
    with translation.override(language):
        address = letter.address()
        link = f"{settings.SITE_URL}{address}" if letter.open else through_sign_in(address)
        full = {**letter.context, "to": to, "link": link, "site_url": settings.SITE_URL}
        text, html = (render_to_string(f"email/{letter.kind}.{form}", full) for form in ("txt", "html"))
        return Written(letter.subject, text, html, letter.headers)


def through_sign_in(address: str) -> str:
    """For a mail: who is not signed in is let in first, and then stands before the item."""
    return f"{settings.SITE_URL}{reverse('account_login')}?{urlencode({'next': address})}"
