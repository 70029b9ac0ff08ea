"""What a partnership is and says of itself."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.models import HistoryEntry, Organisation, Partnership, Seek, Tier

from . import ties
from .history import record
from .refusals import Invalid, NotAllowed, WrongState
from .slugs import save_new
from .terms import hold, in_order
from .typed import line, markdown

Verb = HistoryEntry.Verb
TYPED = ("purpose", "purpose_en", "admission", "admission_en")
LINES = {
    **dict.fromkeys(("name", "name_en"), 200),
    **dict.fromkeys(("summary", "summary_en", "funding", "funding_en"), 300),
    **dict.fromkeys(("municipal_part", "municipal_part_en"), 600),
}
SETS = ("topics", "places", "goals")


@transaction.atomic
def create(
    *,
    actor: models.Model,
    tiers: Iterable[Mapping[str, Any]] = (),
    seeks: Iterable[Mapping[str, Any]] = (),
    **fields: Any,
) -> Partnership:
    """Editors and the facilitator open a partnership. Without tiers of its own it has one: full members."""
    if not (actor.has_perm("partnerships.add_partnership") or permissions.is_facilitator(actor)):
        raise NotAllowed(_("Only the municipality may open a partnership."))
    partnership = found(Partnership(), fields, tiers)
    _replace_seeks(partnership, seeks)
    record(Verb.PARTNERSHIP_CREATED, actor, partnership=partnership)
    return partnership


@transaction.atomic
def update(
    *,
    partnership: Partnership,
    actor: models.Model,
    tiers: Iterable[Mapping[str, Any]] | None = None,
    seeks: Iterable[Mapping[str, Any]] | None = None,
    **fields: Any,
) -> Partnership:
    """Changes the named fields. `tiers` keep those with a `pk` and drop unused ones; `seeks` replace the list."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change it."))
    if any(fields.get(name) for name in ties.NAMES):
        ties.one_after_the_other(Partnership)
    hold(partnership)
    partnership.refresh_from_db()
    save_fields(partnership, fields)
    if tiers is not None:
        _replace_tiers(partnership, tiers)
    if seeks is not None:
        _replace_seeks(partnership, seeks)
    record(Verb.PARTNERSHIP_CHANGED, actor, partnership=partnership, note=", ".join(sorted(fields)))
    return partnership


def found(partnership: Partnership, fields: Mapping[str, Any], tiers: Iterable[Mapping[str, Any]] = ()) -> Partnership:
    """A new row, and what one can be in it: full members, unless it names kinds of its own."""
    save_fields(partnership, fields)
    _replace_tiers(partnership, tiers or [{"kind": Tier.Kind.FULL, "name_da": "Medlem", "name_en": "Member"}])
    return partnership


def save_fields(partnership: Partnership, fields: Mapping[str, Any]) -> None:
    """What was typed, cleaned and measured; nobody changes by it what a partnership's state is."""
    fields = dict(fields)
    related = {name: fields.pop(name) for name in SETS if name in fields}
    for name in [name for name in TYPED if name in fields]:
        markdown(partnership, name, fields.pop(name), required=name == "purpose")
    for name, longest in LINES.items():
        if name in fields:
            fields[name] = line(fields[name], field=name, longest=longest, required=name == "name")
    for name, value in fields.items():
        setattr(partnership, name, value)
    _check(partnership)
    if partnership.pk or partnership.slug:
        partnership.save()
    else:
        save_new(partnership, partnership.name)
    for name, things in related.items():
        getattr(partnership, name).set(things)


def _check(partnership: Partnership) -> None:
    if partnership.kind not in Partnership.Kind.values:
        raise Invalid(_("Choose a kind from the list."), field="kind")
    if partnership.visibility not in Partnership.Visibility.values:
        raise Invalid(_("Choose who may see it."), field="visibility")
    if partnership.responsible.kind not in Organisation.MAY_BE_RESPONSIBLE:
        raise Invalid(_("The municipality or an association runs a partnership."), field="responsible")
    for name in ties.NAMES:
        ties.never_leads_back(partnership, getattr(partnership, name), name)
    in_order(partnership)


def _replace_tiers(partnership: Partnership, tiers: Iterable[Mapping[str, Any]]) -> None:
    kept, own = [], set(partnership.tiers.values_list("pk", flat=True))
    for order, row in enumerate(tiers):
        if row.get("pk", row.get("id")) not in {None, *own}:
            raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tiers")
        tier = Tier(**{**_typed(Tier, row, "tiers"), "partnership": partnership, "order": order})
        tier.save()
        kept.append(tier.pk)
    try:
        partnership.tiers.exclude(pk__in=kept).delete()
    except models.ProtectedError as error:
        raise WrongState(_("A kind of membership that is in use cannot be removed."), field="tiers") from error


def _replace_seeks(partnership: Partnership, seeks: Iterable[Mapping[str, Any]]) -> None:
    partnership.seeks.all().delete()
    for row in seeks:
        kept = {name: value for name, value in row.items() if name not in ("pk", "id")}
        partnership.seeks.create(**_typed(Seek, kept, "seeks"))


def _typed(model: type[models.Model], row: Mapping[str, Any], of: str) -> dict[str, Any]:
    """A row with its lines of text cleaned and measured, as every other line that somebody typed."""
    texts = {field.name: field for field in model._meta.fields if type(field) is models.CharField and not field.choices}
    return {
        name: line(value, field=of, longest=texts[name].max_length, required=not texts[name].blank)
        if name in texts
        else value
        for name, value in row.items()
    }
