"""Addresses of search. The words are translated: Danish at /, English at /en/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from search.views import experts, search

app_name = "search"
urlpatterns = [
    path(_("search/"), search.search, name="search"),
    path(_("search/people/"), experts.experts, name="experts"),
]
