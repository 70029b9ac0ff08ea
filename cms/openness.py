"""Which pages everyone may see: live, and below no restriction.

Wagtail's own `.public()` asks for all restrictions each time it is called; this is a condition of the query itself, so
it costs no query of its own, and however many restrictions there are it stays one.
"""

from django.db.models import Exists, OuterRef
from django.db.models.functions import Length, Substr
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet


def is_closed() -> Exists:
    """The page itself or one above it is restricted: a page's path begins with the paths of those above it."""
    begins = Substr(OuterRef("path"), 1, Length("page__path"))
    return Exists(PageViewRestriction.objects.filter(page__path=begins))


def open_pages() -> PageQuerySet:
    return Page.objects.live().filter(~is_closed())
