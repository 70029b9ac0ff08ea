"""Saying yes, and taking it back. Only the person can do either."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.consent_texts import CONSENTS
from partnerships.models import Consent, HistoryEntry, Profile

from .history import record
from .refusals import Invalid, NotAllowed, WrongState

Verb = HistoryEntry.Verb


@transaction.atomic
def give_consent(*, profile: Profile, actor: models.Model, purpose: str, text_version: str = "") -> Consent:
    """Only oneself can say yes. Saying it twice, also in the same moment, leaves one row."""
    if not is_oneself(profile, actor):
        raise NotAllowed(_("Only the person can agree to be shown."))
    if purpose not in Consent.Purpose.values:
        raise Invalid(_("Choose a kind from the list."), field="purpose")
    given = _held(profile)
    if purpose in given:
        return given[purpose]
    if purpose in Consent.NEED_A_PAGE and Consent.Purpose.CONTACT not in given:
        raise WrongState(_("This needs a profile that is shown to everyone."), field=purpose)
    version = text_version or CONSENTS[purpose].version
    consent = Consent.objects.create(profile=profile, purpose=purpose, text_version=version, given=clock.now())
    record(Verb.CONSENT_GIVEN, actor, profile=profile, note=f"{purpose} {version}")
    return consent


@transaction.atomic
def withdraw_consent(*, profile: Profile, actor: models.Model, purpose: str) -> None:
    """Takes effect at once; the row stays as proof of what held until now. What needs a page goes with the page."""
    if not is_oneself(profile, actor):
        raise NotAllowed(_("Only the person can withdraw the consent."))
    given = _held(profile)
    whole = purpose == Consent.Purpose.CONTACT
    for one in [purpose, *(Consent.NEED_A_PAGE if whole else ())]:
        if one in given:
            given[one].withdrawn = clock.now()
            given[one].save(update_fields=["withdrawn"])
            record(Verb.CONSENT_WITHDRAWN, actor, profile=profile, note=one)


def is_oneself(profile: Profile, actor: models.Model) -> bool:
    """A profile without an account is nobody's, also for who has not signed in."""
    return actor.is_authenticated and profile.user_id == actor.pk


def _held(profile: Profile) -> dict[str, Consent]:
    """What is given now, held until the transaction ends: one answer after the other."""
    Profile.objects.select_for_update().get(pk=profile.pk)
    return {row.purpose: row for row in Consent.objects.current().filter(profile=profile)}
