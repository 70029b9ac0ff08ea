"""An organisation's page: its administrators are told what others did with it."""

from partnerships.models import DomainProof, Membership, Organisation
from partnerships.notifications import Letter, send_to, tell

from .recipients import administering


def verified(organisation: Organisation) -> None:
    """By the municipality."""
    context = {"organisation": organisation}
    tell(administering(organisation), "organisation_verified", context, organisation.get_absolute_url, noted=True)


def page_taken_down(organisation: Organisation, reason: str) -> None:
    context = {"organisation": organisation, "reason": reason}
    tell(administering(organisation), "organisation_taken_down", context, organisation.get_absolute_url, noted=True)


def role_changed(membership: Membership) -> None:
    tell([membership.profile], "role_changed", {"membership": membership}, membership.get_absolute_url, noted=True)


def proof_asked(proof: DomainProof, token: str) -> None:
    """To the domain's address itself. The link opens only for the one who asked."""
    letter = Letter("domain_proof", {"proof": proof}, lambda: proof.address_with(token))
    send_to(proof.address, letter)


def merged(organisation: Organisation, old_name: str) -> None:
    context = {"organisation": organisation, "old_name": old_name}
    tell(administering(organisation), "organisation_merged", context, organisation.get_absolute_url, noted=True)
