"""The editors' screens for who takes part and for the vocabulary, and the choosers that pages use."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet

from partnerships.models import Organisation, Partnership, Profile

from .agreements import ParticipationViewSet, PartnershipViewSet, SeatViewSet, TierViewSet
from .organisations import OrganisationViewSet
from .people import PersonViewSet
from .vocabulary import WORDS
from .what_one_sees import ChoosePartnership, ChoosePartnershipResults, ChosenPartnership, ChosenPartnerships


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


def _chooser(model: type[models.Model], icon: str, one: Any, another: Any, **views: Any) -> ChooserViewSet:
    """Searched for by name, so that an edit form need not list everybody."""
    return ChooserViewSet(
        f"choose_{model._meta.model_name}",
        model=model,
        icon=icon,
        choose_one_text=one,
        choose_another_text=another,
        **views,
    )


CHOOSERS = [
    _chooser(Organisation, "group", _("Choose an organisation"), _("Choose another organisation")),
    _chooser(Profile, "user", _("Choose a person"), _("Choose another person")),
    _chooser(
        Partnership,
        "link",
        _("Choose a partnership"),
        _("Choose another partnership"),
        choose_view_class=ChoosePartnership,
        choose_results_view_class=ChoosePartnershipResults,
        chosen_view_class=ChosenPartnership,
        chosen_multiple_view_class=ChosenPartnerships,
    ),
]
