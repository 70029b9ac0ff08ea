"""Partnerships, and who stands in them: what has begun is ended, never rewritten."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.forms import modelform_factory
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column

from partnerships.models import Participation, Partnership, Seat, Tier
from partnerships.services import agreements, participation, seats

from .through_services import KIND, ServiceViewSet
from .typed_lines import as_typed, rows_in
from .what_one_sees import OfPartnershipForm, filter_by_partnership, known, of_known

SEEKS = ("whom_da", "whom_en", "why_da", "why_en", "until")
TIER = ("kind", "name_da", "name_en", "rights_da", "rights_en", "fee_da", "fee_en", "places")


class PartnershipForm(OfPartnershipForm):
    seeking = forms.CharField(
        label=_("Seeks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on each line: whom; whom in English; why; why in English; until (2027-01-31)."),
    )

    class Meta:
        model = Partnership
        fields = [
            *("name", "name_en", "kind", "summary", "summary_en", "purpose", "purpose_en", "responsible"),
            *("organisation", "mailbox", "since", "until", "applications_open", "admission", "admission_en"),
            *("answer_days", "visibility", "parent", "successor", "funder", "funding", "funding_en"),
            *("municipal_part", "municipal_part_en", "picture", "topics", "places", "goals"),
        ]
        widgets = dict.fromkeys(("topics", "places", "goals"), forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seeking"].initial = as_typed(self.instance.seeks, *SEEKS)

    def clean_seeking(self) -> list[dict[str, Any]]:
        rows = rows_in(self.cleaned_data["seeking"], *SEEKS)
        return [{**row, "until": forms.DateField(required=False).clean(row["until"])} for row in rows]


def keep_partnership(actor: models.Model, thing: Partnership | None, values: Mapping[str, Any]) -> Partnership:
    fields = dict(values)
    seeks = fields.pop("seeking")
    if thing is None:
        return agreements.create(actor=actor, seeks=seeks, **fields)
    return agreements.update(partnership=thing, actor=actor, seeks=seeks, **fields)


def keep_tier(actor: models.Model, thing: Tier | None, values: Mapping[str, Any]) -> Tier:
    """A partnership's kinds of membership are kept together, so that their order stays whole."""
    partnership = thing.partnership if thing else values["partnership"]
    rows = [{"pk": tier.pk, **{name: getattr(tier, name) for name in TIER}} for tier in partnership.tiers.all()]
    changed = {name: values[name] for name in TIER}
    if thing is None:
        rows.append(changed)
    rows = [{**row, **changed} if thing and row.get("pk") == thing.pk else row for row in rows]
    agreements.update(partnership=partnership, actor=actor, tiers=rows)
    return partnership.tiers.get(pk=thing.pk) if thing else partnership.tiers.order_by("pk").last()


class EndForm(WagtailAdminModelForm):
    """What has begun is not rewritten: it ends, and something new begins."""

    ends = forms.BooleanField(label=_("Ends today"), required=False)


def keep_seat(actor: models.Model, thing: Seat | None, values: Mapping[str, Any]) -> Seat:
    if thing is None:
        return seats.appoint(actor=actor, **values)
    return seats.end_seat(seat=thing, actor=actor) if values["ends"] else thing


def keep_participation(actor: models.Model, thing: Participation | None, values: Mapping[str, Any]) -> Participation:
    if thing is None:
        return participation.begin_participation(actor=actor, **values)
    return participation.end_participation(participation=thing, actor=actor) if values["ends"] else thing


class EndedNotChanged(ServiceViewSet):
    """Begun on one screen, ended on the other."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return modelform_factory(self.model, form=EndForm, fields=[]) if for_update else self.form


class PartnershipViewSet(ServiceViewSet):
    model, form, keep = Partnership, PartnershipForm, keep_partnership
    icon, menu_label = "link", _("Partnerships")
    list_display = [
        "name",
        KIND,
        "responsible",
        BooleanColumn("takes_applications", label=_("Takes applications")),
    ]
    list_filter = ["kind", "visibility", "state", "applications_open"]
    seen = known
    search_fields = ["name", "name_en"]


class TierViewSet(ServiceViewSet):
    model, form, keep = Tier, modelform_factory(Tier, OfPartnershipForm, fields=["partnership", *TIER]), keep_tier
    icon, menu_label = "list-ul", _("Kinds of membership")
    list_display = ["name_da", "partnership", KIND, "places"]
    seen, filterset_class = of_known, filter_by_partnership(Tier, "kind")
    search_fields = ["name_da", "name_en", "partnership__name"]


class ParticipationViewSet(EndedNotChanged):
    fields = ["partnership", "organisation", "tier", "since", "until"]
    model, form = Participation, modelform_factory(Participation, OfPartnershipForm, fields=fields)
    keep = keep_participation
    icon, menu_label = "link", _("Members")
    list_display = ["organisation", "partnership", "tier", "since", "until"]
    seen, filterset_class = of_known, filter_by_partnership(Participation)
    search_fields = ["organisation__name", "partnership__name"]


class SeatViewSet(EndedNotChanged):
    fields = ["partnership", "profile", "role", "participation", "since", "until"]
    model, form = Seat, modelform_factory(Seat, OfPartnershipForm, fields=fields)
    keep = keep_seat
    icon, menu_label = "user", _("Seats")
    list_display = ["profile", "partnership", Column("get_role_display", label=_("Role")), "since", "until"]
    seen, filterset_class = of_known, filter_by_partnership(Seat, "role")
    search_fields = ["profile__name", "partnership__name"]
