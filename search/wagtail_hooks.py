from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSetGroup

from search.views.desk import SearchDesk


@hooks.register("register_admin_viewset")
def editors_screens() -> list[ViewSetGroup]:
    return [SearchDesk()]
