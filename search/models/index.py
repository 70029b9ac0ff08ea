"""What the index owes the database, and which indexes there are."""

from typing import Self

from django.db import models
from django.utils import timezone


class OutboxRow(models.Model):
    """Says "make the index equal the database for this id"; written in the transaction of the change itself."""

    MOST_ATTEMPTS = 8

    key = models.CharField(max_length=60)
    created = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["attempts"], name="outbox_waiting")]

    def __str__(self) -> str:
        return self.key


class WriteVersion(models.Model):
    """One counter for all who write the index. Its keys are drawn in order, also by two at once."""

    def __str__(self) -> str:
        return str(self.pk)


class GenerationQuerySet(models.QuerySet["Generation"]):
    def building(self) -> Self:
        return self.filter(state=Generation.State.BUILDING)

    def written(self) -> Self:
        """Those that every change is written to: the one that answers and the one being built."""
        return self.filter(state__in=(Generation.State.BUILDING, Generation.State.LIVE))


class Generation(models.Model):
    """One whole index under one name. While it is built, `rows` of `total` are written and `touched` says that its
    process lives; one that a dead process left half built is dropped by the next rebuild."""

    class State(models.TextChoices):
        BUILDING = "building"
        LIVE = "live"
        OLD = "old"

    name = models.CharField(max_length=60, unique=True)
    engine = models.CharField(max_length=20)
    analysis = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State.choices, default=State.BUILDING)
    started = models.DateTimeField(default=timezone.now)
    touched = models.DateTimeField(default=timezone.now)
    total = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField(default=0)

    objects = GenerationQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("state", condition=models.Q(state="building"), name="one_rebuild_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.name
