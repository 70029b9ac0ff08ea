"""What editors put first for a search."""

from typing import Self

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from search.models.words import Synonym


class PromotionQuerySet(models.QuerySet["Promotion"]):
    def current(self) -> Self:
        return self.filter(Q(until=None) | Q(until__gte=clock.today()))


class Promotion(models.Model):
    """Who searches for these words sees this thing first, as long as they may see it. `name` is what it was called then."""

    words = models.CharField(
        _("search"),
        max_length=120,
        validators=[MinLengthValidator(2)],
        help_text=_("The words that people search for. Their order and their endings do not matter."),
    )
    lang = models.CharField(_("language"), max_length=2, choices=Synonym.Lang.choices, default="", blank=True)
    key = models.CharField(_("what is put first"), max_length=60)
    name = models.CharField(_("what is put first"), max_length=255)
    until = models.DateField(
        _("until and with"), null=True, blank=True, help_text=_("Without a date it stays until you take it away.")
    )
    changed = models.DateTimeField(auto_now=True)

    objects = PromotionQuerySet.as_manager()

    class Meta:
        ordering = ["words", "pk"]
        verbose_name = _("recommended result")
        verbose_name_plural = _("recommended results")
        constraints = [
            models.UniqueConstraint(
                fields=["words", "lang", "key"],
                name="a_thing_is_put_first_once",
                violation_error_message=_("It is put first for this search already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.words}: {self.name}"
