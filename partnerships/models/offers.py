"""What a partnership offers, and whom it seeks."""

from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships import clock

from .agreements import Partnership
from .vocabulary import in_language


class Tier(models.Model):
    """A kind of membership that one partnership offers. `places` is empty where there is no limit."""

    class Kind(models.TextChoices):
        FULL = "full", _("Full member")
        ASSOCIATE = "associate", _("Associate partner")
        OBSERVER = "observer", _("Observer")

    RANK = {Kind.FULL: 1, Kind.ASSOCIATE: 2, Kind.OBSERVER: 3}

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="tiers", verbose_name=_("partnership"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    name_da = models.CharField(_("name in Danish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    rights_da = models.CharField(_("what it gives, in Danish"), max_length=300, blank=True)
    rights_en = models.CharField(_("what it gives, in English"), max_length=300, blank=True)
    fee_da = models.CharField(_("fee in words, in Danish"), max_length=120, blank=True)
    fee_en = models.CharField(_("fee in words, in English"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(
        pgettext_lazy("how many", "places"), null=True, blank=True, validators=[MaxValueValidator(9999)]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("kind of membership")
        verbose_name_plural = _("kinds of membership")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")

    @property
    def rights(self) -> str:
        return in_language(self, "rights")

    @property
    def fee(self) -> str:
        return in_language(self, "fee")

    @property
    def rank(self) -> int:
        return self.RANK[self.kind]


class SeekQuerySet(models.QuerySet["Seek"]):
    def current(self) -> Self:
        return self.filter(models.Q(until=None) | models.Q(until__gte=clock.today()))


class Seek(models.Model):
    """Whom a partnership looks for, why, and until when."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="seeks")
    whom_da = models.CharField(_("whom, in Danish"), max_length=200)
    whom_en = models.CharField(_("whom, in English"), max_length=200, blank=True)
    why_da = models.CharField(_("why, in Danish"), max_length=400, blank=True)
    why_en = models.CharField(_("why, in English"), max_length=400, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = SeekQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("seeks")
        verbose_name_plural = _("seeks")

    def __str__(self) -> str:
        return self.whom

    @property
    def whom(self) -> str:
        return in_language(self, "whom")

    @property
    def why(self) -> str:
        return in_language(self, "why")
