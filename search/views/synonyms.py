"""The editors' screen for synonyms; it changes nothing itself, the service does."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column

from partnerships.viewsets.through_services import ServiceViewSet
from search.models import Synonym
from search.services import synonyms

FIELDS = ["word", "others", "both_ways", "lang"]


def keep_synonym(actor: models.Model, thing: Synonym | None, values: Mapping[str, Any]) -> Synonym:
    return synonyms.keep(actor=actor, synonym=thing, **values)


def remove_synonym(*, term: Synonym, actor: models.Model) -> None:
    synonyms.remove(synonym=term, actor=actor)


class SynonymViewSet(ServiceViewSet):
    model, form = Synonym, modelform_factory(Synonym, form=WagtailAdminModelForm, fields=FIELDS)
    keep, remove = keep_synonym, remove_synonym
    icon, menu_label = "tag", _("Synonyms")
    list_display = [
        "word",
        "others",
        BooleanColumn("both_ways", label=_("Both ways")),
        Column("get_lang_display", label=_("Language")),
    ]
    list_filter = ["lang", "both_ways"]
    search_fields = ["word", "others"]
