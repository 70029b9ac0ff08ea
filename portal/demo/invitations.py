"""Invitations by mail and a wish for another kind of membership, made through the same services a visitor uses."""

from django.db import models

from partnerships import clock
from partnerships.models import Organisation, Partnership, Profile
from partnerships.services import invitations, proposals

from .content import moment, table


def make_invitations() -> None:
    for row in table("invitations")["invitation"]:
        with clock.at(moment(row["sent"])):
            _invite(row, Profile.objects.get(slug=row["by"]).user)


def _invite(row: dict[str, str], actor: models.Model) -> None:
    to = {"email": row["email"], "name": row["name"], "message": row["message"], "actor": actor}
    if "organisation" in row:
        organisation = Organisation.objects.get(slug=row["organisation"])
        invitations.invite_colleague(organisation=organisation, role=row["role"], **to)
        return
    partnership = Partnership.objects.get(slug=row["partnership"])
    invitations.invite_member(partnership=partnership, tier=partnership.tiers.get(kind=KINDS[row["tier"]]), **to)


KINDS = {"fuldgyldig": "full", "associeret": "associate", "observatoer": "observer"}


def make_proposals() -> None:
    for row in table("invitations")["proposal"]:
        partnership = Partnership.objects.get(slug=row["partnership"])
        with clock.at(moment(row["sent"])):
            proposals.ask_for_tier(
                participation=partnership.participations.get(organisation__slug=row["organisation"]),
                tier=partnership.tiers.get(kind=KINDS[row["tier"]]),
                actor=Profile.objects.get(slug=row["by"]).user,
                reason=row["reason"],
            )
