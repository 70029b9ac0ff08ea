"""What a person said yes to, and since when: it governs what is public about them."""

from typing import Self

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsentQuerySet(models.QuerySet["Consent"]):
    def current(self) -> Self:
        return self.filter(withdrawn=None)

    def as_contact(self) -> Self:
        """The yes that lets a person be named in public; every question of who may be named reads it here."""
        return self.current().filter(purpose=Consent.Purpose.CONTACT)

    def answering(self) -> Self:
        """As contact, and there to answer. Else the role mailbox stands in their place."""
        return self.as_contact().of_present()

    def of_present(self) -> Self:
        """Of those who are not away and whose mail arrives."""
        absent = apps.get_model("partnerships", "Profile").objects.absent()
        return self.exclude(profile__in=absent.order_by())

    def findable(self) -> Self:
        """The yes that lets search find a person and name them as one who knows."""
        return self.current().filter(purpose=Consent.Purpose.SEARCH)

    def writable(self) -> Self:
        """The yes that lets others write to a person without seeing the address."""
        return self.current().filter(purpose=Consent.Purpose.WRITE)


class Consent(models.Model):
    """One yes, to one text, at one time; never changed, only withdrawn.

    To be found and to be written to need a page, so the services give them only beside the yes to be shown, and
    withdraw them with it. Of each other they are independent.
    """

    class Purpose(models.TextChoices):
        CONTACT = "contact", _("shown as contact")
        SEARCH = "search", _("found by search")
        WRITE = "write", _("may be written to")

    NEED_A_PAGE = (Purpose.SEARCH, Purpose.WRITE)

    profile = models.ForeignKey(
        "partnerships.Profile", models.CASCADE, related_name="consents", verbose_name=_("person")
    )
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    text_version = models.CharField(_("version of the text"), max_length=20)
    given = models.DateTimeField(_("given"))
    withdrawn = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                "profile", "purpose", condition=models.Q(withdrawn=None), name="one_current_consent_per_purpose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile} {self.purpose} {self.given:%Y-%m-%d}"
