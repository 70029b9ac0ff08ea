"""What members write in their partnership."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .audience import Audience, HasReaders, InARoom
from .organisations import Organisation
from .people import Profile


class Post(HasReaders, models.Model):
    """`keeper` took it on when its author was gone; the author stays who wrote it."""

    Audience = Audience

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="posts")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="posts", verbose_name=_("author"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("on behalf of")
    )
    keeper = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="posts_kept", verbose_name=_("looked after by")
    )
    audience = models.CharField(
        _("who may read it?"), max_length=20, choices=Audience.choices, default=Audience.MEMBERS
    )
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), max_length=20_000)
    body_html = models.TextField(editable=False, blank=True)
    markup_version = models.PositiveSmallIntegerField(editable=False, default=0)
    published = models.DateTimeField(_("published"), default=clock.now)
    edited = models.DateTimeField(_("edited"), null=True, blank=True)
    removed = models.DateTimeField(_("taken down"), null=True, blank=True)

    objects = InARoom.as_manager()

    class Meta:
        ordering = ["-published", "-pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["partnership", "-published", "-id"], name="posts_of_a_partnership")]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_shown(self) -> Organisation | None:
        """A draft is named to nobody."""
        return None if self.organisation is None or self.organisation.is_draft else self.organisation

    def get_absolute_url(self) -> str:
        return reverse("partnerships:post", args=[self.partnership.slug, self.pk])
