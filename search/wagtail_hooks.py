from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from search.synonym_screen import SynonymViewSet


@hooks.register("register_admin_viewset")
def editors_screens() -> list[ViewSet]:
    return [SynonymViewSet()]
