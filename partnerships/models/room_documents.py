"""Documents of a partnership's room. The row is the document, each file a version of it; none is ever overwritten."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .audience import Audience, HasReaders, InARoom
from .people import Profile

KIND_NAMES = {
    "pdf": "PDF",
    "docx": "Word",
    "xlsx": "Excel",
    "pptx": "PowerPoint",
    "odt": "OpenDocument",
    "ods": "OpenDocument",
    "odp": "OpenDocument",
    "txt": _("plain text"),
    "csv": "CSV",
    "png": _("picture"),
    "jpg": _("picture"),
}


def name_of_kind(kind: str) -> str:
    return str(KIND_NAMES.get(kind, kind.upper()))


def stored_name(version: "DocumentVersion", _name: str) -> str:
    """Says nothing of the file; below the folder that no server gives out directly."""
    return f"documents/rooms/{uuid.uuid4().hex}"


class RoomDocument(HasReaders, models.Model):
    """`current` is the latest version: what is read, found, and public where the document is. `keeper` took it on when
    who shared it was gone."""

    Audience = Audience

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="documents")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="room_documents", verbose_name=_("shared by"))
    keeper = models.ForeignKey(
        Profile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="documents_kept",
        verbose_name=_("looked after by"),
    )
    title = models.CharField(_("title"), max_length=160)
    audience = models.CharField(
        _("who may read it?"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )
    current = models.OneToOneField(
        "partnerships.DocumentVersion", models.SET_NULL, null=True, editable=False, related_name="+"
    )
    created = models.DateTimeField(_("shared"), default=clock.now)
    updated = models.DateTimeField(_("last version"), default=clock.now)
    removed = models.DateTimeField(_("taken down"), null=True, blank=True)

    objects = InARoom.as_manager()

    class Meta:
        ordering = ["-updated", "-pk"]
        verbose_name = _("document of a partnership")
        verbose_name_plural = _("documents of partnerships")
        indexes = [models.Index(fields=["partnership", "-updated", "-id"], name="documents_of_a_partnership")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:room_document", args=[self.partnership.slug, self.pk])


class DocumentVersion(models.Model):
    """One file: who put it there, when and why. `tagged` is known of a PDF only."""

    document = models.ForeignKey(RoomDocument, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.FileField(upload_to=stored_name, max_length=200)
    name = models.CharField(_("file name"), max_length=160)
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(default=0)
    unread = models.CharField(max_length=12, blank=True)
    tagged = models.BooleanField(null=True)
    why = models.CharField(_("what is new in it?"), max_length=300, blank=True)
    author = models.ForeignKey(Profile, models.PROTECT, related_name="document_versions", verbose_name=_("from"))
    created = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_of_a_number")]
        verbose_name = _("version")
        verbose_name_plural = _("versions")

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"

    @property
    def kind_shown(self) -> str:
        return name_of_kind(self.kind)

    @property
    def is_untagged(self) -> bool:
        """A PDF that a screen reader cannot read in order."""
        return self.tagged is False


class VersionPage(models.Model):
    """The text of one page, without line breaks and without personal numbers."""

    version = models.ForeignKey(DocumentVersion, models.CASCADE, related_name="text_pages")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="one_text_for_a_page_of_a_version")]

    def __str__(self) -> str:
        return f"{self.version_id}, {self.number}"
