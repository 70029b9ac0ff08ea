from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import modelform_factory
from wagtail.admin.forms import WagtailAdminModelForm

from partnerships.models import Goal, Place, PlanEdition, Sector, Topic
from partnerships.services import vocabulary

from .through_services import ServiceViewSet


def _vocabulary(word: type[models.Model], icon: str, fields: list[str], columns: list[str]) -> ServiceViewSet:
    """A screen for one kind of word; all are kept by the same service."""

    form = modelform_factory(word, form=WagtailAdminModelForm, fields=fields)

    def keep(actor: models.Model, thing: models.Model | None, values: Mapping[str, Any]) -> models.Model:
        kept = thing or word()
        for name, value in values.items():
            setattr(kept, name, value)
        return vocabulary.save(term=kept, actor=actor)

    attributes = {
        "model": word,
        "form": form,
        "keep": keep,
        "remove": vocabulary.delete,
        "icon": icon,
        "menu_label": word._meta.verbose_name_plural,
        "list_display": columns,
        "search_fields": columns[:1],
    }
    return type(f"{word.__name__}ViewSet", (ServiceViewSet,), attributes)()


NAMES = ["name_da", "name_en"]
WORDS = [
    _vocabulary(Topic, "tag", [*NAMES, "description_da", "description_en", "mailbox"], [*NAMES, "mailbox"]),
    _vocabulary(Sector, "tag", NAMES, NAMES),
    _vocabulary(Place, "site", [*NAMES, "latitude", "longitude"], NAMES),
    _vocabulary(
        PlanEdition,
        "calendar",
        [*NAMES, "period_start", "period_end", "adopted", "text_da", "text_en", "complete"],
        ["name_da", "period_start", "adopted"],
    ),
    _vocabulary(
        Goal,
        "check",
        ["edition", "number", "title_da", "title_en", "is_theme", "predecessor"],
        ["title_da", "number", "edition"],
    ),
]
