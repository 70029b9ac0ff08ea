"""What people looked for and the site does not have."""

from typing import Self

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class WishQuerySet(models.QuerySet["Wish"]):
    def open(self) -> Self:
        return self.filter(state__in=Wish.OPEN)


class Wish(models.Model):
    """A story that is missing, noted by an editor from a search; written, it leads to its page."""

    class State(models.TextChoices):
        OPEN = "open", _("missing")
        WRITTEN = "written", _("written")
        DROPPED = "dropped", _("dropped")

    OPEN = (State.OPEN,)

    words = models.CharField(_("search"), max_length=120, help_text=_("What people searched for."))
    note = models.TextField(
        _("note"),
        blank=True,
        validators=[MaxLengthValidator(1_000)],
        help_text=_("What is missing, and who may know or write it."),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("page"),
        help_text=_("The page that was written."),
    )
    created = models.DateTimeField(_("noted"), default=timezone.now, editable=False)

    objects = WishQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("missing story")
        verbose_name_plural = _("missing stories")

    def __str__(self) -> str:
        return self.words
