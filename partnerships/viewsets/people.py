from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from partnerships.models import Profile
from partnerships.services import people

from .through_services import ServiceViewSet


class PersonForm(WagtailAdminModelForm):
    class Meta:
        model = Profile
        fields = ["name", "headline", "headline_en", "expertise", "expertise_en", "topics"]
        widgets = {"topics": forms.CheckboxSelectMultiple}


def keep_person(actor: models.Model, thing: Profile | None, values: Mapping[str, Any]) -> Profile:
    if thing is None:
        return people.enter_person(actor=actor, **values)
    return people.update_profile(profile=thing, actor=actor, **values)


class PersonViewSet(ServiceViewSet):
    model, form, keep = Profile, PersonForm, keep_person
    name = "person"
    icon, menu_label = "user", _("People")
    list_display = ["name", "headline"]
    list_filter = ["topics"]
    search_fields = ["name", "headline"]
