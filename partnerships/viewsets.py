"""The editors' screens for who takes part and for the vocabulary. They change nothing themselves: services do."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import modelform_factory
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from partnerships.models import (
    Goal,
    Organisation,
    Participation,
    Partnership,
    Place,
    PlanEdition,
    Profile,
    Seat,
    Sector,
    Tier,
    Topic,
)
from partnerships.services import agreements, organisations, people, vocabulary
from partnerships.services.refusals import Refusal

Save = Callable[[models.Model, models.Model | None, Mapping[str, Any]], models.Model]


class ThroughService:
    """What a service refuses stands at the field it is about, with everything that was typed."""

    save: Save | None = None
    log_action = ""

    def save_instance(self) -> models.Model:
        kept = self.save(self.request.user, self.thing_to_change(), self.form.cleaned_data)
        self.has_content_changes = self.form.has_changed()
        log(instance=kept, action=self.log_action, content_changed=self.has_content_changes)
        return kept

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
            self.produced_error_message = self.get_error_message()
            return self.form_invalid(form)


class EnterView(ThroughService, generic.CreateView):
    log_action = "wagtail.create"

    def thing_to_change(self) -> None:
        return None


class ChangeView(ThroughService, generic.EditView):
    log_action = "wagtail.edit"

    def thing_to_change(self) -> models.Model:
        """Read anew: the form has written what was typed into its own copy."""
        return self.model._base_manager.get(pk=self.object.pk)


class RemoveView(generic.DeleteView):
    remove: Callable[..., None] | None = None

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except Refusal as refusal:
            messages.error(self.request, str(refusal.message))
            return HttpResponseRedirect(self.get_success_url())

    def delete_action(self) -> None:
        if self.remove is None:
            raise PermissionDenied
        log(instance=self.object, action="wagtail.delete")
        self.remove(term=self.object, actor=self.request.user)


class ServiceViewSet(ModelViewSet):
    """`keep` is the service behind adding (no thing yet) and changing; `remove` the one behind deleting, where there is one."""

    add_view_class, edit_view_class, delete_view_class = EnterView, ChangeView, RemoveView
    copy_view_enabled = False
    search_backend_name = None
    keep: Save
    remove: Callable[..., None] | None = None
    form: type[WagtailAdminModelForm]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return self.form

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(save=type(self).keep, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(save=type(self).keep, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(remove=type(self).remove, **kwargs)


def _lines(text: str, *names: str) -> list[dict[str, str]]:
    """One row a line, its parts between semicolons."""
    rows = [[part.strip() for part in line.split(";")] for line in text.splitlines() if line.strip()]
    return [dict(zip(names, [*row, *[""] * len(names)], strict=False)) for row in rows]


def _typed(rows: models.QuerySet, *names: str) -> str:
    """The same lines, as they are read back."""
    return "\n".join("; ".join(str(value or "") for value in row).rstrip("; ") for row in rows.values_list(*names))


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
            *("name", "name_en", "kind", "company_number", "sector", "logo", "about", "about_en"),
            *("mailbox", "website", "places", "topics"),
        ]
        widgets = {"places": forms.CheckboxSelectMultiple, "topics": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["former"].initial = _typed(self.instance.former_names, "name", "since", "until")
            self.fields["is_verified_now"].initial = self.instance.is_verified


def keep_organisation(actor: models.Model, thing: Organisation | None, values: Mapping[str, Any]) -> Organisation:
    fields = dict(values)
    names = _lines(fields.pop("former"), "name", "since", "until")
    verify = fields.pop("is_verified_now")
    if thing is None:
        kept = organisations.enter(actor=actor, former_names=names, **fields)
    else:
        kept = organisations.update(organisation=thing, actor=actor, former_names=names, **fields)
    if verify and not kept.is_verified:
        organisations.verify(organisation=kept, actor=actor)
    return kept


class PersonForm(WagtailAdminModelForm):
    class Meta:
        model = Profile
        fields = ["name", "headline", "headline_en", "expertise", "expertise_en", "topics"]
        widgets = {"topics": forms.CheckboxSelectMultiple}


def keep_person(actor: models.Model, thing: Profile | None, values: Mapping[str, Any]) -> Profile:
    if thing is None:
        return people.enter_person(actor=actor, **values)
    return people.update_profile(profile=thing, actor=actor, **values)


class PartnershipForm(WagtailAdminModelForm):
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
            *("answer_days", "picture", "topics", "places", "goals"),
        ]
        widgets = dict.fromkeys(("topics", "places", "goals"), forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seeking"].initial = _typed(self.instance.seeks, *SEEKS)

    def clean_seeking(self) -> list[dict[str, Any]]:
        rows = _lines(self.cleaned_data["seeking"], *SEEKS)
        return [{**row, "until": forms.DateField(required=False).clean(row["until"])} for row in rows]


SEEKS = ("whom_da", "whom_en", "why_da", "why_en", "until")


def keep_partnership(actor: models.Model, thing: Partnership | None, values: Mapping[str, Any]) -> Partnership:
    fields = dict(values)
    seeks = fields.pop("seeking")
    if thing is None:
        return agreements.create(actor=actor, seeks=seeks, **fields)
    return agreements.update(partnership=thing, actor=actor, seeks=seeks, **fields)


TIER = ("kind", "name_da", "name_en", "rights_da", "rights_en", "fee_da", "fee_en", "places")


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
        return agreements.appoint(actor=actor, **values)
    return agreements.end_seat(seat=thing, actor=actor) if values["ends"] else thing


def keep_participation(actor: models.Model, thing: Participation | None, values: Mapping[str, Any]) -> Participation:
    if thing is None:
        return agreements.begin_participation(actor=actor, **values)
    return agreements.end_participation(participation=thing, actor=actor) if values["ends"] else thing


class EndedNotChanged(ServiceViewSet):
    """Begun on one screen, ended on the other."""

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return modelform_factory(self.model, form=EndForm, fields=[]) if for_update else self.form


KIND = Column("get_kind_display", label=_("Kind"))


class OrganisationViewSet(ServiceViewSet):
    model, form, keep = Organisation, OrganisationForm, keep_organisation
    icon, menu_label = "group", _("Organisations")
    list_display = ["name", KIND, BooleanColumn("is_verified", label=_("Verified")), "company_number"]
    list_filter = ["kind", "sector", "places"]
    search_fields = ["name", "name_en", "former_names__name", "company_number"]


class PersonViewSet(ServiceViewSet):
    model, form, keep = Profile, PersonForm, keep_person
    name = "person"
    icon, menu_label = "user", _("People")
    list_display = ["name", "headline"]
    list_filter = ["topics"]
    search_fields = ["name", "headline"]


class PartnershipViewSet(ServiceViewSet):
    model, form, keep = Partnership, PartnershipForm, keep_partnership
    icon, menu_label = "link", _("Partnerships")
    list_display = [
        "name",
        KIND,
        "responsible",
        BooleanColumn("takes_applications", label=_("Takes applications")),
    ]
    list_filter = ["kind", "applications_open"]
    search_fields = ["name", "name_en"]


class TierViewSet(ServiceViewSet):
    model, form, keep = Tier, modelform_factory(Tier, WagtailAdminModelForm, fields=["partnership", *TIER]), keep_tier
    icon, menu_label = "list-ul", _("Kinds of membership")
    list_display = ["name_da", "partnership", KIND, "places"]
    list_filter = ["partnership", "kind"]
    search_fields = ["name_da", "name_en", "partnership__name"]


class ParticipationViewSet(EndedNotChanged):
    fields = ["partnership", "organisation", "tier", "since", "until"]
    model, form = Participation, modelform_factory(Participation, WagtailAdminModelForm, fields=fields)
    keep = keep_participation
    icon, menu_label = "link", _("Members")
    list_display = ["organisation", "partnership", "tier", "since", "until"]
    list_filter = ["partnership"]
    search_fields = ["organisation__name", "partnership__name"]


class SeatViewSet(EndedNotChanged):
    fields = ["partnership", "profile", "role", "participation", "since", "until"]
    model, form = Seat, modelform_factory(Seat, WagtailAdminModelForm, fields=fields)
    keep = keep_seat
    icon, menu_label = "user", _("Seats")
    list_display = ["profile", "partnership", Column("get_role_display", label=_("Role")), "since", "until"]
    list_filter = ["partnership", "role"]
    search_fields = ["profile__name", "partnership__name"]


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


class WhoTakesPart(ViewSetGroup):
    menu_label, menu_icon, menu_order = _("Who takes part"), "group", 210
    items = (
        OrganisationViewSet(),
        PersonViewSet(),
        PartnershipViewSet(),
        TierViewSet(),
        ParticipationViewSet(),
        SeatViewSet(),
    )


class Vocabulary(ViewSetGroup):
    menu_label, menu_icon, menu_order = _("Vocabulary"), "tag", 220
    items = tuple(WORDS)


def _chooser(model: type[models.Model], icon: str, one: Any, another: Any) -> ChooserViewSet:
    """Searched for by name, so that an edit form need not list everybody."""
    return ChooserViewSet(
        f"choose_{model._meta.model_name}", model=model, icon=icon, choose_one_text=one, choose_another_text=another
    )


CHOOSERS = [
    _chooser(Organisation, "group", _("Choose an organisation"), _("Choose another organisation")),
    _chooser(Profile, "user", _("Choose a person"), _("Choose another person")),
    _chooser(Partnership, "link", _("Choose a partnership"), _("Choose another partnership")),
]
