"""The editors' screens list and open only what their reader may know of: a hidden partnership is there for its own."""

from collections.abc import Callable
from typing import Any

import django_filters
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.views.generic.history import HistoryView
from wagtail.admin.views.generic.usage import UsageView

from partnerships.models import Participation, Partnership, Tier

Seen = Callable[[models.QuerySet, models.Model], models.QuerySet]


def known(rows: models.QuerySet, user: models.Model) -> models.QuerySet:
    """Of partnerships themselves."""
    return rows.filter(pk__in=Partnership.objects.visible_to(user).order_by().values("pk"))


def of_known(rows: models.QuerySet, user: models.Model) -> models.QuerySet:
    """Of what belongs to a partnership."""
    return rows.filter(partnership__in=Partnership.objects.visible_to(user).order_by().values("pk"))


class OneThing:
    """A screen for one row: what its reader may not know of is not there."""

    seen: Seen | None = None

    def get_object(self, *args: Any, **kwargs: Any) -> models.Model:
        thing = super().get_object(*args, **kwargs)
        row = self.model._base_manager.filter(pk=thing.pk)
        if self.seen and not self.seen(row, self.request.user).exists():
            raise Http404
        return thing


class SeenIndexView(generic.IndexView):
    seen: Seen | None = None

    def get_base_queryset(self) -> models.QuerySet:
        rows = super().get_base_queryset()
        return self.seen(rows, self.request.user) if self.seen else rows


class SeenHistoryView(OneThing, HistoryView):
    pass


class SeenUsageView(OneThing, UsageView):
    pass


def partnerships_for(request: HttpRequest) -> models.QuerySet[Partnership]:
    return Partnership.objects.visible_to(request.user)


def filter_by_partnership(of: type[models.Model], *others: str) -> type[WagtailFilterSet]:
    class ByPartnership(WagtailFilterSet):
        partnership = django_filters.ModelChoiceFilter(queryset=partnerships_for, label=_("Partnership"))

        class Meta:
            model = of
            fields = ["partnership", *others]

    return ByPartnership


class OfPartnershipForm(WagtailAdminModelForm):
    """Names only partnerships that its reader may know of, and what belongs to them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = Partnership.objects.visible_to(self.for_user)
        rows = {
            "partnership": shown,
            "parent": shown,
            "successor": shown,
            "tier": Tier.objects.filter(partnership__in=shown),
            "participation": Participation.objects.filter(partnership__in=shown),
        }
        for name in rows.keys() & self.fields.keys():
            self.fields[name].queryset = rows[name]


class KnownPartnerships:
    """For the chooser: what it lists, and what can be chosen by its number."""

    def get_object_list(self) -> models.QuerySet:
        return Partnership.objects.visible_to(self.request.user)

    def get_object(self, pk: object) -> models.Model:
        thing = super().get_object(pk)
        if not Partnership.objects.visible_to(self.request.user).filter(pk=thing.pk).exists():
            raise Http404
        return thing

    def get_objects(self, pks: Any) -> list[models.Model]:
        shown = set(Partnership.objects.visible_to(self.request.user).values_list("pk", flat=True))
        return [thing for thing in super().get_objects(pks) if thing.pk in shown]


class ChoosePartnership(KnownPartnerships, ChooseView):
    pass


class ChoosePartnershipResults(KnownPartnerships, ChooseResultsView):
    pass


class ChosenPartnership(KnownPartnerships, ChosenView):
    pass


class ChosenPartnerships(KnownPartnerships, ChosenMultipleView):
    pass
