"""How one gets an account: allauth, with a name, a profile, and the way one was going kept through the confirmation mail."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from django import forms
from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.languages import known
from partnerships.models import Profile
from partnerships.services import bounces, mail_queue
from partnerships.services.mail_queue import ACCOUNT, Written
from partnerships.services.people import create_profile


class SignupForm(forms.Form):
    """Asked at sign-up beside the address and the password."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Nobody else sees it before you agree to it, except inside partnerships you take part in."),
    )
    field_order = ["name", "email", "password1"]

    def signup(self, request: HttpRequest, user: models.Model) -> None:
        first, _space, last = self.cleaned_data["name"].rpartition(" ")
        user.first_name, user.last_name = (first or last)[:150], (last if first else "")[:150]
        user.save(update_fields=["first_name", "last_name"])
        create_profile(user=user, name=self.cleaned_data["name"])


# What a mail's button leads to: the first of these that allauth gives.
USEFUL_FOR = timedelta(hours=1)
LINKS = ("activate_url", "password_reset_url", "signup_url")


def _link(context: Mapping[str, Any], language: str) -> str:
    """On the address the site is configured with, whatever host the request named, and in the mail's language."""
    given = next((context[name] for name in LINKS if context.get(name)), "")
    path = urlunsplit(urlsplit(given)._replace(scheme="", netloc=""))
    return given and f"{settings.SITE_URL}{translate_url(path, language)}"


def _greeted(user: models.Model | None) -> models.Model | None:
    """Who is greeted by name; nobody where the address may belong to anyone."""
    return getattr(user, "profile", None)


def _language_of(email: str) -> str:
    """That of whose address it is; of a stranger, the one they read here."""
    chosen = Profile.objects.filter(user__email__iexact=email).values_list("mail_language", flat=True).first()
    return known(chosen or get_language())


class AccountAdapter(DefaultAccountAdapter):
    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """The link carries where the person was going, for they may open it in another browser."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        target = self._target(request)
        return f"{url}?{urlencode({'next': target})}" if target else url

    def get_email_verification_redirect_url(self, email_address: models.Model) -> str:
        return self._target(self.request) or super().get_email_verification_redirect_url(email_address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the site's look and the person's language, and after the commit: a form that failed after all leaves no mail
        behind. Its codes and links are of no use for long, so it is not tried for long."""
        user = context.get("user")
        to, language = _greeted(user), _language_of(email)
        link = _link(context, language)
        with override(language):
            own = {"email": email, "to": to, "link": link, "site_url": settings.SITE_URL}
            message = self.render_mail(template_prefix, email, {**context, **own})
        mail_queue.put(
            address=email,
            kind=f"{ACCOUNT}{template_prefix.rpartition('/')[2]}",
            written=Written(message.subject, message.body, message.alternatives[0][0]),
            language=language,
            recipient=user if to else None,
            until=clock.now() + USEFUL_FOR,
        )

    def send_notification_mail(
        self, template_prefix: str, user: models.Model, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """That something about the account was changed is told to its owner, by name."""
        super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def confirm_email(self, request: HttpRequest, email_address: models.Model) -> bool:
        """Whoever opened the link has read the mail, so the address works."""
        confirmed = super().confirm_email(request, email_address)
        if confirmed:
            bounces.forget(address=email_address.email)
        return confirmed

    def _target(self, request: HttpRequest | None) -> str:
        given = (request.POST.get("next") or request.GET.get("next") or "") if request else ""
        own = url_has_allowed_host_and_scheme(given, allowed_hosts={request.get_host()} if request else set())
        return given if given and own else ""
