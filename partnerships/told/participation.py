"""Memberships of a partnership: whatever one side does, both are told; who did it is not told what they did."""

from collections.abc import Iterable

from django.db.models import Model

from partnerships.models import Participation, Profile, Proposal, Seat
from partnerships.notifications import tell

from .recipients import administering, seated

KIND = "participation"


def membership_ends(participation: Participation, event: str, actor: Model, reason: str = "") -> None:
    """It left, took the leaving back, or was ended."""
    _both(participation, event, actor, reason=reason)


def representative_named(seat: Seat, actor: Model) -> None:
    """The person too."""
    _both(seat.participation, "named", actor, [seat.profile], seat=seat)


def proposal_made(proposal: Proposal, actor: Model) -> None:
    event = "exclusion_proposed" if proposal.is_exclusion else "tier_asked"
    _both(proposal.participation, event, actor, proposal=proposal, reason=proposal.reason)


def proposal_answered(proposal: Proposal, actor: Model) -> None:
    _both(proposal.participation, "exclusion_answered", actor, proposal=proposal, reason=proposal.answer)


def proposal_decided(proposal: Proposal, actor: Model) -> None:
    event = f"{proposal.kind}_{proposal.state}"
    _both(proposal.participation, event, actor, proposal=proposal, reason=proposal.decision)


def term_ends(seat: Seat) -> None:
    _of_term(seat, "term_ends")


def term_has_ended(seat: Seat) -> None:
    _of_term(seat, "term_ended")


def _of_term(seat: Seat, event: str) -> None:
    """A seat for an organisation concerns both sides; another one the partnership and its holder."""
    if seat.participation:
        _both(seat.participation, event, None, [seat.profile], seat=seat)
        return
    context = {"event": event, "seat": seat, "partnership": seat.partnership}
    people = _but(None, [*seated(seat.partnership, Seat.Role.ADMINISTRATOR), seat.profile])
    tell(people, KIND, context, seat.partnership.get_absolute_url, noted=True)


def _both(
    participation: Participation, event: str, actor: Model | None, others: Iterable[Profile] = (), **more: object
) -> None:
    own = administering(participation.organisation) if participation.organisation else [participation.profile]
    people = _but(actor, [*own, *seated(participation.partnership, Seat.Role.ADMINISTRATOR), *others])
    partnership, member = participation.partnership, participation.member
    context = {"event": event, "participation": participation, "partnership": partnership, "member": member, **more}
    tell(people, KIND, context, participation.get_absolute_url, noted=True)


def _but(actor: Model | None, people: Iterable[Profile]) -> Iterable[Profile]:
    """Each once."""
    return {one.pk: one for one in people if actor is None or one.user_id != actor.pk}.values()
