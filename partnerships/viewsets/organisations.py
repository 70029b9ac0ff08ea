from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn

from partnerships.models import Organisation
from partnerships.services import organisations

from .through_services import KIND, ServiceViewSet
from .typed_lines import as_typed, rows_in


class OrganisationForm(WagtailAdminModelForm):
    former = forms.CharField(
        label=_("Former names"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: name; from; until. For example: Novozymes; 2000; 2024. Dates may be left out."),
    )
    is_verified_now = forms.BooleanField(
        label=_("The municipality has seen that it is who it says"),
        required=False,
        help_text=_("Tick to verify it, with your name and today's date. A verified organisation stays verified."),
    )

    class Meta:
        model = Organisation
        fields = [
            *("name", "name_en", "kind", "company_number", "size", "logo", "logo_alt", "about", "about_en"),
            *("mailbox", "website", "parent", "successor", "sectors", "places", "topics"),
        ]
        widgets = dict.fromkeys(("sectors", "places", "topics"), forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["former"].initial = as_typed(self.instance.former_names, "name", "since", "until")
            self.fields["is_verified_now"].initial = self.instance.is_verified


def keep_organisation(actor: models.Model, thing: Organisation | None, values: Mapping[str, Any]) -> Organisation:
    fields = dict(values)
    names = rows_in(fields.pop("former"), "name", "since", "until")
    verify = fields.pop("is_verified_now")
    if thing is None:
        kept = organisations.enter(actor=actor, former_names=names, **fields)
    else:
        kept = organisations.update(organisation=thing, actor=actor, former_names=names, **fields)
    if verify and not kept.is_verified:
        organisations.verify(organisation=kept, actor=actor)
    return kept


class OrganisationViewSet(ServiceViewSet):
    model, form, keep = Organisation, OrganisationForm, keep_organisation
    icon, menu_label = "group", _("Organisations")
    list_display = ["name", KIND, BooleanColumn("is_verified", label=_("Verified")), "company_number"]
    list_filter = ["kind", "state", "size", "sectors", "places"]
    search_fields = ["name", "name_en", "former_names__name", "company_number"]
