"""A page that is published is news to who follows it or something that it names."""

from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db.models import Model
from wagtail.models import Page
from wagtail.signals import page_published

from cms import selectors
from cms.models import SharedPage
from cms.openness import open_pages
from partnerships.news.pages import Shown, published
from partnerships.services.news import tell_of_page


def connect() -> None:
    """Called once, when the app is ready."""
    published.open, published.shown = open_pages, shown
    page_published.connect(_published, dispatch_uid="cms-news")


def shown(page: Page, language: str) -> Shown:
    """In the reader's language where it is translated, else as it stands."""
    if page.locale.language_code != language:
        alike = open_pages().filter(translation_key=page.translation_key, locale__language_code=language)
        page = alike.select_related("locale").first() or page
    return Shown(page.title, selectors.address(page, page.locale.language_code))


def _published(instance: Page, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, SharedPage):
        actor = revision.user if revision is not None else None
        tell_of_page(page=instance, actor=actor, is_new=_is_new(instance), about=_named_on(instance))


def _is_new(page: SharedPage) -> bool:
    """For the first time in any language: a translation says nothing new."""
    alike = open_pages().filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return page.first_published_at == page.last_published_at and not alike.exists()


def _named_on(page: SharedPage) -> Iterable[Model]:
    links = (page.topics, page.places, page.goals, page.partnerships)
    organisations = (link.organisation for link in page.organisation_links.select_related("organisation"))
    return chain(organisations, *(related.all() for related in links))
