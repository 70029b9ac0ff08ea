"""Companies, associations, authorities, utilities and knowledge institutions, with the names they had."""

from typing import Self

from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships import clock
from partnerships.company_numbers import validate_company_number
from partnerships.partial_dates import validate_partial_date
from partnerships.visibility import EDITS_ORGANISATIONS, organisations_of

from .vocabulary import DanishOrder, Place, Sector, Topic, in_language, in_language_html


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self) -> Self:
        return self.filter(state=Organisation.State.PUBLISHED)

    def visible_to(self, user: models.Model | None) -> Self:
        """A draft is there for those who belong to it, and for the municipality's editors."""
        if user is None or not user.pk:
            return self.public()
        if user.has_perm(EDITS_ORGANISATIONS):
            return self.all()
        return self.filter(models.Q(state=Organisation.State.PUBLISHED) | models.Q(pk__in=organisations_of(user)))

    def read_for(self, user: models.Model) -> Self:
        """With the role in which the reader belongs there, so that the permissions need not ask for it again."""
        if not user.pk:
            return self
        own = apps.get_model("partnerships", "Membership").objects.current().filter(profile__user_id=user.pk)
        role = own.filter(organisation=models.OuterRef("pk")).order_by().values("role")[:1]
        return self.annotate(reader=models.Value(user.pk), reader_role=models.Subquery(role))

    def looked_after(self) -> Self:
        """Marks those that somebody administers."""
        administers = apps.get_model("partnerships", "Membership").objects.current().filter(role="administrator")
        own = administers.filter(organisation=models.OuterRef("pk"), profile__user__is_active=True)
        return self.annotate(is_looked_after=models.Exists(own))


class Organisation(DanishOrder):
    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", pgettext_lazy("organisation", "Published")

    class Kind(models.TextChoices):
        COMPANY = "company", _("Company")
        ASSOCIATION = "association", _("Association")
        AUTHORITY = "authority", _("Authority")
        UTILITY = "utility", _("Utility")
        KNOWLEDGE = "knowledge", _("Knowledge institution")

    class Size(models.TextChoices):
        """How many work there, in bands that hold for years."""

        VOLUNTEERS = "volunteers", _("Volunteers only")
        MICRO = "1-9", _("1-9 employees")
        SMALL = "10-49", _("10-49 employees")
        MEDIUM = "50-249", _("50-249 employees")
        LARGE = "250", _("250 employees or more")

    MAY_BE_RESPONSIBLE = (Kind.AUTHORITY, Kind.ASSOCIATION)

    slug = models.SlugField(_("address name"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    size = models.CharField(_("size"), max_length=20, choices=Size.choices, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.PUBLISHED, db_index=True)
    about = models.TextField(_("about the organisation"), blank=True, max_length=10_000)
    about_html = models.TextField(editable=False, blank=True)
    about_en = models.TextField(_("about the organisation, in English"), blank=True, max_length=10_000)
    about_en_html = models.TextField(editable=False, blank=True)
    logo = models.ForeignKey(
        "partnerships.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    logo_alt = models.CharField(_("what the logo shows"), max_length=160, blank=True)
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
    sectors = models.ManyToManyField(Sector, blank=True, related_name="organisations", verbose_name=_("sectors"))
    places = models.ManyToManyField(Place, blank=True, related_name="organisations", verbose_name=_("places"))
    topics = models.ManyToManyField(Topic, blank=True, related_name="organisations", verbose_name=_("topics"))
    verified = models.DateField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        "partnerships.Profile", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("verified by")
    )
    verified_domain = models.CharField(
        max_length=253, blank=True, editable=False, verbose_name=_("verified by mail to")
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="predecessors", verbose_name=_("continued by")
    )
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                "company_number", condition=~models.Q(company_number=""), name="company_number_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")) & ~models.Q(successor=models.F("pk")),
                name="organisation_is_neither_its_own_parent_nor_successor",
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
    def logo_alt_shown(self) -> str:
        return self.logo_alt or _("The logo of %(name)s") % {"name": self.name_shown}

    @property
    def is_verified(self) -> bool:
        return self.verified is not None

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


def of_public(organisation: str = "organisation") -> models.Q:
    """For rows that name an organisation to everyone: only a published one is named."""
    return models.Q(**{f"{organisation}__state": Organisation.State.PUBLISHED})


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
