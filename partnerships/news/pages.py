"""What is asked of published pages. The app that has them answers when it is ready, for this one knows none."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page


@dataclass(frozen=True)
class Shown:
    """A page as a reader of a language gets it."""

    title: str
    url: str


@dataclass
class Pages:
    """`open`: those that everyone may see, now. `shown`: one of them, in a language."""

    open: Callable[[], QuerySet[Page]]
    shown: Callable[[Page, str], Shown]


def _nothing() -> QuerySet[Page]:
    return Page.objects.none()


def _as_it_stands(page: Page, language: str) -> Shown:
    return Shown(page.title, page.url or "/")


published = Pages(_nothing, _as_it_stands)
