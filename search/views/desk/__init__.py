"""The editors' search desk, in Wagtail's menu: what people search, what can be done about it, and how the index is."""

from typing import Any

from django.utils.translation import pgettext_lazy
from wagtail.admin.viewsets.base import ViewSetGroup

from search.views.synonyms import SynonymViewSet
from search.views.word_rules import WordRuleViewSet

from .kept import PromotionViewSet, WishViewSet
from .screens import IndexScreens, LogScreens


class SearchDesk(ViewSetGroup):
    menu_label, menu_icon, menu_order = pgettext_lazy("what is searched", "Search"), "search", 230
    items: tuple[Any, ...] = (
        LogScreens(),
        PromotionViewSet(),
        WishViewSet(),
        SynonymViewSet(),
        WordRuleViewSet(),
        IndexScreens(),
    )
