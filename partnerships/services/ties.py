"""What stands above a thing and what comes after it: lines that never lead back to where they began."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext as _

from .refusals import Invalid

NAMES = ("parent", "successor")


def one_after_the_other(model: type[models.Model]) -> None:
    """Held before any row of the kind, until the transaction ends. Two who tie far from each other share no row, and
    could close a circle that neither sees; so they share the row of the kind itself."""
    kind = {"app_label": model._meta.app_label, "model": model._meta.model_name}
    ContentType.objects.select_for_update(no_key=True).get(**kind)


def never_leads_back(thing: models.Model, other: models.Model | None, name: str) -> None:
    """Asked while `one_after_the_other` is held."""
    if thing.pk and other and thing.pk in _line(other, name):
        raise Invalid(_("That would make a circle: it stands on the other side already."), field=name)


def _line(first: models.Model, name: str) -> Iterable[int]:
    """The keys from the first one on, read anew."""
    next_of = dict(type(first)._base_manager.exclude(**{name: None}).values_list("pk", f"{name}_id"))
    seen, at = set(), first.pk
    while at is not None and at not in seen:
        seen.add(at)
        at = next_of.get(at)
    return seen
