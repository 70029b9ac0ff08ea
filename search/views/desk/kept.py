"""The editors' lists of recommended results and of missing stories; the services change them."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.forms import modelform_factory
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.ui.tables import Column, DateColumn

from partnerships.viewsets.through_services import EnterView, ServiceViewSet
from search.models import Promotion, Wish
from search.services import promotions, wishes


class ChooseInsteadView(EnterView):
    """What is put first is chosen among what a search finds, on a screen of its own."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        return redirect("search_log:promote")


def keep_promotion(actor: models.Model, thing: Promotion, values: Mapping[str, Any]) -> Promotion:
    return promotions.change(actor=actor, promotion=thing, **values)


def remove_promotion(*, term: Promotion, actor: models.Model) -> None:
    promotions.withdraw(promotion=term, actor=actor)


class PromotionViewSet(ServiceViewSet):
    model, keep, remove = Promotion, keep_promotion, remove_promotion
    form = modelform_factory(Promotion, WagtailAdminModelForm, fields=["words", "lang", "until"])
    add_view_class = ChooseInsteadView
    icon, menu_label = "pick", _("Recommended results")
    list_display = [
        "words",
        "name",
        Column("get_lang_display", label=_("Language")),
        DateColumn("until", label=_("Until and with")),
    ]
    list_filter = ["lang"]
    search_fields = ["words", "name"]


class NoteWishView(EnterView):
    def get_initial(self) -> dict[str, Any]:
        return {**super().get_initial(), "words": self.request.GET.get("q", "")}


def keep_wish(actor: models.Model, thing: Wish | None, values: Mapping[str, Any]) -> Wish:
    return wishes.keep(actor=actor, wish=thing, **values)


def remove_wish(*, term: Wish, actor: models.Model) -> None:
    wishes.remove(wish=term, actor=actor)


class WishViewSet(ServiceViewSet):
    model, keep, remove = Wish, keep_wish, remove_wish
    form = modelform_factory(Wish, WagtailAdminModelForm, fields=["words", "note", "state", "page"])
    add_view_class = NoteWishView
    icon, menu_label = "edit", _("Missing stories")
    list_display = [
        "words",
        Column("get_state_display", label=_("State")),
        "page",
        DateColumn("created", label=_("Noted")),
    ]
    list_filter = ["state"]
    search_fields = ["words", "note"]
