"""The words everything is sorted by, shared by what is published and by those who take part."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnerships.partial_dates import A_YEAR
from partnerships.text.folding import collation_key


def in_language(thing: models.Model, field: str) -> str:
    """A field in the reader's language: `field_en` where English is read and written, else the Danish text."""
    if (get_language() or "da").startswith("en"):
        english = getattr(thing, f"{field}_en", "")
        if english:
            return english
    danish = getattr(thing, f"{field}_da", None)
    return getattr(thing, field) if danish is None else danish


def in_language_html(thing: models.Model, field: str) -> str:
    """The cleaned HTML of a field in the reader's language."""
    english = getattr(thing, f"{field}_en")
    return getattr(thing, f"{field}_en_html" if english and in_language(thing, field) == english else f"{field}_html")


class DanishOrder(models.Model):
    """Sorts as a Danish reader expects (æ ø å last), in every database, by a stored key of the name."""

    sort_key = models.CharField(max_length=300, editable=False, db_index=True)

    class Meta:
        abstract = True

    def name_to_sort_by(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = collation_key(self.name_to_sort_by())[:300]
        super().save(*args, **kwargs)


class Term(DanishOrder):
    """One word of the vocabulary, in both languages."""

    slug = models.SlugField(_("address name"), max_length=80, unique=True)
    name_da = models.CharField(_("name in Danish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_language(self, "name")

    def name_to_sort_by(self) -> str:
        return self.name_da


class Topic(Term):
    description_da = models.TextField(_("description in Danish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)
    mailbox = models.EmailField(
        _("role mailbox"),
        blank=True,
        help_text=_("Whom to ask when nobody is named. A shared mailbox, not a person's."),
    )

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def get_absolute_url(self) -> str:
        return reverse("partnerships:topic", args=[self.slug])

    @property
    def description(self) -> str:
        return in_language(self, "description")


class Sector(Term):
    class Meta(Term.Meta):
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


class Place(Term):
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )

    class Meta(Term.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def get_absolute_url(self) -> str:
        return reverse("partnerships:place", args=[self.slug])


class PlanEdition(Term):
    """An edition of the municipal plan. Years are whole; `adopted` is empty where no source gives the day."""

    period_start = models.PositiveSmallIntegerField(_("first year"), validators=A_YEAR)
    period_end = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True, validators=A_YEAR)
    adopted = models.DateField(_("adopted by the council"), null=True, blank=True)
    text_da = models.TextField(_("about the edition, in Danish"), blank=True)
    text_en = models.TextField(_("about the edition, in English"), blank=True)
    complete = models.BooleanField(_("all its goals are entered"), default=False)

    class Meta(Term.Meta):
        ordering = ["period_start"]
        verbose_name = _("plan edition")
        verbose_name_plural = _("plan editions")

    @property
    def text(self) -> str:
        return in_language(self, "text")


class Goal(models.Model):
    """A goal belongs to one edition of the plan and knows the goal it continues. A theme is a goal whose wording is not known."""

    edition = models.ForeignKey(PlanEdition, models.PROTECT, related_name="goals", verbose_name=_("plan edition"))
    slug = models.SlugField(_("address name"), max_length=80, unique=True)
    number = models.PositiveSmallIntegerField(
        _("number in the plan"), null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    title_da = models.CharField(_("title in Danish"), max_length=255)
    title_en = models.CharField(_("title in English"), max_length=255, blank=True)
    is_theme = models.BooleanField(_("only the theme is known, not the wording"), default=False)
    predecessor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="successors", verbose_name=_("continues the goal")
    )

    class Meta:
        ordering = ["edition__period_start", "number", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint("edition", "number", name="goal_number_once_in_an_edition"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("pk")), name="goal_does_not_continue_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}" if self.number else self.title

    def get_absolute_url(self) -> str:
        return reverse("partnerships:goal", args=[self.slug])

    @property
    def title(self) -> str:
        return in_language(self, "title")

    @property
    def name(self) -> str:
        return self.title
