"""Who one is among partners, and which organisations one belongs to."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .consents import Consent
from .mail import DeadAddress
from .names import Former, PersonName
from .rhythms import Rhythm
from .vocabulary import DanishOrder, Topic, in_language


class ProfileQuerySet(models.QuerySet["Profile"]):
    def consenting(self) -> Self:
        """Those who now agree to be shown as a contact. Only they exist for the public."""
        return self.filter(_agrees())

    def findable(self) -> Self:
        """Those who now agree to be found by search, too. Only they stand under "Who knows?" and among suggestions."""
        return self.filter(models.Exists(Consent.objects.findable().filter(profile=models.OuterRef("pk"))))

    def may_be_written_to(self) -> Self:
        """Those who now agree to it, whose mail arrives and who can sign in to answer."""
        agrees = models.Exists(Consent.objects.writable().filter(profile=models.OuterRef("pk")))
        return self.filter(agrees, ~_bounced(), user__is_active=True)

    def visible_to(self, user: models.Model) -> Self:
        """Those who consented, and oneself."""
        own = models.Q(user_id=user.pk) if user.pk else models.Q(pk__in=[])
        return self.filter(_agrees() | own)

    def mail_bounced(self) -> Self:
        """Those whose present address sent our mail back."""
        return self.filter(_bounced())

    def absent(self) -> Self:
        """Away today by their own word, or not reached by mail. What they look after stands to be handed over."""
        return self.filter(_absent())

    def present(self) -> Self:
        return self.exclude(_absent())


def _agrees() -> models.Exists:
    return models.Exists(Consent.objects.as_contact().filter(profile=models.OuterRef("pk")))


def _bounced() -> models.Exists:
    return models.Exists(DeadAddress.objects.filter(address=Lower(models.OuterRef("user__email"))))


def _absent() -> models.Q:
    today = clock.today()
    begun = models.Q(away_from__isnull=False, away_from__lte=today)
    away = begun & (models.Q(away_until=None) | models.Q(away_until__gte=today))
    return away | models.Q(_bounced())


class Profile(DanishOrder):
    """A person among partners. Outlives the sign-in, for what they decided stays decided by them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="profile",
        verbose_name=_("signs in as"),
    )
    slug = models.SlugField(_("address name"), max_length=120, unique=True)
    name = PersonName(_("name"), max_length=120)
    headline = models.CharField(_("what do you do?"), max_length=120, blank=True)
    headline_en = models.CharField(_("what do you do? In English"), max_length=120, blank=True)
    expertise = models.TextField(_("expertise in your own words"), blank=True, max_length=2000)
    expertise_en = models.TextField(_("expertise in English"), blank=True, max_length=2000)
    topics = models.ManyToManyField(Topic, blank=True, related_name="people", verbose_name=_("topics"))
    ask_about = models.TextField(_("may be asked about, one thing a line"), blank=True, max_length=600)
    ask_about_en = models.TextField(_("may be asked about, in English"), blank=True, max_length=600)
    away_from = models.DateField(_("away from"), null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)
    mail_language = models.CharField(_("language of mails"), max_length=8, default="da")
    rhythm = models.CharField(_("rhythm of mails"), max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(away_until=None) | models.Q(away_until__gte=models.F("away_from")),
                name="away_until_after_away_from",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partnerships:person", args=[self.slug])

    @property
    def has_left(self) -> bool:
        return isinstance(self.name, Former)

    @property
    def mail_bounced(self) -> bool:
        """Asked of the address they have now: a new one is a new beginning."""
        return self.user is not None and DeadAddress.objects.filter(address=self.user.email.lower()).exists()

    @property
    def headline_shown(self) -> str:
        return in_language(self, "headline")

    @property
    def expertise_shown(self) -> str:
        return in_language(self, "expertise")

    @property
    def asked_about(self) -> list[str]:
        return [one for one in in_language(self, "ask_about").splitlines() if one]

    @property
    def is_away(self) -> bool:
        """Today, by the person's own word."""
        today = clock.today()
        begun = self.away_from is not None and self.away_from <= today
        return begun and (self.away_until is None or self.away_until >= today)


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> Self:
        """In force today: let in, begun, not ended."""
        today = clock.today()
        begun = self.filter(status=Membership.Status.ACTIVE, since__lte=today)
        return begun.filter(models.Q(until=None) | models.Q(until__gte=today))

    def waiting(self) -> Self:
        return self.filter(status=Membership.Status.REQUESTED)


class Membership(models.Model):
    """A person in an organisation, asked for and let in. Days are whole; `until` is the last day."""

    class Role(models.TextChoices):
        ADMINISTRATOR = "administrator", _("administrator")
        EDITOR = "editor", _("editor")
        MEMBER = "member", _("member of staff")

    class Status(models.TextChoices):
        REQUESTED = "requested", _("asked for")
        ACTIVE = "active", _("let in")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("ended")

    OPEN = (Status.REQUESTED, Status.ACTIVE)

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        "partnerships.Organisation", models.CASCADE, related_name="memberships", verbose_name=_("organisation")
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.MEMBER)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.REQUESTED)
    title = models.CharField(_("position"), max_length=120, blank=True)
    message = models.TextField(_("message"), blank=True, max_length=2000)
    requested = models.DateTimeField(default=clock.now, editable=False)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Profile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="memberships_decided",
        verbose_name=_("decided by"),
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["profile__sort_key"]
        verbose_name = _("membership of an organisation")
        verbose_name_plural = _("memberships of organisations")
        constraints = [
            models.UniqueConstraint(
                "profile",
                "organisation",
                condition=models.Q(status__in=["requested", "active"]),
                name="one_open_membership",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="active") | models.Q(since__isnull=False),
                name="active_membership_has_a_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} – {self.organisation}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:membership", args=[self.organisation.slug, self.pk])
