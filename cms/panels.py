"""The parts of an edit form that every page type has."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import M2MFieldComparison
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.widgets import SlugInput

from partnerships.models import Partnership
from partnerships.slugs import SPELLED


class OfSeenPartnerships(M2MFieldComparison):
    """Two versions of a page beside each other name only partnerships that their reader may know of."""

    def __init__(self, user: Model, *given: Any) -> None:
        super().__init__(*given)
        self.seen = set(Partnership.objects.visible_to(user).values_list("pk", flat=True))

    def get_items(self) -> tuple[list[Partnership], list[Partnership]]:
        before, after = ([one for one in items if one.pk in self.seen] for items in super().get_items())
        return before, after


class PartnershipsPanel(FieldPanel):
    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Callable[..., OfSeenPartnerships]]:
            return [partial(OfSeenPartnerships, self.request.user, self.panel.db_field)]


# Suggested from the title while it is typed, spelled as all other addresses are.
SPELLINGS = [(chr(letter), spelling) for letter, spelling in SPELLED.items()]

PROMOTE = [
    MultiFieldPanel(
        [
            FieldPanel("slug", widget=SlugInput(formatters=SPELLINGS)),
            FieldPanel("seo_title"),
            FieldPanel("search_description"),
        ],
        heading=_("For search engines"),
    ),
    MultiFieldPanel([FieldPanel("show_in_menus")], heading=_("For site menus")),
]
