"""Nobody forgets a new page type: each is a source, or is named here as left out."""

from typing import Any

from django.core.checks import CheckMessage, Error, register
from wagtail.models import get_page_models

from cms.models import (
    CaseIndexPage,
    HomePage,
    IdeaIndexPage,
    PlanIndexPage,
    SharedPage,
    StandardPage,
    UpdateIndexPage,
)
from search.sources import PAGE_KINDS

LEFT_OUT = {HomePage, CaseIndexPage, IdeaIndexPage, UpdateIndexPage, PlanIndexPage, StandardPage, SharedPage}


@register
def every_page_type_is_searched_or_left_out(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    ours = {model for model in get_page_models() if model.__module__.startswith("cms.")}
    return [
        Error(f"{model.__name__} is neither a source of search (search/sources.py) nor left out.", id="search.E001")
        for model in sorted(ours - set(PAGE_KINDS) - LEFT_OUT, key=lambda model: model.__name__)
    ]
