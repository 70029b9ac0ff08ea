"""What one writes to a person or an organisation without seeing their address, and whom one will not hear from again."""

from typing import Self

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .organisations import Organisation
from .people import Membership, Profile

ONE_RECEIVER = models.Q(person=None, organisation__isnull=False) | models.Q(person__isnull=False, organisation=None)


class ToReceiver(models.QuerySet):
    def to(self, user: models.Model) -> Self:
        """What was sent to this user, or to an organisation that they administer."""
        administered = Membership.objects.current().filter(profile__user_id=user.pk, role=Membership.Role.ADMINISTRATOR)
        own = models.Q(person__user_id=user.pk)
        return self.filter(own | models.Q(organisation__in=administered.values("organisation_id")))


class DirectMessageQuerySet(ToReceiver):
    def by(self, user: models.Model) -> Self:
        return self.filter(sender__user_id=user.pk)

    def visible_to(self, user: models.Model) -> Self:
        """The two sides, and nobody else."""
        return self.filter(models.Q(pk__in=self.to(user).values("pk")) | models.Q(sender__user_id=user.pk))


class DirectMessage(models.Model):
    """One message through a form. Its words are wiped after a while (services/direct_messages.py); that it was sent stays
    a little longer, for limits and for what was reported."""

    sender = models.ForeignKey(
        Profile, models.CASCADE, related_name="direct_messages_sent", verbose_name=_("from whom")
    )
    person = models.ForeignKey(
        Profile, models.CASCADE, null=True, blank=True, related_name="direct_messages", verbose_name=_("to the person")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="direct_messages",
        verbose_name=_("to the organisation"),
    )
    subject = models.CharField(_("subject"), max_length=160, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    sent = models.DateTimeField(_("sent"), default=clock.now, db_index=True)
    wiped = models.DateTimeField(_("words wiped"), null=True, blank=True)

    objects = DirectMessageQuerySet.as_manager()

    class Meta:
        ordering = ["-sent", "-pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [models.CheckConstraint(condition=ONE_RECEIVER, name="direct_message_has_one_receiver")]

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"

    def get_absolute_url(self) -> str:
        return reverse("direct_message", args=[self.pk])

    @property
    def receiver(self) -> Profile | Organisation:
        return self.person or self.organisation


class Block(models.Model):
    """The receiver will not hear from this sender again, until they take it back."""

    sender = models.ForeignKey(Profile, models.CASCADE, related_name="blocked_by", verbose_name=_("from whom"))
    person = models.ForeignKey(Profile, models.CASCADE, null=True, blank=True, related_name="blocks")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="blocks")
    since = models.DateTimeField(_("since"), default=clock.now)

    objects = ToReceiver.as_manager()

    class Meta:
        ordering = ["-since"]
        verbose_name = _("block")
        verbose_name_plural = _("blocks")
        constraints = [
            models.CheckConstraint(condition=ONE_RECEIVER, name="block_is_by_one_receiver"),
            models.UniqueConstraint(
                "sender", "person", condition=models.Q(organisation=None), name="person_blocks_once"
            ),
            models.UniqueConstraint(
                "sender", "organisation", condition=models.Q(person=None), name="organisation_blocks_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.organisation} ⊘ {self.sender}"
