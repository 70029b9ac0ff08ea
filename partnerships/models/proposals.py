"""What one side proposes about a membership: another kind, or that the member is excluded. The other is heard first."""

from typing import Self

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .offers import Tier
from .people import Profile
from .standing import Participation


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def open(self) -> Self:
        return self.filter(state=Proposal.State.OPEN)


class Proposal(models.Model):
    """Another kind of membership is agreed to by the other side. An exclusion is decided after the member was heard:
    when it has answered, or the day to answer by has passed."""

    class Kind(models.TextChoices):
        TIER = "tier", _("another kind of membership")
        EXCLUSION = "exclusion", _("exclusion")

    class State(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        AGREED = "agreed", pgettext_lazy("proposal", "Carried out")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    tier = models.ForeignKey(Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("to"))
    by_the_member = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(Profile, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed = models.DateTimeField(_("proposed"), default=clock.now)
    reason = models.TextField(_("reason"), max_length=4000, blank=True)
    answer_by = models.DateField(_("to be answered by"), null=True, blank=True)
    answer = models.TextField(_("the member's answer"), max_length=4000, blank=True)
    answered_by = models.ForeignKey(
        Profile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered = models.DateTimeField(_("answered"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        Profile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided = models.DateTimeField(_("decided"), null=True, blank=True)
    decision = models.TextField(_("reason of the decision"), max_length=4000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed", "-pk"]
        verbose_name = _("proposal about a membership")
        verbose_name_plural = _("proposals about memberships")
        constraints = [
            models.UniqueConstraint(
                "participation", "kind", condition=models.Q(state="open"), name="one_open_proposal_of_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="tier", tier__isnull=False)
                | models.Q(kind="exclusion", tier=None, answer_by__isnull=False, by_the_member=False)
                & ~models.Q(reason=""),
                name="a_proposal_says_what_is_proposed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.get_kind_display()}"

    @property
    def title(self) -> str:
        """What is proposed, about whom and where."""
        about = {"member": self.participation.member, "partnership": self.participation.partnership, "tier": self.tier}
        if self.is_exclusion:
            return gettext("Exclude %(member)s from %(partnership)s?") % about
        return gettext("%(member)s in %(partnership)s: %(tier)s instead?") % about

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_exclusion(self) -> bool:
        return self.kind == self.Kind.EXCLUSION

    @property
    def may_be_decided(self) -> bool:
        """The member has been heard: it has answered, or had the time to."""
        heard = self.answered is not None or (self.answer_by is not None and self.answer_by < clock.today())
        return self.is_open and (heard or not self.is_exclusion)
