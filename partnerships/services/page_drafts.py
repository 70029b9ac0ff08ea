"""A change of a published page that waits: its own editors see it, everyone else the page as it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import FormerName, Organisation, PageDraft, Place, Sector, Topic

from .organisation_fields import SETS, fill, former_names_of, may_be_tied
from .people import profile_of
from .refusals import NotAllowed, WrongState
from .ties import NAMES as TIES

OF = {"sectors": Sector, "places": Place, "topics": Topic}


@dataclass(frozen=True)
class Drafted:
    """The page as it would be: the object unsaved, and what stands around it."""

    organisation: Organisation
    sets: Mapping[str, list[models.Model]]
    former_names: list[FormerName]


@transaction.atomic
def save_draft(
    *, organisation: Organisation, actor: models.Model, former_names: Iterable[Mapping[str, str]] = (), **fields: Any
) -> PageDraft:
    """What could not be published is not kept as a draft either."""
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    may_be_tied(organisation, fields, actor)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if organisation.is_draft:
        raise WrongState(_("The whole page is a draft already."))
    names = [
        {"name": row.name, "since": row.since, "until": row.until}
        for row in former_names_of(organisation, former_names)
    ]
    fill(organisation, fields)
    values = {"former_names": names, **{name: _plain(value) for name, value in fields.items()}}
    draft, _new = PageDraft.objects.update_or_create(
        organisation=organisation,
        defaults={"values": values, "saved_by": profile_of(actor), "saved": clock.now()},
    )
    return draft


@transaction.atomic
def discard_draft(*, organisation: Organisation, actor: models.Model) -> None:
    if not permissions.may_edit_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators and editors may change it."))
    PageDraft.objects.filter(organisation=organisation).delete()


def fields_in(draft: PageDraft) -> dict[str, Any]:
    """As a form and the services take them. What has been deleted meanwhile is left out."""
    values = {name: value for name, value in draft.values.items() if name != "former_names"}
    for name in SETS:
        if name in values:
            values[name] = list(OF[name].objects.filter(pk__in=values[name]))
    for name in TIES:
        if values.get(name):
            values[name] = Organisation.objects.filter(pk=values[name]).first()
    return values


def as_it_would_be(draft: PageDraft) -> Drafted:
    values = fields_in(draft)
    organisation = Organisation.objects.select_related("logo").get(pk=draft.organisation_id)
    fill(organisation, values)
    sets = {name: values.get(name, []) for name in SETS}
    return Drafted(organisation, sets, former_names_of(organisation, draft.values.get("former_names", [])))


def _plain(value: Any) -> Any:
    """A row as its key, rows as their keys, everything else as it stands."""
    if isinstance(value, models.Model):
        return value.pk
    return value if isinstance(value, str | None) else [one.pk for one in value]
