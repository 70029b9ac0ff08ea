"""Wagtail's screens for models of ours: they change nothing themselves, services do."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log

from partnerships.services.refusals import Refusal

from .what_one_sees import OneThing, Seen, SeenHistoryView, SeenIndexView, SeenUsageView

KIND = Column("get_kind_display", label=_("Kind"))
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


class ChangeView(OneThing, ThroughService, generic.EditView):
    log_action = "wagtail.edit"

    def thing_to_change(self) -> models.Model:
        """Read anew: the form has written what was typed into its own copy."""
        return self.model._base_manager.get(pk=self.object.pk)


class RemoveView(OneThing, generic.DeleteView):
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
    index_view_class, history_view_class, usage_view_class = SeenIndexView, SeenHistoryView, SeenUsageView
    seen: Seen | None = None
    copy_view_enabled = False
    search_backend_name = None
    keep: Save
    remove: Callable[..., None] | None = None
    form: type[WagtailAdminModelForm]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        return self.form

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_add_view_kwargs(save=type(self).keep, **kwargs)

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_index_view_kwargs(seen=type(self).seen, **kwargs)

    def get_history_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_history_view_kwargs(seen=type(self).seen, **kwargs)

    def get_usage_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_usage_view_kwargs(seen=type(self).seen, **kwargs)

    def get_edit_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_edit_view_kwargs(save=type(self).keep, seen=type(self).seen, **kwargs)

    def get_delete_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_delete_view_kwargs(remove=type(self).remove, seen=type(self).seen, **kwargs)
