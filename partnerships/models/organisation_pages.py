"""What stands behind an organisation's page: a change not yet published, addresses it had, and proofs by mail."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .organisations import Organisation
from .people import Profile


class PageDraft(models.Model):
    """A changed page that only its own editors see. `values` are the fields as the service takes them."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="draft")
    values = models.JSONField(default=dict)
    saved_by = models.ForeignKey(Profile, models.SET_NULL, null=True, related_name="+")
    saved = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("draft of an organisation's page")
        verbose_name_plural = _("drafts of organisations' pages")

    def __str__(self) -> str:
        return str(self.organisation)


class OldAddress(models.Model):
    """An address name that leads to the organisation which took over what stood there."""

    slug = models.SlugField(_("address name"), max_length=120, unique=True)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="old_addresses")
    since = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("old address of an organisation")
        verbose_name_plural = _("old addresses of organisations")

    def __str__(self) -> str:
        return self.slug


class DomainProofQuerySet(models.QuerySet["DomainProof"]):
    def open(self) -> Self:
        return self.filter(used=None, expires__gt=clock.now())


class DomainProof(models.Model):
    """A link sent to an address of the organisation's own domain. Only its hash is kept; it counts once, and not for long."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="domain_proofs")
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="domain_proofs")
    address = models.EmailField(_("e-mail"))
    token_hash = models.CharField(max_length=64, unique=True)
    asked = models.DateTimeField(default=clock.now)
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True, blank=True)

    objects = DomainProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof by mail")
        verbose_name_plural = _("proofs by mail")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.address}"

    def address_with(self, token: str) -> str:
        """Where the link leads; whoever has only this row cannot say it."""
        return reverse("partnerships:organisation_proof", args=[self.organisation.slug, token])
