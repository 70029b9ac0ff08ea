from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from search.views.synonyms import SynonymViewSet
from search.views.word_rules import WordRuleViewSet


@hooks.register("register_admin_viewset")
def editors_screens() -> list[ViewSet]:
    return [WordRuleViewSet(), SynonymViewSet()]
