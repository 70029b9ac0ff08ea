"""What a found document shows of itself: its kind and size, the page where the words stand, and the pages that name it."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import get_language

from cms.document_links import open_documents, open_links
from cms.selectors import address
from partnerships.models import Document, RoomDocument
from search.labels import FILE_TYPES
from search.passages import Place

OPENS_AT_A_PAGE = "pdf"
MOST_NAMED = 2


def shown_documents() -> QuerySet[Document]:
    named = open_links().select_related("page__locale").order_by("page__title")
    return (
        open_documents().select_related("reading").prefetch_related(Prefetch("page_links", named, to_attr="open_links"))
    )


def address_at(document: Document, place: Place | None) -> str:
    """Browsers open a PDF at a page; what is not a PDF they hand on to another program."""
    opens = place and document.file_extension.lower() == OPENS_AT_A_PAGE
    return f"{document.url}#page={place.page}" if opens else document.url


def card(document: Document, place: Place | None, language: str) -> dict[str, Any]:
    reading = getattr(document, "reading", None)
    kind = document.file_extension.lower()
    return {
        "filetype": FILE_TYPES.get(kind, kind.upper()),
        "extension": kind.upper(),
        "size": document.file_size,
        "pages": reading.pages if reading else 0,
        "page": place.page if place else None,
        "named_by": named_by(document, language)[:MOST_NAMED],
    }


def room_card(document: RoomDocument, place: Place | None) -> dict[str, Any]:
    """The latest version's; it belongs to its partnership."""
    version, partnership = document.current, document.partnership
    return {
        "filetype": FILE_TYPES.get(version.kind, version.kind.upper()),
        "extension": version.kind.upper(),
        "size": version.size,
        "pages": version.pages,
        "page": place.page if place and version.pages else None,
        "named_by": [{"title": partnership.name_shown, "url": partnership.get_absolute_url(), "lang": get_language()}],
    }


def named_by(document: Document, language: str) -> list[dict[str, str]]:
    """In the reader's language where a page has both."""
    pages = [link.page for link in document.open_links]
    own = {page.translation_key for page in pages if page.locale.language_code == language}
    return [
        {"title": page.title, "url": address(page, lang), "lang": lang}
        for page in pages
        if (lang := page.locale.language_code) == language or page.translation_key not in own
    ]
