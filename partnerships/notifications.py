"""Who is told what by mail. Sent after the commit, in Danish, with a link straight to the item.

A mail never holds back the act: a server that cannot send is logged, and the act stands.
"""

import logging
from collections.abc import Iterable
from urllib.parse import urlencode

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnerships.models import Application, Decision, Membership, Organisation, Profile, Seat
from partnerships.permissions import administrators_of

logger = logging.getLogger(__name__)


def application_sent(application: Application) -> None:
    """The partnership's administrators are asked to decide; the applicant gets a receipt."""
    administrators = Profile.objects.filter(
        pk__in=Seat.objects.current()
        .filter(partnership=application.partnership, role=Seat.Role.ADMINISTRATOR)
        .values("profile_id")
    )
    context = {"application": application}
    _tell(administrators, "application_sent", context, application.get_absolute_url)
    _tell([application.applicant], "application_receipt", context, application.get_absolute_url)


def application_decided(decision: Decision) -> None:
    """The applicant's side is told: who sent it, and those who administer the organisation."""
    application = decision.application
    side = _administering(application.organisation)
    everyone = {profile.pk: profile for profile in [application.applicant, *side]}.values()
    _tell(
        everyone,
        "application_decided",
        {"decision": decision, "application": application},
        application.get_absolute_url,
    )


def membership_requested(membership: Membership) -> None:
    """The organisation's administrators, or the facilitators where it has none."""
    asked = _administering(membership.organisation) or facilitators()
    _tell(asked, "membership_requested", {"membership": membership}, membership.get_absolute_url)


def membership_decided(membership: Membership) -> None:
    _tell([membership.profile], "membership_decided", {"membership": membership}, membership.get_absolute_url)


def facilitators() -> Iterable[Profile]:
    """Those who hold the facilitator's permission, through a group or themselves."""
    through_group = Q(user__groups__permissions__codename="facilitate")
    themselves = Q(user__user_permissions__codename="facilitate")
    return Profile.objects.filter(through_group | themselves, user__is_active=True).distinct()


def _administering(organisation: Organisation) -> list[Profile]:
    memberships = administrators_of(organisation).select_related("profile__user").order_by("profile__sort_key")
    return [membership.profile for membership in memberships]


def _tell(profiles: Iterable[Profile], name: str, context: dict, address: object) -> None:
    """After the commit, one mail to each who can receive one."""
    people = [profile for profile in profiles if profile.user and profile.user.is_active and profile.user.email]
    for profile in people:
        transaction.on_commit(lambda profile=profile: _send(profile, name, context, address), robust=True)


def _send(profile: Profile, name: str, context: dict, address: object) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        item = address()
        link = f"{settings.SITE_URL}{reverse('account_login')}?{urlencode({'next': item})}"
        full = {**context, "to": profile, "link": link, "site_url": settings.SITE_URL}
        subject = " ".join(render_to_string(f"email/{name}_subject.txt", full).split())
        message = EmailMultiAlternatives(subject, render_to_string(f"email/{name}.txt", full), to=[profile.user.email])
        message.attach_alternative(render_to_string(f"email/{name}.html", full), "text/html")
    try:
        message.send()
    except OSError:
        logger.exception("A mail of kind %s could not be sent", name)
