from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from partnerships.viewsets import CHOOSERS, Vocabulary, WhoTakesPart
from partnerships.viewsets.mail import MailScreens


@hooks.register("register_admin_viewset")
def editors_screens() -> list[ViewSet]:
    return [WhoTakesPart(), Vocabulary(), MailScreens(), *CHOOSERS]
