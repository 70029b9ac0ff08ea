"""Where the desk's own screens are in Wagtail's menu and addresses, and who is shown them."""

from functools import cached_property

from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import health, log, promote, try_synonym


class Screens(ViewSet):
    """In the menu of those who may open its first screen."""

    permission = ""

    @cached_property
    def menu_item_class(self) -> type[MenuItem]:
        permission = self.permission

        def is_shown(self: MenuItem, request: HttpRequest) -> bool:
            return request.user.has_perm(permission)

        return type(f"{type(self).__name__}MenuItem", (MenuItem,), {"is_shown": is_shown})


class LogScreens(Screens):
    name, icon, menu_label, permission = "search_log", "search", _("What people search"), log.PERMISSION

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", log.searches, name="index"),
            path("synonym/", try_synonym.try_synonym, name="synonym"),
            path("promote/", promote.promote, name="promote"),
        ]


class IndexScreens(Screens):
    name, icon, menu_label, permission = "search_index", "cogs", _("How the index is"), health.PERMISSION

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", health.index, name="index"),
            path("work/", health.work, name="work"),
            path("ask/", health.ask, name="ask"),
            path("again/", health.again, name="again"),
        ]
