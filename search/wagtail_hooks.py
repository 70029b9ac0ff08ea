from wagtail import hooks
from wagtail.admin.viewsets.base import ViewSet

from search.views.word_rules import WordRuleViewSet


@hooks.register("register_admin_viewset")
def rules_for_words() -> ViewSet:
    return WordRuleViewSet()
