"""Searches that people keep, and what each has found and told."""

from typing import Self

from django.conf import settings
from django.db import models
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from partnerships.models import Rhythm
from search.addresses import query_from
from search.query import Query


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def in_rhythm(self, rhythm: str) -> Self:
        """Those with this rhythm of their own, and those that go with their owner's default."""
        usual = models.Q(rhythm="", owner__profile__rhythm=rhythm)
        return self.filter(models.Q(rhythm=rhythm) | usual, owner__is_active=True)


class SavedSearch(models.Model):
    """A search under a name, in the language it was asked in. The address is kept as `address_of` writes it. An empty
    rhythm is the owner's default, as for all that they follow.

    `known_until`: where the search found too much to note each thing, all that is as old counts as known.
    """

    Rhythm = Rhythm

    LONGEST_ADDRESS = 2_000
    MOST_OF_ONE_PERSON = 100

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_searches", verbose_name=_("owner")
    )
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=LONGEST_ADDRESS)
    language = models.CharField(_("language"), max_length=8)
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm.choices, blank=True)
    created = models.DateTimeField(_("saved"), default=timezone.now)
    known_until = models.DateField(null=True, blank=True)

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("saved search")
        verbose_name_plural = _("saved searches")
        constraints = [
            models.UniqueConstraint("owner", "address", "language", name="a_search_is_saved_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def query(self) -> Query:
        return query_from(QueryDict(self.address.removeprefix("?")), self.language)

    @property
    def all_results(self) -> str:
        """The search itself, in its own language."""
        with translation.override(self.language):
            return f"{reverse('search:search')}{self.address}"

    def get_absolute_url(self) -> str:
        return reverse("search:saved_search", args=[self.pk])


class MatchQuerySet(models.QuerySet["Match"]):
    def waiting(self) -> Self:
        return self.filter(state=Match.State.WAITING)

    def news(self) -> Self:
        """What a search has found since it was saved, told already or not."""
        return self.filter(state__in=Match.NEWS)


class Match(models.Model):
    """One thing that one saved search has found, once and for all: there was nothing new in it (`known`), it waits to be
    told, or it was told. The row stays, so nothing is ever told twice, whatever happens to the thing meanwhile."""

    class State(models.TextChoices):
        KNOWN = "known"
        WAITING = "waiting"
        TOLD = "told"

    NEWS = (State.WAITING, State.TOLD)

    saved_search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="matches")
    key = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField(default=timezone.now)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint("saved_search", "key", name="a_thing_is_told_once")]
        indexes = [models.Index(fields=["state", "saved_search"], name="matches_by_state")]

    def __str__(self) -> str:
        return f"{self.saved_search_id} {self.key}"


class WrittenRow(models.Model):
    """An id that was written into the index and is not yet compared with the saved searches."""

    key = models.CharField(max_length=60)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.key
