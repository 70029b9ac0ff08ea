"""Partnerships, and how organisations and people stand in them. Days are whole; `until` is the last day that counts."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships import clock

from .organisations import Organisation
from .people import Profile
from .vocabulary import DanishOrder, Goal, Place, Topic, in_language, in_language_html


class Dated(models.QuerySet):
    def current(self) -> Self:
        """In force today, so that an ended term counts at once and without a task that clears up."""
        today = clock.today()
        return self.filter(models.Q(until=None) | models.Q(until__gte=today), since__lte=today)


class Partnership(DanishOrder):
    class Kind(models.TextChoices):
        NETWORK = "network", _("Network")
        CLUSTER = "cluster", _("Cluster")
        PROJECT = "project", _("Project partnership")
        WORKING_GROUP = "working_group", _("Working group")

    slug = models.SlugField(_("address name"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    summary = models.CharField(_("in one sentence"), max_length=300, blank=True)
    summary_en = models.CharField(_("in one sentence, in English"), max_length=300, blank=True)
    purpose = models.TextField(_("purpose"), max_length=10_000)
    purpose_html = models.TextField(editable=False, blank=True)
    purpose_en = models.TextField(_("purpose in English"), blank=True, max_length=10_000)
    purpose_en_html = models.TextField(editable=False, blank=True)
    responsible = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="responsible_for",
        verbose_name=_("responsible"),
        limit_choices_to={"kind__in": Organisation.MAY_BE_RESPONSIBLE},
        help_text=_("Who runs it: the municipality or an association."),
    )
    organisation = models.OneToOneField(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="is_partnership",
        verbose_name=_("is itself the organisation"),
    )
    mailbox = models.EmailField(_("role mailbox"), blank=True)
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    applications_open = models.BooleanField(_("takes applications"), default=True)
    admission = models.TextField(_("how one is admitted"), blank=True, max_length=4000)
    admission_html = models.TextField(editable=False, blank=True)
    admission_en = models.TextField(_("how one is admitted, in English"), blank=True, max_length=4000)
    admission_en_html = models.TextField(editable=False, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("promised answer, in days"), default=14, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="partnerships", verbose_name=_("topics"))
    places = models.ManyToManyField(Place, blank=True, related_name="partnerships", verbose_name=_("places"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="partnerships", verbose_name=_("goals it serves"))
    picture = models.ForeignKey(
        "partnerships.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        permissions = [("facilitate", "Can see and help across partnerships")]

    def __str__(self) -> str:
        return self.name_shown

    def get_absolute_url(self) -> str:
        return reverse("partnerships:partnership", args=[self.slug])

    @property
    def name_shown(self) -> str:
        return in_language(self, "name")

    @property
    def summary_shown(self) -> str:
        return in_language(self, "summary")

    @property
    def purpose_shown(self) -> str:
        """HTML that has passed text/markup.py."""
        return in_language_html(self, "purpose")

    @property
    def admission_shown(self) -> str:
        return in_language_html(self, "admission")

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until < clock.today()

    @property
    def takes_applications(self) -> bool:
        return self.applications_open and not self.has_ended


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


class Participation(models.Model):
    """An organisation in a partnership. Where no source gives the day it began, `since` is a day on which it was a member."""

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="participations", verbose_name=_("partnership")
    )
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="participations", verbose_name=_("organisation")
    )
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="participations", verbose_name=_("kind of membership"))
    since = models.DateField(_("since"))
    since_is_known = models.BooleanField(_("the day it began is known"), default=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["tier__order", "organisation__sort_key"]
        verbose_name = _("membership of a partnership")
        verbose_name_plural = _("memberships of partnerships")
        constraints = [
            models.UniqueConstraint(
                "partnership", "organisation", condition=models.Q(until=None), name="one_open_participation"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="participation_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.partnership}"


class Seat(models.Model):
    """A person's part in a partnership. Representative and deputy act for one organisation and point at its participation."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("Administrator")
        BOARD = "board", _("Board member")
        SECRETARY = "secretary", _("Secretariat")
        REPRESENTATIVE = "representative", _("Representative")
        DEPUTY = "deputy", _("Deputy")

    FOR_AN_ORGANISATION = (Role.REPRESENTATIVE, Role.DEPUTY)
    MAY_SPEAK_FOR_IT = (Role.ADMINISTRATOR, Role.BOARD, Role.SECRETARY)

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="seats", verbose_name=_("partnership"))
    profile = models.ForeignKey(Profile, models.CASCADE, related_name="seats", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    participation = models.ForeignKey(
        Participation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("for the organisation"),
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["role", "profile__sort_key"]
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["representative", "deputy"], participation__isnull=False)
                | models.Q(role__in=["administrator", "board", "secretary"], participation=None),
                name="representatives_act_for_an_organisation",
            ),
            models.UniqueConstraint(
                "partnership",
                "profile",
                "role",
                condition=models.Q(until=None, participation=None),
                name="one_open_seat_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} – {self.get_role_display()}"
