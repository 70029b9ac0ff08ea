from django.db import models
from wagtail.models import Page

from partnerships.models import Document


class DocumentLink(models.Model):
    """A document that a page names in its saved content, in a block or in a text; kept in step by cms/document_links.py."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="document_links")
    document = models.ForeignKey(Document, models.CASCADE, related_name="page_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "document"], name="a_page_names_a_document_once")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.document_id}"
