"""What members write in their partnership."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.visibility import administered_by, joined_by

from .agreements import Partnership
from .organisations import Organisation
from .people import Profile


class PostQuerySet(models.QuerySet["Post"]):
    def standing(self) -> Self:
        """Not taken down."""
        return self.filter(removed=None)

    def public(self) -> Self:
        """Those for everyone, in partnerships that show everyone what is in them."""
        return self.standing().filter(_for_everyone())

    def visible_to(self, user: models.Model) -> Self:
        """Public ones for all; members' for those who now take part; administrators' for those who now hold that seat."""
        if not user.pk:
            return self.public()
        for_members = (Post.Audience.PUBLIC, Post.Audience.MEMBERS)
        return self.standing().filter(
            _for_everyone()
            | models.Q(audience__in=for_members, partnership__in=joined_by(user))
            | models.Q(audience=Post.Audience.ADMINISTRATORS, partnership__in=administered_by(user))
        )


def _for_everyone() -> models.Q:
    public = {"partnership__visibility": Partnership.Visibility.PUBLIC, "partnership__state__in": Partnership.LIVED}
    return models.Q(audience=Post.Audience.PUBLIC, **public)


class Post(models.Model):
    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        MEMBERS = "members", _("Members only")
        ADMINISTRATORS = "administrators", _("Administrators only")

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="posts")
    author = models.ForeignKey(Profile, models.PROTECT, related_name="posts", verbose_name=_("author"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("on behalf of")
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

    objects = PostQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "-pk"]
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return self.title

    @property
    def organisation_shown(self) -> Organisation | None:
        """A draft is named to nobody."""
        return None if self.organisation is None or self.organisation.is_draft else self.organisation

    def get_absolute_url(self) -> str:
        return reverse("partnerships:post", args=[self.partnership.slug, self.pk])
