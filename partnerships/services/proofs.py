"""A mail to the organisation's own domain proves that one acts for it: it is verified, and who claims it administers it."""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.domains import SHARED_REASON, domain_of, domain_of_address, is_shared
from partnerships.models import DomainProof, HistoryEntry, Membership, Organisation, Profile
from partnerships.told import organisations as told

from .history import record
from .organisations import mark_verified
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line

Verb = HistoryEntry.Verb
GOOD_FOR = timedelta(days=2)
A_DAY = timedelta(days=1)
MOST_A_DAY = 3


@transaction.atomic
def ask_for_proof(*, organisation: Organisation, actor: models.Model, address: str) -> DomainProof:
    """Sends a link to an address at the domain of its website. An older link of the same person no longer counts."""
    if not permissions.may_prove(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    _open_to_proof(organisation, actor)
    address = _at_its_domain(organisation, address)
    profile = profile_of(actor)
    _not_too_often(organisation)
    DomainProof.objects.open().filter(organisation=organisation, profile=profile).update(expires=clock.now())
    token = secrets.token_urlsafe(32)
    proof = DomainProof.objects.create(
        organisation=organisation,
        profile=profile,
        address=address,
        token_hash=hash_of(token),
        asked=clock.now(),
        expires=clock.now() + GOOD_FOR,
    )
    told.proof_asked(proof, token)
    return proof


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _open_to_proof(organisation: Organisation, actor: models.Model) -> None:
    administers = permissions.may_administer_organisation(actor, organisation)
    if organisation.is_verified and administers:
        raise WrongState(_("The organisation is verified already."))
    if not administers and permissions.has_administrator(organisation):
        raise WrongState(_("Somebody administers the organisation already. Ask to belong to it."))


def _at_its_domain(organisation: Organisation, address: str) -> str:
    address = line(address, field="address", longest=254, required=True)
    domain = domain_of(organisation.website)
    if not domain:
        raise WrongState(_("Give the organisation's website first, on its page."))
    if is_shared(domain):
        raise WrongState(SHARED_REASON)
    try:
        validate_email(address)
    except ValidationError as error:
        raise Invalid(error.messages[0], field="address") from error
    if domain_of_address(address) != domain:
        raise Invalid(_("Write an address that ends with @%(domain)s.") % {"domain": domain}, field="address")
    return address


def _not_too_often(organisation: Organisation) -> None:
    lately = DomainProof.objects.filter(organisation=organisation, asked__gt=clock.now() - A_DAY)
    if lately.count() >= MOST_A_DAY:
        raise WrongState(_("Three mails have been sent today. Wait until tomorrow, or ask the municipality."))


def found(*, organisation: Organisation, actor: models.Model, token: str) -> DomainProof | None:
    """The proof that this link opens for this person: theirs, not used, not too old."""
    profile = getattr(actor, "profile", None)
    own = DomainProof.objects.open().filter(organisation=organisation, profile=profile, token_hash=hash_of(token))
    return own.select_related("organisation", "profile").first() if profile else None


@transaction.atomic
def prove(*, organisation: Organisation, actor: models.Model, token: str) -> Organisation:
    """Pressed once. The website must still be at the domain that was written to."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    proof = found(organisation=organisation, actor=actor, token=token)
    if proof is None:
        raise WrongState(_("The link has been used or is too old. Ask for a new one."))
    _open_to_proof(organisation, actor)
    domain = domain_of(organisation.website)
    if domain != domain_of_address(proof.address):
        raise WrongState(_("The organisation's website has changed since. Ask for a new link."))
    proof.used = clock.now()
    proof.save(update_fields=["used"])
    if not permissions.may_administer_organisation(actor, organisation):
        _becomes_administrator(organisation, proof.profile, actor)
    return organisation if organisation.is_verified else mark_verified(organisation, actor, domain)


def _becomes_administrator(organisation: Organisation, profile: Profile, actor: models.Model) -> None:
    same = Membership.objects.filter(organisation=organisation, profile=profile, status__in=Membership.OPEN)
    membership = same.select_for_update().first() or Membership(organisation=organisation, profile=profile)
    membership.role, membership.status = Membership.Role.ADMINISTRATOR, Membership.Status.ACTIVE
    membership.since, membership.until = min(membership.since or clock.today(), clock.today()), None
    membership.decided_by, membership.decided = profile, clock.now()
    membership.save()
    things = {"organisation": organisation, "membership": membership, "profile": profile}
    record(Verb.MEMBERSHIP_ACCEPTED, actor, note=membership.role, **things)
