"""The languages a person can be asked in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import Profile


class SpokenLanguage(models.Model):
    class Code(models.TextChoices):
        DANISH = "da", _("Danish")
        ENGLISH = "en", _("English")
        GERMAN = "de", _("German")
        SWEDISH = "sv", _("Swedish")
        NORWEGIAN = "no", _("Norwegian")
        POLISH = "pl", _("Polish")
        UKRAINIAN = "uk", _("Ukrainian")
        ROMANIAN = "ro", _("Romanian")
        FRENCH = "fr", _("French")
        SPANISH = "es", _("Spanish")
        DUTCH = "nl", _("Dutch")

    profile = models.ForeignKey(Profile, models.CASCADE, related_name="languages", verbose_name=_("person"))
    code = models.CharField(_("language"), max_length=8, choices=Code.choices)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        constraints = [models.UniqueConstraint("profile", "code", name="language_once")]

    def __str__(self) -> str:
        return self.get_code_display()
