"""Which documents a page's saved content names, and so which of them are there for everyone.

Wagtail has an index of references too, but fills it by a task that may come later than the search index is written.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.db.models.signals import post_save
from wagtail.models import CollectionViewRestriction, Page, get_page_models

from cms.models import DocumentLink
from cms.openness import open_pages
from partnerships.models import Document


def connect() -> None:
    for model in get_page_models():
        post_save.connect(page_saved, sender=model, dispatch_uid=f"cms-documents-{model.__name__}")


def page_saved(instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Read anew, because an editor's draft is saved through the same object with only some of its fields."""
    if not raw:
        remember(page=type(instance).objects.get(pk=instance.pk))


def remember(*, page: Page) -> None:
    """One by one, so that each link that comes or goes is heard of."""
    named = {pk for pk in named_by(page) if pk}
    for link in DocumentLink.objects.filter(page=page).exclude(document__in=named):
        link.delete()
    known = set(DocumentLink.objects.filter(page=page).values_list("document_id", flat=True))
    for pk in Document.objects.filter(pk__in=named - known).values_list("pk", flat=True):
        DocumentLink.objects.create(page_id=page.pk, document_id=pk)


def named_by(page: Page) -> Iterator[int]:
    for field in page._meta.get_fields():
        if hasattr(field, "extract_references"):
            for model, pk, _model_path, _content_path in field.extract_references(field.value_from_object(page)):
                if issubclass(model, Document):
                    yield int(pk)


def open_links() -> QuerySet[DocumentLink]:
    return DocumentLink.objects.filter(page__in=open_pages())


def open_documents() -> QuerySet[Document]:
    """In an open collection, and named by an open page.

    What is only uploaded may be a draft's, or a slip of the hand; an editor publishes a document by naming it on a page.
    """
    begins = Substr(OuterRef("collection__path"), 1, Length("collection__path"))
    closed = Exists(CollectionViewRestriction.objects.filter(collection__path=begins))
    return Document.objects.filter(Exists(open_links().filter(document=OuterRef("pk"))), ~closed)
