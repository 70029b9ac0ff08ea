"""Two rows for one organisation become one, and nothing of the other is lost."""

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions, references
from partnerships.models import FormerName, HistoryEntry, OldAddress, Organisation
from partnerships.text.folding import fold
from partnerships.told import organisations as told

from . import ties
from .history import record
from .refusals import Invalid, NotAllowed, WrongState

# What the kept one lacks, it takes from the other.
TAKEN = (
    *("name_en", "size", "about", "about_html", "about_en", "about_en_html", "logo_id", "logo_alt", "company_number"),
    *("mailbox", "website", "parent_id", "successor_id"),
)
TOLD = ("name", "name_en", "company_number", "mailbox", "website", "about", "about_en")


@transaction.atomic
def merge(*, gone: Organisation, kept: Organisation, actor: models.Model) -> Organisation:
    """Everything of the one belongs to the other, its name becomes a former name, and its address leads there."""
    if not permissions.may_merge_organisations(actor):
        raise NotAllowed(_("Only the municipality's editors may merge organisations."))
    ties.one_after_the_other(Organisation)
    kept, gone = _both(kept, gone)
    may_become_one(gone, kept)
    note = "\n".join(f"{name}: {value}" for name in TOLD if (value := getattr(gone, name)))
    taken = {name: getattr(gone, name) for name in TAKEN if not getattr(kept, name) and getattr(gone, name)}
    old_slug, old_names = gone.slug, [gone.name, gone.name_en]
    references.carry_over(gone, kept)
    gone.delete()
    OldAddress.objects.create(slug=old_slug, organisation=kept)
    kept = _filled(kept, taken)
    _remember(kept, old_names)
    record(HistoryEntry.Verb.ORGANISATION_MERGED, actor, organisation=kept, note=note)
    told.merged(kept, old_names[0])
    return kept


def _both(kept: Organisation, gone: Organisation) -> tuple[Organisation, Organisation]:
    """Held in one order, so that two who merge crosswise wait instead of blocking each other."""
    if kept.pk == gone.pk:
        raise Invalid(_("Choose another organisation."), field="other")
    rows = Organisation.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    found = {row.pk: row for row in rows}
    if len(found) < 2:
        raise WrongState(_("One of the two is gone already."))
    return found[kept.pk], found[gone.pk]


def may_become_one(gone: Organisation, kept: Organisation) -> None:
    """Refused where the one that stays could not be what the other is."""
    if kept.is_draft and not gone.is_draft:
        raise WrongState(_("The one that stays is a draft. Publish it first, or keep the other."))
    if gone.responsible_for.exists() and kept.kind not in Organisation.MAY_BE_RESPONSIBLE:
        raise WrongState(_("It runs a partnership, which only an authority or an association may do."))
    if hasattr(gone, "is_partnership") and hasattr(kept, "is_partnership"):
        raise WrongState(_("Both are partnerships of their own."))


def _filled(kept: Organisation, taken: dict[str, object]) -> Organisation:
    """Read anew, since what was carried may have been its own rows; saving it brings the search up to date."""
    kept = Organisation.objects.get(pk=kept.pk)
    for name, value in taken.items():
        if value != kept.pk or not name.endswith("_id"):
            setattr(kept, name, value)
    _cut_circles(kept)
    kept.save()
    return kept


def _cut_circles(kept: Organisation) -> None:
    """Two lines that met may go round: then the one that stays stands above, and comes after, nothing."""
    for name in ties.NAMES:
        try:
            ties.never_leads_back(kept, getattr(kept, name), name)
        except Invalid:
            setattr(kept, name, None)


def _remember(kept: Organisation, names: list[str]) -> None:
    """What the other was called, unless it is what this one is called."""
    known = {fold(name) for name in (kept.name, kept.name_en, *kept.former_names.values_list("name", flat=True))}
    for name in filter(None, names):
        if fold(name) not in known:
            FormerName.objects.create(organisation=kept, name=name)
            known.add(fold(name))


def what_moves(gone: Organisation) -> list[tuple[str, int]]:
    """What an editor reads before they merge: how many rows of each kind there are."""
    counted = [(reference.model, reference.rows(gone).count()) for reference in references.pointing_at(Organisation)]
    return [(str(model._meta.verbose_name_plural), count) for model, count in counted if count and not _is_link(model)]


def _is_link(model: type[models.Model]) -> bool:
    return bool(model._meta.auto_created)
