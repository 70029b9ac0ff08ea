"""What a partnership's members have agreed on, in versions: the newest that is in force counts, the others can be read."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .people import Profile
from .room_documents import name_of_kind


def stored_name(_version: "Statutes", _name: str) -> str:
    """Says nothing of the file; below the folder that no server gives out directly."""
    return f"documents/statutes/{uuid.uuid4().hex}"


class StatutesQuerySet(models.QuerySet["Statutes"]):
    def in_force(self) -> Self:
        """The newest first; the first is the one that counts today."""
        return self.filter(since__lte=clock.today()).order_by("-since", "-pk")


class Statutes(models.Model):
    """One version, as a text, a file or both. It is never changed: a mistake is mended by a new version, so that what
    was agreed can be read."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="statutes")
    since = models.DateField(_("in force from"))
    text = models.TextField(_("text"), max_length=40_000, blank=True)
    text_html = models.TextField(editable=False, blank=True)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=200, blank=True)
    file_name = models.CharField(max_length=160, blank=True, editable=False)
    file_kind = models.CharField(max_length=8, blank=True, editable=False)
    file_size = models.PositiveBigIntegerField(default=0, editable=False)
    note = models.CharField(_("what has changed"), max_length=300, blank=True)
    entered = models.DateTimeField(_("entered"), default=clock.now)
    entered_by = models.ForeignKey(Profile, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by"))

    objects = StatutesQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("version of the statutes")
        verbose_name_plural = _("versions of the statutes")
        constraints = [
            models.UniqueConstraint("partnership", "since", name="one_version_of_statutes_a_day"),
            models.CheckConstraint(
                condition=~models.Q(text="") | ~models.Q(file=""), name="statutes_are_a_text_or_a_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.since}"

    @property
    def file_kind_shown(self) -> str:
        return name_of_kind(self.file_kind)
