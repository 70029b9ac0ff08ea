"""Addresses of search. The words are translated: Danish at /, English at /en/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.views import clicks, experts, saved, search, suggest

app_name = "search"
urlpatterns = [
    path(_("search/"), search.search, name="search"),
    path(_("search/suggest/"), suggest.suggest, name="suggest"),
    path(_("search/click/"), clicks.click, name="click"),
    path(_("search/people/"), experts.experts, name="experts"),
    path(_("desk/searches/"), saved.saved_searches, name="saved_searches"),
    path(_("desk/searches/save/"), saved.save_search, name="save_search"),
    path(_("desk/searches/<int:pk>/"), saved.saved_search, name="saved_search"),
    path(_("desk/searches/<int:pk>/change/"), saved.saved_search_change, name="saved_search_change"),
    path(_("desk/searches/<int:pk>/delete/"), saved.saved_search_delete, name="saved_search_delete"),
    path(_("desk/searches/stop/<str:token>/"), saved.stop_alerts, name="stop_alerts"),
]
