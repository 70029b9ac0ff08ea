from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from partnerships.viewsets import CHOOSERS, Vocabulary, WhoTakesPart


@hooks.register("register_admin_viewset")
def editors_screens() -> list[ViewSet]:
    return [WhoTakesPart(), Vocabulary(), *CHOOSERS]
