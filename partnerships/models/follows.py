"""Who follows what, and what is new about it."""

from functools import cached_property
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .organisations import Organisation
from .rhythms import Rhythm
from .vocabulary import Goal, Place, Topic

THINGS = ("topic", "place", "organisation", "partnership", "goal", "page")


def _only(name: str) -> models.Q:
    return models.Q(**{f"{one}__isnull": one != name for one in THINGS})


def _exactly_one() -> models.Q:
    return models.Q.create([_only(name) for name in THINGS], connector=models.Q.OR)


def _key_to(model: type[models.Model] | str) -> models.ForeignKey:
    return models.ForeignKey(model, models.CASCADE, null=True, blank=True, related_name="+")


class Pointing(models.Model):
    """Points at exactly one of the things that can be followed."""

    topic = _key_to(Topic)
    place = _key_to(Place)
    organisation = _key_to(Organisation)
    partnership = _key_to(Partnership)
    goal = _key_to(Goal)
    page = _key_to("wagtailcore.Page")

    class Meta:
        abstract = True

    @cached_property
    def what(self) -> str:
        return next(name for name in THINGS if getattr(self, f"{name}_id"))

    @property
    def thing(self) -> models.Model:
        return getattr(self, self.what)

    @cached_property
    def thing_id(self) -> int:
        return getattr(self, f"{self.what}_id")


class FollowQuerySet(models.QuerySet["Follow"]):
    def of(self, user: models.Model) -> Self:
        return self.filter(user_id=user.pk)

    def in_rhythm(self, rhythm: str) -> Self:
        """Those with this rhythm of their own, and those that go with their person's default."""
        return self.filter(
            models.Q(rhythm=rhythm) | models.Q(rhythm="", user__profile__rhythm=rhythm), user__is_active=True
        )


class Follow(Pointing):
    """A person follows one thing, by their own press. `noted` and `told` are the last sweep of news that they were
    told of in the site and by mail. An empty rhythm is the person's default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", verbose_name=_("follows")
    )
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm.choices, blank=True)
    since = models.DateTimeField(_("since"), default=clock.now)
    noted = models.PositiveBigIntegerField(default=0, editable=False)
    told = models.PositiveBigIntegerField(default=0, editable=False)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.CheckConstraint(condition=_exactly_one(), name="follow_points_at_one_thing"),
            *(
                models.UniqueConstraint(
                    "user", name, condition=models.Q(**{f"{name}__isnull": False}), name=f"{name}_is_followed_once"
                )
                for name in THINGS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.what} {self.thing_id}"


class NewsItem(models.Model):
    """One piece of news: an act of the history, or a page that was published or changed; written in the transaction of
    what it tells. `sweep` is given after the commit, so that the order of sweeps misses nothing that committed late."""

    at = models.DateTimeField(default=clock.now, db_index=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    history = models.OneToOneField(
        "partnerships.HistoryEntry", models.CASCADE, null=True, blank=True, related_name="news"
    )
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+")
    is_new = models.BooleanField(default=True)
    sweep = models.PositiveBigIntegerField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(history__isnull=True, page__isnull=False)
                | models.Q(history__isnull=False, page__isnull=True),
                name="news_is_an_act_or_a_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.history or self.page}"


class NewsAbout(Pointing):
    """What a piece of news is about, as it was when it happened."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="about")

    class Meta:
        constraints = [models.CheckConstraint(condition=_exactly_one(), name="news_is_about_one_thing")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.what} {self.thing_id}"


class Sweep(models.Model):
    """One row: the latest sweep, and the latest of which all notices in the site are written. Held while sweeping."""

    number = models.PositiveBigIntegerField(default=0)
    noted = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)
