"""Where search is met on other pages: the way to save a search, and what is new in those that are saved."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from partnerships.models import Audience, Meeting, Post, RoomDocument
from partnerships.notifications import through_sign_in
from partnerships.text.markup import plain_text
from search import news as selectors
from search.addresses import address_of
from search.models import SavedSearch
from search.news import News
from search.query import Hit, Query
from search.summary import in_words

register = template.Library()


@register.simple_tag
def save_search_address(query: Query) -> str:
    """Leads to the page that asks for a name; who is not signed in comes back to it."""
    return f"{reverse('search:save_search')}{address_of(query)}"


@register.filter
def address_in_a_mail(hit: Hit) -> str:
    """What only some may see is reached through sign-in."""
    is_closed = isinstance(hit.thing, Post | RoomDocument | Meeting) and hit.thing.audience != Audience.PUBLIC
    return through_sign_in(hit.url) if is_closed else f"{settings.SITE_URL}{hit.url}"


@register.filter
def without_marks(text: SafeString) -> str:
    """A marked text as plain text."""
    return plain_text(text)


@register.simple_tag
def saved_searches_of(user: Any) -> list[tuple[SavedSearch, str]]:
    """The reader's own, each with what it asks in words."""
    return [(search, in_words(search.query)) for search in user.saved_searches.all()]


@register.simple_tag
def saved_search_news(user: Any) -> list[News]:
    """What the reader's saved searches found lately."""
    return selectors.news_of(user)
