"""Asking to join a partnership, and the one decision that answers it."""

from datetime import date
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnerships import clock
from partnerships.visibility import administered_by, organisations_of

from .admission_rules import AdmissionRule
from .agreements import Partnership
from .offers import Tier
from .organisations import Organisation
from .people import Membership, Profile
from .standing import Seat


class ApplicationQuerySet(models.QuerySet["Application"]):
    def waiting(self) -> Self:
        """For the partnership's answer, also while it waits for one itself."""
        return self.filter(state__in=Application.OPEN)

    def for_administrators(self) -> Self:
        """Those that any one administrator may decide: by their rule, or because a vote decided nothing."""
        alone = (
            models.Q(rule=None) | ~models.Q(rule__kind__in=AdmissionRule.VOTED) | models.Q(handed_over__isnull=False)
        )
        return self.filter(alone)

    def voted_on_by(self, user: models.Model) -> Self:
        """Those whose votes this user takes part in, through a seat held today."""
        seats = Seat.objects.current().filter(profile__user_id=user.pk).order_by()
        administers = models.Q(rule__kind=AdmissionRule.Kind.N_OF_M, partnership__in=administered_by(user))
        board = seats.filter(role=Seat.Role.BOARD).values("partnership_id")
        votes = models.Q(rule__kind=AdmissionRule.Kind.BOARD_VOTE, partnership__in=board)
        return self.filter(administers | votes).not_concerning(user)

    def not_concerning(self, user: models.Model) -> Self:
        """Nobody decides on their own matter, nor on that of an organisation they belong to."""
        return self.exclude(applicant__user_id=user.pk).exclude(
            pk__in=Application.objects.filter(
                models.Q(person__user_id=user.pk) | models.Q(organisation__in=organisations_of(user))
            )
            .order_by()
            .values("pk")
        )

    def on_the_side_of(self, user: models.Model) -> Self:
        """Sent by this user, or for an organisation that they may apply for."""
        may_apply = organisations_of(user, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
        own = models.Q(applicant__user_id=user.pk) | models.Q(person__user_id=user.pk)
        return self.filter(own | models.Q(organisation__in=may_apply))

    def visible_to(self, user: models.Model) -> Self:
        """Both sides, those who vote, and the facilitator."""
        if not user.pk:
            return self.none()
        if user.is_active and user.has_perm("partnerships.facilitate"):
            return self
        every = Application.objects.order_by()
        side, votes = every.on_the_side_of(user).values("pk"), every.voted_on_by(user).values("pk")
        return self.filter(
            models.Q(pk__in=side) | models.Q(pk__in=votes) | models.Q(partnership__in=administered_by(user))
        )


class Application(models.Model):
    """An organisation, or a person where the rule says so, asks to join; after a refusal it may ask again with a new
    application, and the old one stays to be read. What is not sent yet is an ApplicationDraft."""

    class State(models.TextChoices):
        SENT = "sent", _("Waiting for an answer")
        ASKED = "asked", _("Asked for more information")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        LAPSED = "lapsed", _("Lapsed")

    OPEN = (State.SENT, State.ASKED)

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="applications")
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="applications",
        verbose_name=_("organisation"),
    )
    person = models.ForeignKey(
        Profile, models.CASCADE, null=True, blank=True, related_name="own_applications", verbose_name=_("person")
    )
    applicant = models.ForeignKey(Profile, models.PROTECT, related_name="applications", verbose_name=_("applicant"))
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="applications", verbose_name=_("kind of membership"))
    message = models.TextField(_("why do you want to join?"), max_length=4000)
    message_html = models.TextField(editable=False, blank=True)
    representative = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("proposed representative")
    )
    representative_until = models.DateField(_("represents it until"), null=True, blank=True)
    rule = models.ForeignKey(
        AdmissionRule, models.PROTECT, null=True, blank=True, related_name="applications", verbose_name=_("rule")
    )
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.SENT)
    sent = models.DateTimeField(_("sent"), default=clock.now)
    promised = models.DateField(_("answer promised by"))
    vote_until = models.DateField(_("last day of the vote"), null=True, blank=True)
    handed_over = models.DateTimeField(_("handed over to the administrators"), null=True, blank=True)
    reminded = models.DateTimeField(_("reminded"), null=True, blank=True)
    escalated = models.DateTimeField(_("told as overdue"), null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                "partnership",
                "organisation",
                condition=models.Q(state__in=["sent", "asked"]),
                name="one_open_application",
            ),
            models.UniqueConstraint(
                "partnership",
                "person",
                condition=models.Q(state__in=["sent", "asked"]),
                name="one_open_application_of_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation=None, person__isnull=False)
                | models.Q(organisation__isnull=False, person=None),
                name="an_organisation_or_a_person_applies",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} → {self.partnership}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:application", args=[self.partnership.slug, self.pk])

    @property
    def who(self) -> Organisation | Profile:
        """Who wants to join."""
        return self.organisation or self.person

    @property
    def days_promised(self) -> int:
        return (self.promised - timezone.localdate(self.sent)).days

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_overdue(self) -> bool:
        """Only while the partnership is the one that is waited for."""
        return self.state == self.State.SENT and self.promised < clock.today()

    @property
    def is_for_administrators(self) -> bool:
        """Any one of them may decide (ApplicationQuerySet.for_administrators, for a row at hand)."""
        return self.rule is None or not self.rule.is_voted or self.handed_over is not None

    @property
    def is_voted_on(self) -> bool:
        return self.is_open and not self.is_for_administrators


class Decision(models.Model):
    """The answer to an application. One to one in the database, so that two administrators at once leave one.
    Nobody is named as `decided_by` where a vote decided; `counted` then says how it went."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")

    class Ground(models.TextChoices):
        PURPOSE = "purpose", _("Outside the purpose")
        FULL = "full", _("No vacant place of this kind")
        MISSING = "missing", _("Information is still missing")
        TIMING = "timing", _("The time does not suit")
        OTHER = "other", _("Something else")
        VOTE = "vote", _("The vote went against it")
        VETO = "veto", _("A member of the board vetoed it")

    TO_CHOOSE = (Ground.PURPOSE, Ground.FULL, Ground.MISSING, Ground.TIMING, Ground.OTHER)

    application = models.OneToOneField(Application, models.CASCADE, related_name="decision")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    ground = models.CharField(_("ground"), max_length=20, choices=Ground.choices, blank=True)
    reason = models.TextField(_("reason"), blank=True, max_length=12_000)
    reason_html = models.TextField(editable=False, blank=True)
    again_from = models.DateField(_("may apply again from"), null=True, blank=True)
    counted = models.JSONField(_("votes counted"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Profile, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name=_("decided by")
    )
    decided = models.DateTimeField(_("decided"), default=clock.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="accepted") | ~models.Q(reason=""), name="refusal_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"

    @property
    def days_taken(self) -> int:
        """From the day it was sent to the day it was answered."""
        return (timezone.localdate(self.decided) - timezone.localdate(self.application.sent)).days

    @property
    def again(self) -> date | None:
        """The day from which one may apply again, while it is still to come."""
        return self.again_from if self.again_from and self.again_from > clock.today() else None
