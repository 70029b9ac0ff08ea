"""What stands on an organisation's page: checked, cleaned and stored, with the names of what has changed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.company_numbers import is_company_number
from partnerships.models import FormerName, OldAddress, Organisation
from partnerships.partial_dates import validate_partial_date
from partnerships.slugs import free_slug
from partnerships.text.markup import is_safe_link

from .refusals import Invalid, NotAllowed, WrongState
from .ties import NAMES as TIES
from .ties import never_leads_back, one_after_the_other
from .typed import line, markdown

LINES = {"name": 200, "name_en": 200, "website": 200, "logo_alt": 160}
TYPED = ("about", "about_en")
SETS = ("sectors", "places", "topics")
NOT_BY_TYPING = {"verified", "verified_by", "verified_domain", "state"}
TRIES = 5


def fill(organisation: Organisation, fields: Mapping[str, Any]) -> list[str]:
    """Puts what was typed into the object, unsaved, and names what has changed. Sets wait for `keep`."""
    if NOT_BY_TYPING & fields.keys():
        raise NotAllowed(_("Only the municipality may verify an organisation."))
    before = {name: getattr(organisation, name) for name in fields if name not in SETS}
    for name, value in fields.items():
        if name in TYPED:
            markdown(organisation, name, value)
        elif name in LINES:
            setattr(organisation, name, line(value, field=name, longest=LINES[name], required=name == "name"))
        elif name not in SETS:
            setattr(organisation, name, value)
    _check(organisation)
    return [name for name, value in before.items() if getattr(organisation, name) != value]


def keep(organisation: Organisation, fields: Mapping[str, Any]) -> list[str]:
    """Fills and stores everything but former names."""
    changed = fill(organisation, fields)
    store(organisation)
    for name in SETS:
        if name in fields:
            related = getattr(organisation, name)
            before = {one.pk for one in related.all()}
            related.set(fields[name])
            changed += [name] if before != {one.pk for one in related.all()} else []
    return changed


def store(organisation: Organisation) -> None:
    """Two at once may choose the same address name, and the later one takes the next; a number is had by one alone."""
    named_here = not organisation.slug
    for _attempt in range(TRIES):
        organisation.slug = organisation.slug or _address_name(organisation.name)
        try:
            with transaction.atomic():
                organisation.save()
                return
        except IntegrityError as error:
            if _number_is_taken(organisation):
                raise WrongState(
                    _("An organisation with that company number is registered already."), field="company_number"
                ) from error
            if not named_here:
                raise WrongState(_("Somebody else saved at the same moment. Try again.")) from error
            organisation.slug = ""
    raise WrongState(_("Somebody else saved at the same moment. Try again."))


def _address_name(name: str) -> str:
    """One that nobody has, and that leads nowhere else from former days."""
    slug, number = free_slug(Organisation, name), 2
    while OldAddress.objects.filter(slug=slug).exists():
        slug, number = free_slug(Organisation, f"{name[:60]} {number}"), number + 1
    return slug


def _number_is_taken(organisation: Organisation) -> bool:
    same = Organisation.objects.filter(company_number=organisation.company_number).exclude(pk=organisation.pk)
    return bool(organisation.company_number) and same.exists()


def _check(organisation: Organisation) -> None:
    if organisation.kind not in Organisation.Kind.values:
        raise Invalid(_("Choose a kind from the list."), field="kind")
    if organisation.size and organisation.size not in Organisation.Size.values:
        raise Invalid(_("Choose a size from the list."), field="size")
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


def may_be_tied(organisation: Organisation, fields: Mapping[str, Any], actor: models.Model) -> None:
    """A tie stands on both pages, so only who may edit both makes it; and nothing comes after or above itself.
    Asked before any of the rows is held."""
    if any(fields.get(name) for name in TIES):
        one_after_the_other(Organisation)
    for name in TIES:
        other = fields.get(name)
        if other is None or other.pk == getattr(organisation, f"{name}_id"):
            continue
        if not permissions.may_edit_organisation(actor, other):
            raise NotAllowed(_("The municipality's editors tie two organisations together. Ask them."), field=name)
        never_leads_back(organisation, other, name)


def replace_former_names(organisation: Organisation, names: Iterable[Mapping[str, str]]) -> bool:
    """Whether the list is another one now."""
    rows = {row.name: row for row in former_names_of(organisation, names)}
    before = set(organisation.former_names.values_list("name", "since", "until"))
    if before == {(row.name, row.since, row.until) for row in rows.values()}:
        return False
    organisation.former_names.all().delete()
    for row in rows.values():
        row.save()
    return True


def former_names_of(organisation: Organisation, names: Iterable[Mapping[str, str]]) -> list[FormerName]:
    return [_former_name(organisation, row) for row in names]


def _former_name(organisation: Organisation, row: Mapping[str, str]) -> FormerName:
    name = line(row.get("name", ""), field="former_names", longest=200, required=True)
    dates = {end: row.get(end, "") for end in ("since", "until")}
    for value in filter(None, dates.values()):
        try:
            validate_partial_date(value)
        except ValidationError as error:
            raise Invalid(error.messages[0], field="former_names") from error
    return FormerName(organisation=organisation, name=name, **dates)
