"""Registering, changing, publishing and verifying organisations."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.domains import domain_of
from partnerships.models import HistoryEntry, Membership, Organisation, PageDraft, Profile
from partnerships.text.folding import fold
from partnerships.told import organisations as told

from .history import record
from .organisation_fields import keep, may_be_tied, replace_former_names
from .people import profile_of
from .refusals import NotAllowed, WrongState
from .typed import lines

Verb = HistoryEntry.Verb
State = Organisation.State
SECOND_CLICK = timedelta(minutes=10)


@transaction.atomic
def register(
    *, actor: models.Model, name: str, kind: str, company_number: str = "", draft: bool = False, **fields: Any
) -> Organisation:
    """Anyone signed in may register theirs. It stays unverified, and whoever registers it administers it."""
    number = company_number.replace(" ", "")
    if number and Organisation.objects.filter(company_number=number).exists():
        raise WrongState(_("An organisation with that company number is registered already."), field="company_number")
    administrator = Profile.objects.select_for_update().get(pk=profile_of(actor).pk)
    if not number and _has_registered(administrator, name):
        raise WrongState(_("You have registered this organisation already."), field="name")
    organisation = Organisation(state=State.DRAFT if draft else State.PUBLISHED)
    keep(organisation, {"name": name, "kind": kind, "company_number": number, **fields})
    record(Verb.ORGANISATION_REGISTERED, actor, organisation=organisation)
    Membership.objects.create(
        profile=administrator,
        organisation=organisation,
        role=Membership.Role.ADMINISTRATOR,
        status=Membership.Status.ACTIVE,
        since=clock.today(),
        requested=clock.now(),
    )
    return organisation


def _has_registered(administrator: Profile, name: str) -> bool:
    """A second click, not a second organisation."""
    own = Membership.objects.filter(profile=administrator, requested__gte=clock.now() - SECOND_CLICK)
    return any(fold(one.organisation.name) == fold(name.strip()) for one in own.select_related("organisation"))


@transaction.atomic
def enter(*, actor: models.Model, former_names: Iterable[Mapping[str, str]] = (), **fields: Any) -> Organisation:
    """An editor enters an organisation; nobody administers it yet."""
    if not actor.has_perm("partnerships.add_organisation"):
        raise NotAllowed(_("Only editors may enter organisations."))
    organisation = Organisation()
    may_be_tied(organisation, fields, actor)
    keep(organisation, fields)
    replace_former_names(organisation, former_names)
    record(Verb.ORGANISATION_REGISTERED, actor, organisation=organisation)
    return organisation


@transaction.atomic
def update(
    *,
    organisation: Organisation,
    actor: models.Model,
    former_names: Iterable[Mapping[str, str]] | None = None,
    seen: datetime | None = None,
    **fields: Any,
) -> Organisation:
    """Changes the named fields; `former_names`, where given, replaces the list. A draft of the page is done with.

    `seen` is when the page last changed as far as the writer knows: nothing is written over that they have not seen.
    """
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    may_be_tied(organisation, fields, actor)
    organisation = _held(organisation)
    if seen is not None and organisation.updated != seen:
        raise WrongState(_("Somebody changed the page while you wrote. Look at it, and write your change again."))
    was = {name: getattr(organisation, name) for name in ("name", "company_number", "website")}
    changed = keep(organisation, fields)
    if former_names is not None and replace_former_names(organisation, former_names):
        changed.append("former_names")
    PageDraft.objects.filter(organisation=organisation).delete()
    record(Verb.ORGANISATION_CHANGED, actor, organisation=organisation, note=", ".join(sorted(changed)))
    _verify_anew(organisation, was, actor)
    return organisation


def _verify_anew(organisation: Organisation, was: Mapping[str, str], actor: models.Model) -> None:
    """What was verified is that this name and number are who they say; under another one it must be seen again."""
    if not organisation.is_verified or permissions.may_verify_organisation(actor):
        return
    same_name = fold(was["name"]) == fold(organisation.name)
    same_site = not organisation.verified_domain or domain_of(organisation.website) == organisation.verified_domain
    if same_name and same_site and was["company_number"] == organisation.company_number:
        return
    organisation.verified, organisation.verified_by, organisation.verified_domain = None, None, ""
    organisation.save()
    record(Verb.ORGANISATION_UNVERIFIED, actor, organisation=organisation)


@transaction.atomic
def publish(*, organisation: Organisation, actor: models.Model) -> Organisation:
    """From now on everyone sees it."""
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    organisation = _held(organisation)
    if not organisation.is_draft:
        raise WrongState(_("The page is published already."))
    organisation.state = State.PUBLISHED
    organisation.save()
    record(Verb.ORGANISATION_PUBLISHED, actor, organisation=organisation)
    return organisation


@transaction.atomic
def take_down(*, organisation: Organisation, actor: models.Model, reason: str) -> Organisation:
    """The municipality's editors make the page a draft again, and say why. Who runs a partnership stays to be seen."""
    if not permissions.may_verify_organisation(actor):
        raise NotAllowed(_("Only the municipality may take a page down."))
    organisation = _held(organisation)
    if organisation.is_draft:
        raise WrongState(_("The page is a draft already."))
    if organisation.responsible_for.exists() or hasattr(organisation, "is_partnership"):
        raise WrongState(_("It runs a partnership, so its page cannot be taken down."))
    said = lines(reason, field="reason", longest=2000, required=True)
    organisation.state = State.DRAFT
    organisation.save()
    record(Verb.ORGANISATION_TAKEN_DOWN, actor, organisation=organisation, note=said)
    told.page_taken_down(organisation, said)
    return organisation


@transaction.atomic
def verify(*, organisation: Organisation, actor: models.Model) -> Organisation:
    """The municipality has seen that it is who it says."""
    if not permissions.may_verify_organisation(actor):
        raise NotAllowed(_("Only the municipality may verify an organisation."))
    organisation = _held(organisation)
    if organisation.is_verified and not organisation.verified_domain:
        raise WrongState(_("The organisation is verified already."))
    return mark_verified(organisation, actor)


def mark_verified(organisation: Organisation, actor: models.Model, domain: str = "") -> Organisation:
    """By the municipality, or where a domain is given by a mail to it."""
    organisation.verified, organisation.verified_by = clock.today(), profile_of(actor)
    organisation.verified_domain = domain
    organisation.save()
    record(Verb.ORGANISATION_VERIFIED, actor, organisation=organisation, note=domain)
    if not domain:
        told.verified(organisation)
    return organisation


def _held(organisation: Organisation) -> Organisation:
    """The row as it is now, until the transaction ends: who changes it comes one after the other."""
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
