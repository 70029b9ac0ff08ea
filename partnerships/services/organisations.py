"""Registering, changing and verifying organisations."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.company_numbers import is_company_number
from partnerships.models import FormerName, HistoryEntry, Membership, Organisation, Profile
from partnerships.partial_dates import validate_partial_date
from partnerships.slugs import free_slug
from partnerships.text.folding import fold
from partnerships.text.markup import is_safe_link

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, markdown

Verb = HistoryEntry.Verb
LINES = {"name": 200, "name_en": 200, "website": 200}
SECOND_CLICK = timedelta(minutes=10)
BY_VERIFY_ALONE = {"verified", "verified_by", "verified_domain", "state"}


@transaction.atomic
def register(*, actor: models.Model, name: str, kind: str, company_number: str = "", **fields: Any) -> Organisation:
    """Anyone signed in may register theirs. It stays unverified, and whoever registers it administers it."""
    number = company_number.replace(" ", "")
    if number and Organisation.objects.filter(company_number=number).exists():
        raise WrongState(_("An organisation with that company number is registered already."), field="company_number")
    administrator = profile_of(actor)
    if not number and _has_registered(administrator, name):
        raise WrongState(_("You have registered this organisation already."), field="name")
    organisation = _save(Organisation(), {"name": name, "kind": kind, "company_number": number, **fields})
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
    organisation = _save(Organisation(), fields)
    _replace_former_names(organisation, former_names)
    record(Verb.ORGANISATION_REGISTERED, actor, organisation=organisation)
    return organisation


@transaction.atomic
def update(
    *,
    organisation: Organisation,
    actor: models.Model,
    former_names: Iterable[Mapping[str, str]] | None = None,
    **fields: Any,
) -> Organisation:
    """Changes the named fields; `former_names`, where given, replaces the list."""
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    organisation = _save(organisation, fields)
    if former_names is not None:
        _replace_former_names(organisation, former_names)
    record(Verb.ORGANISATION_CHANGED, actor, organisation=organisation, note=", ".join(sorted(fields)))
    return organisation


@transaction.atomic
def verify(*, organisation: Organisation, actor: models.Model) -> Organisation:
    """The municipality has seen that it is who it says."""
    if not permissions.may_verify_organisation(actor):
        raise NotAllowed(_("Only the municipality may verify an organisation."))
    if organisation.is_verified:
        raise WrongState(_("The organisation is verified already."))
    organisation.verified, organisation.verified_by = clock.today(), profile_of(actor)
    organisation.save()
    record(Verb.ORGANISATION_VERIFIED, actor, organisation=organisation)
    return organisation


def _save(organisation: Organisation, fields: Mapping[str, Any]) -> Organisation:
    if BY_VERIFY_ALONE & fields.keys():
        raise NotAllowed(_("Only the municipality may verify an organisation."))
    fields = dict(fields)
    related = {name: fields.pop(name) for name in ("sectors", "places", "topics") if name in fields}
    for name in [name for name in ("about", "about_en") if name in fields]:
        markdown(organisation, name, fields.pop(name))
    for name, longest in LINES.items():
        if name in fields:
            fields[name] = line(fields[name], field=name, longest=longest, required=name == "name")
    for name, value in fields.items():
        setattr(organisation, name, value)
    _check(organisation)
    organisation.slug = organisation.slug or free_slug(Organisation, organisation.name)
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise WrongState(
            _("An organisation with that company number is registered already."), field="company_number"
        ) from error
    for name, things in related.items():
        getattr(organisation, name).set(things)
    return organisation


def _check(organisation: Organisation) -> None:
    if organisation.kind not in Organisation.Kind.values:
        raise Invalid(_("Choose a kind from the list."), field="kind")
    if organisation.company_number and not is_company_number(organisation.company_number):
        raise Invalid(
            _("A company number has eight digits, the last of which is a check digit."), field="company_number"
        )
    for field, validate in (("mailbox", validate_email), ("website", _validate_website)):
        if value := getattr(organisation, field):
            try:
                validate(value)
            except ValidationError as error:
                raise Invalid(error.messages[0], field=field) from error


def _validate_website(address: str) -> None:
    URLValidator(schemes=["http", "https"])(address)
    if not is_safe_link(address):
        raise ValidationError(URLValidator.message)


def _replace_former_names(organisation: Organisation, names: Iterable[Mapping[str, str]]) -> None:
    rows = {}
    for row in names:
        name = line(row.get("name", ""), field="former_names", longest=200, required=True)
        dates = {end: row.get(end, "") for end in ("since", "until")}
        for value in filter(None, dates.values()):
            try:
                validate_partial_date(value)
            except ValidationError as error:
                raise Invalid(error.messages[0], field="former_names") from error
        rows[name] = FormerName(organisation=organisation, name=name, **dates)
    organisation.former_names.all().delete()
    for row in rows.values():
        row.save()
