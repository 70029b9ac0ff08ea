"""An invitation by mail: what it leads to, to whom it was sent, and what became of it."""

from __future__ import annotations

import hashlib
import secrets
from typing import Self

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from partnerships import clock

from .agreements import Partnership
from .offers import Tier
from .organisations import Organisation
from .people import Membership, Profile
from .standing import Seat

TOKEN_BYTES = 32


def new_token() -> str:
    """256 bits, known to the mail alone."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        return self.filter(state=Invitation.State.SENT, expires__gt=clock.now())

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=hash_of(token))

    def received_by(self, user: models.Model) -> Self:
        """Sent to an address that this user has confirmed to be theirs."""
        confirmed = user.emailaddress_set.filter(verified=True).values(lower=Lower("email"))
        return self.filter(email__in=confirmed)


class Invitation(models.Model):
    """Bound to one address, used once. Of the token only a hash is kept, so that nobody who reads the table can use it.

    A colleague is invited into an organisation, a member (whose organisation the invited names) or a seat's holder
    into a partnership.
    """

    class Kind(models.TextChoices):
        COLLEAGUE = "colleague", _("colleague")
        MEMBER = "member", _("member of the partnership")
        SEAT = "seat", _("seat in the partnership")

    class State(models.TextChoices):
        SENT = "sent", _("Sent")
        ACCEPTED = "accepted", pgettext_lazy("invitation", "Accepted")
        DECLINED = "declined", pgettext_lazy("invitation", "Declined")
        REVOKED = "revoked", _("Withdrawn")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=8, default="da")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("organisation")
    )
    partnership = models.ForeignKey(
        Partnership, models.CASCADE, null=True, blank=True, related_name="invitations", verbose_name=_("partnership")
    )
    tier = models.ForeignKey(
        Tier, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("kind of membership")
    )
    role = models.CharField(_("role"), max_length=20, blank=True)
    until = models.DateField(_("last day"), null=True, blank=True)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.SENT)
    invited_by = models.ForeignKey(
        Profile, models.SET_NULL, null=True, related_name="invitations_sent", verbose_name=_("invited by")
    )
    sent = models.DateTimeField(_("sent"), default=clock.now)
    expires = models.DateTimeField(_("expires"))
    accepted_by = models.ForeignKey(
        Profile,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="invitations_accepted",
        verbose_name=_("accepted by"),
    )
    answered = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="colleague", organisation__isnull=False, partnership=None, tier=None)
                | models.Q(kind="member", partnership__isnull=False, tier__isnull=False, organisation=None)
                | models.Q(kind="seat", partnership__isnull=False, tier=None, organisation=None),
                name="an_invitation_leads_to_one_place",
            ),
            models.UniqueConstraint(
                "organisation",
                "email",
                condition=models.Q(state="sent", kind="colleague"),
                name="one_open_invitation_to_an_organisation",
            ),
            models.UniqueConstraint(
                "partnership",
                "email",
                "kind",
                condition=models.Q(state="sent", partnership__isnull=False),
                name="one_open_invitation_to_a_partnership",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} → {self.to}"

    def get_absolute_url(self) -> str:
        """Where the invited answers; nobody else sees it."""
        return reverse("partnerships:received_invitation", args=[self.pk])

    @property
    def to(self) -> Organisation | Partnership:
        return self.organisation or self.partnership

    @property
    def is_open(self) -> bool:
        return self.state == self.State.SENT and self.expires > clock.now()

    @property
    def has_expired(self) -> bool:
        return self.state == self.State.SENT and self.expires <= clock.now()

    @property
    def state_shown(self) -> str:
        return gettext("Expired") if self.has_expired else self.get_state_display()

    @property
    def is_for_a_colleague(self) -> bool:
        return self.kind == self.Kind.COLLEAGUE

    @property
    def is_for_a_member(self) -> bool:
        return self.kind == self.Kind.MEMBER

    @property
    def as_what(self) -> str:
        """The role or kind of membership it carries, in words."""
        if self.tier:
            return self.tier.name
        roles = Membership.Role if self.is_for_a_colleague else Seat.Role
        return str(roles(self.role).label)
