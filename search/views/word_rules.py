"""The editors' screen for words that search is to take otherwise than the dictionary says."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column

from partnerships.viewsets.through_services import ServiceViewSet
from search.models import WordRule
from search.services import word_rules


def keep(actor: models.Model, thing: WordRule | None, values: Mapping[str, Any]) -> WordRule:
    return word_rules.keep_rule(actor=actor, rule=thing, **values)


class WordRuleViewSet(ServiceViewSet):
    model, keep, remove = WordRule, keep, word_rules.remove_rule
    form = modelform_factory(WordRule, WagtailAdminModelForm, fields=["word", "kind", "parts", "opens"])
    icon, menu_label = "openquote", _("Words in search")
    list_display = ["word", Column("get_kind_display", label=_("Rule")), "parts", "opens"]
    list_filter = ["kind"]
    search_fields = ["word", "parts"]
