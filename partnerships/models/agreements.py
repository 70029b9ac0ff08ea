"""Partnerships. Days are whole; `until` is the last day that counts."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnerships import clock, visibility

from .organisations import Organisation
from .people import Profile
from .vocabulary import DanishOrder, Goal, Place, Topic, in_language, in_language_html


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: models.Model | None) -> Self:
        """Those that this user may know of; without a user, those that everyone may."""
        return self.filter(visibility.knows_of(user))

    def shown_whole_to(self, user: models.Model | None) -> Self:
        """Those that show this user their members, topics and all else they tell of themselves."""
        return self.filter(visibility.sees_whole(user))

    def read_for(self, user: models.Model) -> Self:
        """With the reader's own place, so that the permissions need not ask for it again."""
        if not user.pk:
            return self
        places = {"reader_joined": visibility.joined_by(user), "reader_administers": visibility.administered_by(user)}
        among = {
            name: models.ExpressionWrapper(models.Q(pk__in=keys), models.BooleanField())
            for name, keys in places.items()
        }
        return self.annotate(reader=models.Value(user.pk), **among)


class Partnership(DanishOrder):
    class Kind(models.TextChoices):
        NETWORK = "network", _("Network")
        CLUSTER = "cluster", _("Cluster")
        PROJECT = "project", _("Project partnership")
        WORKING_GROUP = "working_group", _("Working group")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Public: everyone sees it")
        LISTED = "listed", _("Listed: everyone sees name, purpose and kind, members the rest")
        HIDDEN = "hidden", _("Hidden: only members know of it")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        OPEN = "open", pgettext_lazy("partnership", "Active")
        DECLINED = "declined", _("Not opened")
        PAUSED = "paused", _("Paused")
        CLOSED = "closed", _("Ended")
        MERGED = "merged", _("Merged into another")

    BEFORE = (State.PROPOSED, State.DECLINED)
    LIVED = (State.OPEN, State.PAUSED, State.CLOSED, State.MERGED)
    OVER = (State.CLOSED, State.MERGED)

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
    visibility = models.CharField(
        _("who may see it?"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC, db_index=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False, db_index=True
    )
    proposed_by = models.ForeignKey(
        Profile,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="proposed",
        verbose_name=_("proposed by"),
    )
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("succeeded by")
    )
    parent = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="working_groups",
        verbose_name=_("is a working group of"),
    )
    funder = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="funds", verbose_name=_("funder")
    )
    funding = models.CharField(_("where the money comes from"), max_length=300, blank=True)
    funding_en = models.CharField(_("where the money comes from, in English"), max_length=300, blank=True)
    municipal_part = models.CharField(_("the municipality's part"), max_length=600, blank=True)
    municipal_part_en = models.CharField(_("the municipality's part, in English"), max_length=600, blank=True)
    since = models.DateField(_("first day"), null=True, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    applications_open = models.BooleanField(_("takes applications"), default=True)
    admission = models.TextField(_("how one is admitted"), blank=True, max_length=4000)
    admission_html = models.TextField(editable=False, blank=True)
    admission_en = models.TextField(_("how one is admitted, in English"), blank=True, max_length=4000)
    admission_en_html = models.TextField(editable=False, blank=True)
    answer_days = models.PositiveSmallIntegerField(
        _("promised answer, in working days"), default=10, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="partnerships", verbose_name=_("topics"))
    places = models.ManyToManyField(Place, blank=True, related_name="partnerships", verbose_name=_("places"))
    goals = models.ManyToManyField(Goal, blank=True, related_name="partnerships", verbose_name=_("goals it serves"))
    picture = models.ForeignKey(
        "partnerships.Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    created = models.DateTimeField(default=clock.now, editable=False)
    updated = models.DateTimeField(auto_now=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        permissions = [("facilitate", "Can see and help across partnerships")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(successor__isnull=False),
                name="merged_partnership_says_where_it_went",
            ),
            models.CheckConstraint(
                condition=models.Q(successor=None) | ~models.Q(successor=models.F("pk")),
                name="partnership_does_not_succeed_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("pk")),
                name="partnership_is_not_its_own_group",
            ),
        ]

    def __str__(self) -> str:
        return self.name_shown

    def get_absolute_url(self) -> str:
        address = "proposal" if self.state in self.BEFORE else "partnership"
        return reverse(f"partnerships:{address}", args=[self.slug])

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
    def funding_shown(self) -> str:
        return in_language(self, "funding")

    @property
    def municipal_part_shown(self) -> str:
        return in_language(self, "municipal_part")

    @property
    def everyone_knows(self) -> bool:
        """The same rule as `visible_to(None)`, for a row at hand."""
        return self.state in self.LIVED and self.visibility != self.Visibility.HIDDEN

    @property
    def is_public(self) -> bool:
        """The same rule as `shown_whole_to(None)`."""
        return self.state in self.LIVED and self.visibility == self.Visibility.PUBLIC

    @property
    def has_ended(self) -> bool:
        return self.state in self.OVER or (self.until is not None and self.until < clock.today())

    @property
    def takes_applications(self) -> bool:
        return self.applications_open and self.state == self.State.OPEN and not self.has_ended
