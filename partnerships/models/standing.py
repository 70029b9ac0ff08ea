"""How organisations and people stand in partnerships. Days are whole; `until` is the last day that counts."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .offers import Tier
from .organisations import Organisation
from .people import Profile


class Dated(models.QuerySet):
    def current(self) -> Self:
        """In force today, so that an ended term counts at once and without a task that clears up."""
        today = clock.today()
        return self.filter(models.Q(until=None) | models.Q(until__gte=today), since__lte=today)


class ParticipationQuerySet(Dated):
    def of_organisations(self) -> Self:
        return self.filter(organisation__isnull=False)

    def lasting(self) -> Self:
        """Begun or to begin, and not over: those that something may still be done about."""
        return self.filter(models.Q(until=None) | models.Q(until__gte=clock.today()))


class Participation(models.Model):
    """An organisation in a partnership, or a person where the partnership lets people in by themselves.

    Where no source gives the day it began, `since` is a day on which it was a member.
    """

    partnership = models.ForeignKey(
        Partnership, models.CASCADE, related_name="participations", verbose_name=_("partnership")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("organisation"),
    )
    profile = models.ForeignKey(
        Profile, models.CASCADE, null=True, blank=True, related_name="participations", verbose_name=_("person")
    )
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="participations", verbose_name=_("kind of membership"))
    since = models.DateField(_("since"))
    since_is_known = models.BooleanField(_("the day it began is known"), default=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["tier__order", "organisation__sort_key", "profile__sort_key"]
        verbose_name = _("membership of a partnership")
        verbose_name_plural = _("memberships of partnerships")
        constraints = [
            models.UniqueConstraint(
                "partnership", "organisation", condition=models.Q(until=None), name="one_open_participation"
            ),
            models.UniqueConstraint(
                "partnership", "profile", condition=models.Q(until=None), name="one_open_participation_of_a_person"
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, profile=None)
                | models.Q(organisation=None, profile__isnull=False),
                name="an_organisation_or_a_person_takes_part",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="participation_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} – {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:participation", args=[self.partnership.slug, self.pk])

    @property
    def member(self) -> Organisation | Profile:
        return self.organisation or self.profile

    @property
    def has_ended(self) -> bool:
        return self.until is not None and self.until < clock.today()

    @property
    def is_current(self) -> bool:
        return self.since <= clock.today() and not self.has_ended

    @property
    def may_be_ended(self) -> bool:
        """Begun, and not known to end today or before."""
        return self.is_current and self.until != clock.today()


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
    told_ending = models.DateField(null=True, blank=True, editable=False)
    told_ended = models.DateField(null=True, blank=True, editable=False)

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
            models.UniqueConstraint(
                "participation", "role", condition=models.Q(until=None), name="one_representative_and_one_deputy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} – {self.get_role_display()}"
