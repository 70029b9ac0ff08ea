"""What the files of documents say, taken out in the background, and what became of trying."""

from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .media import Document


class DocumentReadingQuerySet(models.QuerySet["DocumentReading"]):
    def waiting(self) -> Self:
        return self.filter(state=DocumentReading.State.WAITING, attempts__lt=DocumentReading.MOST_ATTEMPTS)

    def parked(self) -> Self:
        """Tried often enough; they stay to be seen and hold up no other."""
        return self.filter(state=DocumentReading.State.WAITING, attempts__gte=DocumentReading.MOST_ATTEMPTS)


class DocumentReading(models.Model):
    """The queue and its outcome in one: each document has one, and a new file makes it wait again.

    `next_try` is also the lease of who reads it now: whoever moves it on has it, and if that process dies, the row comes
    up again by itself.
    """

    MOST_ATTEMPTS = 4

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READ = "read", _("read")
        UNREADABLE = "unreadable", _("unreadable")

    class Reason(models.TextChoices):
        ENCRYPTED = "encrypted", _("a password is needed")
        BROKEN = "broken", _("the file is broken")
        TOO_LARGE = "too_large", _("the file is too large")
        TOO_HEAVY = "too_heavy", _("the file unpacks to too much")
        NO_TEXT = "no_text", _("there is no text in it, only pictures")
        OTHER_KIND = "other_kind", _("the text of this kind of file is not read")

    document = models.OneToOneField(Document, models.CASCADE, related_name="reading")
    of_file = models.CharField(max_length=255)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    pages = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)

    objects = DocumentReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("document's text")
        verbose_name_plural = _("documents' texts")
        indexes = [models.Index(fields=["state", "next_try"], name="documents_to_read")]

    def __str__(self) -> str:
        return self.of_file


class DocumentPage(models.Model):
    """The text of one page, without line breaks and without personal numbers."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="text_pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["document", "number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_text_for_a_page")]

    def __str__(self) -> str:
        return f"{self.document_id}, {self.number}"
