"""How a partnership lets in, as data: rules in versions, and the questions it asks of those who apply."""

from collections.abc import Sequence

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .offers import Tier
from .organisations import Organisation
from .people import Profile
from .vocabulary import in_language


class AdmissionRule(models.Model):
    """One version. The latest is in force; an application is decided by the one it was sent under. A partnership without
    any lets each of its administrators decide."""

    class Kind(models.TextChoices):
        ANY_ADMINISTRATOR = "any_administrator", _("Any administrator decides")
        N_OF_M = "n_of_m", _("Several administrators must say yes")
        BOARD_VOTE = "board_vote", _("The board votes")
        OPEN_TO_KIND = "open_to_kind", _("Open to all of certain kinds")

    class Majority(models.TextChoices):
        SIMPLE = "simple", _("more yes than no")
        TWO_THIRDS = "two_thirds", _("two thirds of the votes are yes")
        UNANIMOUS = "unanimous", _("nobody votes no")

    class Undecided(models.TextChoices):
        """What happens after a tie, or when too few have voted."""

        ADMINISTRATORS = "administrators", _("any administrator decides")
        ACCEPTED = "accepted", _("the applicant is accepted")
        REFUSED = "refused", _("the applicant is refused")

    class SeenBy(models.TextChoices):
        VOTERS = "voters", _("only those who vote")
        BOTH_AFTER = "both_after", _("those who vote, and the applicant when the vote has closed")
        MEMBERS_AFTER = "members_after", _("those who vote, and all members when the vote has closed")
        MEMBERS = "members", _("all members, while the vote runs too")

    VOTED = (Kind.N_OF_M, Kind.BOARD_VOTE)
    SEEN_BY_MEMBERS = (SeenBy.MEMBERS_AFTER, SeenBy.MEMBERS)

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="admission_rules")
    version = models.PositiveSmallIntegerField(_("version"))
    kind = models.CharField(_("who decides"), max_length=20, choices=Kind.choices, default=Kind.ANY_ADMINISTRATOR)
    needed = models.PositiveSmallIntegerField(
        _("how many administrators must say yes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(2), MaxValueValidator(50)],
    )
    vote_days = models.PositiveSmallIntegerField(
        _("the vote lasts, in working days"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    quorum = models.PositiveSmallIntegerField(
        _("how many of the board must vote, in percent"),
        default=50,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    majority = models.CharField(_("accepted when"), max_length=20, choices=Majority.choices, default=Majority.SIMPLE)
    veto = models.BooleanField(_("any member of the board may veto, with a reason"), default=True)
    undecided = models.CharField(
        _("in a tie, or when too few vote"), max_length=20, choices=Undecided.choices, default=Undecided.ADMINISTRATORS
    )
    seen_by = models.CharField(_("who sees the votes"), max_length=20, choices=SeenBy.choices, default=SeenBy.VOTERS)
    kinds = models.JSONField(_("open to"), default=list, blank=True)
    tier = models.ForeignKey(
        Tier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("they enter as")
    )
    persons = models.BooleanField(_("people may join on their own, too"), default=False)
    again_months = models.PositiveSmallIntegerField(
        _("after a refusal one may apply again, in months"), default=0, validators=[MaxValueValidator(12)]
    )
    reply_days = models.PositiveSmallIntegerField(
        _("days to answer a question, in working days"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    made = models.DateTimeField(_("in force since"), default=clock.now)
    made_by = models.ForeignKey(Profile, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by"))

    class Meta:
        ordering = ["-version"]
        verbose_name = _("admission rule")
        verbose_name_plural = _("admission rules")
        constraints = [
            models.UniqueConstraint("partnership", "version", name="one_rule_a_version"),
            models.CheckConstraint(
                condition=~models.Q(kind="n_of_m") | models.Q(needed__gte=2), name="several_are_two_or_more"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="board_vote") | models.Q(vote_days__gte=1), name="a_board_votes_until_a_day"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="open_to_kind") | models.Q(tier__isnull=False),
                name="the_open_enter_as_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.get_kind_display()} ({self.version})"

    @property
    def kinds_in_words(self) -> str:
        labels = dict(Organisation.Kind.choices)
        return ", ".join(str(labels[kind]).lower() for kind in self.kinds if kind in labels)

    @property
    def is_voted(self) -> bool:
        return self.kind in self.VOTED


class AdmissionQuestion(models.Model):
    """What the partnership asks of those who apply, beside the reason why. An answer keeps the wording it was given to."""

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CHOICE = "choice", _("Choice from a list")
        FILE = "file", _("File")

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="admission_questions")
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=Kind.choices, default=Kind.TEXT)
    text_da = models.CharField(_("question"), max_length=300)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    choices_da = models.TextField(_("choices, one on each line"), blank=True, max_length=2000)
    choices_en = models.TextField(_("choices in English, in the same order"), blank=True, max_length=2000)
    required = models.BooleanField(_("must be answered"), default=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("question to applicants")
        verbose_name_plural = _("questions to applicants")

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return in_language(self, "text")

    @property
    def choices(self) -> Sequence[str]:
        return in_language(self, "choices").splitlines()
