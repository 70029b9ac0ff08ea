"""Votes on an application: what each voter last said, and all they said before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .admission import Application
from .people import Profile


class Vote(models.Model):
    """One row a voter, changed until the vote closes. Who no longer holds the seat is not counted (partnerships/voting.py)."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        BLANK = "blank", _("Blank")
        VETO = "veto", _("Veto")

    application = models.ForeignKey(Application, models.CASCADE, related_name="votes")
    voter = models.ForeignKey(Profile, models.PROTECT, related_name="votes", verbose_name=_("voter"))
    choice = models.CharField(_("vote"), max_length=10, choices=Choice.choices)
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    cast = models.DateTimeField(_("cast"), default=clock.now)

    class Meta:
        ordering = ["cast", "pk"]
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [
            models.UniqueConstraint("application", "voter", name="one_vote_a_voter"),
            models.CheckConstraint(
                condition=models.Q(choice__in=["yes", "blank"]) | ~models.Q(reason=""), name="a_no_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voter}: {self.get_choice_display()}"


class VoteCast(models.Model):
    """Every time somebody voted or changed their vote; never changed. History itself says only that one voted, because
    not everybody who reads it may know what."""

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="casts")
    choice = models.CharField(_("vote"), max_length=10, choices=Vote.Choice.choices)
    reason = models.TextField(_("reason"), blank=True)
    at = models.DateTimeField(_("cast"), default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("vote as it was cast")
        verbose_name_plural = _("votes as they were cast")

    def __str__(self) -> str:
        return f"{self.vote.voter}: {self.get_choice_display()}"
