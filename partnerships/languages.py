"""In which language somebody is written to."""

from django.conf import settings
from django.db.models import Model

from partnerships.models import Profile

KNOWN = frozenset(code for code, _name in settings.LANGUAGES)


def language_of(user: Model | None) -> str:
    """The person's choice; who has none is written to in the site's own language."""
    profile = Profile.objects.filter(user_id=user.pk).only("mail_language").first() if user is not None else None
    return known(profile.mail_language) if profile else settings.LANGUAGE_CODE


def of_loaded(user: Model) -> str:
    """The same of a user whose profile was read with them."""
    profile = getattr(user, "profile", None)
    return known(profile.mail_language if profile else None)


def known(language: str | None) -> str:
    """One of the portal's languages, whatever was asked."""
    short = (language or "").partition("-")[0]
    return short if short in KNOWN else settings.LANGUAGE_CODE
