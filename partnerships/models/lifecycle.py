"""What became of a partnership, step by step: the timeline on its page."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership


class StateStep(models.Model):
    """From `at` on the partnership is in this state; the last step's is its own. Who did it stands in the history."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=Partnership.State.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=1000)
    into = models.ForeignKey(
        Partnership, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("merged into")
    )
    at = models.DateTimeField(_("when"), default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("step of a partnership")
        verbose_name_plural = _("steps of partnerships")

    def __str__(self) -> str:
        return f"{self.partnership}: {self.get_state_display()}"
