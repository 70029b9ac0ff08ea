"""What was asked of the index and what came of it: audits that were run, and work that waits for a worker."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AuditRun(models.Model):
    """One comparison of the index with the database. Without `by` a timer ran it."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    generation = models.CharField(max_length=60)
    missing = models.PositiveIntegerField()
    surplus = models.PositiveIntegerField()
    stale = models.PositiveIntegerField()
    mended = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def differing(self) -> int:
        return self.missing + self.surplus + self.stale


class IndexRequestQuerySet(models.QuerySet["IndexRequest"]):
    def waiting(self) -> Self:
        return self.filter(state=IndexRequest.State.WAITING).order_by("pk")

    def running(self) -> Self:
        return self.filter(state=IndexRequest.State.RUNNING)

    def unfinished(self) -> Self:
        return self.filter(state__in=IndexRequest.UNFINISHED)


class IndexRequest(models.Model):
    """An editor's wish that takes longer than a request may: a worker takes it up. `touched` says that it still works."""

    class Act(models.TextChoices):
        REBUILD = "rebuild", _("build the index anew")
        AUDIT = "audit", _("compare the index with the database")

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        RUNNING = "running", _("under way")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    UNFINISHED = (State.WAITING, State.RUNNING)

    act = models.CharField(max_length=10, choices=Act.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    touched = models.DateTimeField(default=timezone.now)
    error = models.CharField(max_length=300, blank=True)

    objects = IndexRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        default_permissions = ("add",)
        constraints = [
            models.UniqueConstraint(
                "act", condition=models.Q(state__in=("waiting", "running")), name="one_unfinished_request_an_act"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.state}"
