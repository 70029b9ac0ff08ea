"""Invitations by mail and a wish for another kind of membership, made through the same services a visitor uses."""

from django.db import models

from partnerships import clock
from partnerships.models import Invitation, Organisation, Partnership, Profile
from partnerships.services import answering, invitations, proposals

from .content import moment, table


def make_invitations() -> None:
    for row in table("invitations")["invitation"]:
        actor = _user(row["by"])
        with clock.at(moment(row["sent"])):
            invitation = _invite(row, actor)
        if "became" in row:
            with clock.at(moment(row["on"])):
                _end(invitation, row, actor)


def _end(invitation: Invitation, row: dict[str, str], actor: models.Model) -> None:
    """Whoever was invited answers, or whoever invited takes it back."""
    if row["became"] == "revoked":
        invitations.revoke(invitation=invitation, actor=actor)
        return
    answer = {"accepted": answering.accept_invitation, "declined": answering.decline_invitation}[row["became"]]
    answer(invitation=invitation, actor=_user(row["who"]))


def _invite(row: dict[str, str], actor: models.Model) -> Invitation:
    to = {"email": row["email"], "name": row["name"], "message": row["message"], "actor": actor}
    if "organisation" in row:
        organisation = Organisation.objects.get(slug=row["organisation"])
        return invitations.invite_colleague(organisation=organisation, role=row["role"], **to)
    partnership = Partnership.objects.get(slug=row["partnership"])
    if "role" in row:
        return invitations.invite_to_seat(partnership=partnership, role=row["role"], **to)
    tier = partnership.tiers.get(kind=KINDS[row["tier"]])
    return invitations.invite_member(partnership=partnership, tier=tier, **to)


def _user(slug: str) -> models.Model:
    return Profile.objects.get(slug=slug).user


KINDS = {"fuldgyldig": "full", "associeret": "associate", "observatoer": "observer"}


def make_proposals() -> None:
    for row in table("invitations")["proposal"]:
        partnership = Partnership.objects.get(slug=row["partnership"])
        with clock.at(moment(row["sent"])):
            proposals.ask_for_tier(
                participation=partnership.participations.get(organisation__slug=row["organisation"]),
                tier=partnership.tiers.get(kind=KINDS[row["tier"]]),
                actor=_user(row["by"]),
                reason=row["reason"],
            )
