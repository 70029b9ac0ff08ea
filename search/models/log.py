"""What people search, without anybody who searched."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoggedSearchQuerySet(models.QuerySet["LoggedSearch"]):
    def older_than(self, moment: datetime) -> "LoggedSearchQuerySet":
        return self.filter(hour__lt=moment)


class LoggedSearch(models.Model):
    """One query in one hour, as one process counted it: no user, no address, no session, and no finer time.

    `results` is how many everybody finds, whoever asked; it is empty where only clicks came after the searches were written.
    """

    LONGEST = 120

    query = models.CharField(_("query"), max_length=LONGEST)
    lang = models.CharField(_("language"), max_length=2)
    hour = models.DateTimeField(_("hour"))
    searches = models.PositiveIntegerField(_("searches"), default=0)
    results = models.PositiveIntegerField(_("results"), null=True)
    clicks = models.PositiveIntegerField(_("clicks"), default=0)

    objects = LoggedSearchQuerySet.as_manager()

    class Meta:
        ordering = ["-hour", "query"]
        verbose_name = _("search that was made")
        verbose_name_plural = _("searches that were made")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["hour", "query", "lang"], name="searches_by_hour")]

    def __str__(self) -> str:
        return self.query
