"""Companies, associations, authorities, utilities and knowledge institutions, with the names they had."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.company_numbers import validate_company_number
from partnerships.partial_dates import validate_partial_date

from .vocabulary import DanishOrder, Place, Sector, Topic, in_language, in_language_html


class Organisation(DanishOrder):
    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        ASSOCIATION = "association", _("Association")
        AUTHORITY = "authority", _("Authority")
        UTILITY = "utility", _("Utility")
        KNOWLEDGE = "knowledge", _("Knowledge institution")

    MAY_BE_RESPONSIBLE = (Kind.AUTHORITY, Kind.ASSOCIATION)

    slug = models.SlugField(_("address name"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    about = models.TextField(_("about the organisation"), blank=True, max_length=10_000)
    about_html = models.TextField(editable=False, blank=True)
    about_en = models.TextField(_("about the organisation, in English"), blank=True, max_length=10_000)
    about_en_html = models.TextField(editable=False, blank=True)
    logo = models.ForeignKey(
        "partnerships.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    company_number = models.CharField(
        _("company number (CVR)"),
        max_length=8,
        blank=True,
        validators=[validate_company_number],
        help_text=_("Eight digits. Voluntary associations need none."),
    )
    mailbox = models.EmailField(
        _("shared mailbox"), blank=True, help_text=_("Shown in public. Not a person's own address.")
    )
    website = models.URLField(_("website"), blank=True)
    sector = models.ForeignKey(
        Sector, models.SET_NULL, null=True, blank=True, related_name="organisations", verbose_name=_("sector")
    )
    places = models.ManyToManyField(Place, blank=True, related_name="organisations", verbose_name=_("places"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="organisations", verbose_name=_("topics"))
    verified = models.DateField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "partnerships.Profile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                "company_number", condition=~models.Q(company_number=""), name="company_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name_shown

    def get_absolute_url(self) -> str:
        return reverse("partnerships:organisation", args=[self.slug])

    @property
    def name_shown(self) -> str:
        return in_language(self, "name")

    @property
    def about_shown(self) -> str:
        """HTML that has passed text/markup.py."""
        return in_language_html(self, "about")

    @property
    def is_verified(self) -> bool:
        return self.verified is not None


class FormerName(models.Model):
    """A name the organisation had. Dates are partial: a year, a month or a day, or empty where no source gives them."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="former_names")
    name = models.CharField(_("name"), max_length=200)
    since = models.CharField(_("from"), max_length=10, blank=True, validators=[validate_partial_date])
    until = models.CharField(_("until"), max_length=10, blank=True, validators=[validate_partial_date])

    class Meta:
        ordering = ["-until", "name"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        constraints = [models.UniqueConstraint("organisation", "name", name="former_name_once")]

    def __str__(self) -> str:
        return self.name
