"""What comes of an invitation: the person it was sent to says yes or no, once."""

from collections.abc import Callable

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions, ruling
from partnerships.models import (
    Application,
    HistoryEntry,
    Invitation,
    Membership,
    Organisation,
    Participation,
    Seat,
)
from partnerships.told import invitations as told

from . import deciding
from .admission import apply
from .deciding import Verdict
from .history import record
from .invitations import locked, things
from .participation import enter_as_member
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .seats import take_seat

Verb = HistoryEntry.Verb
Place = Membership | Participation | Seat | Application


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, actor: models.Model, organisation: Organisation | None = None
) -> Place:
    """Gives what it carries, from today. `organisation` is whom the actor takes part for, where a member is invited."""
    invitation = _for_answer(invitation, actor)
    if not invitation.is_for_a_colleague and invitation.partnership.has_ended:
        raise WrongState(_("The partnership has ended, so nobody can be let in."))
    _answered(invitation, actor, Invitation.State.ACCEPTED, Verb.INVITATION_ACCEPTED)
    give: Callable[..., Place] = GIVES[invitation.kind]
    place = give(invitation, actor, organisation)
    told.invitation_answered(invitation)
    return place


@transaction.atomic
def decline_invitation(*, invitation: Invitation, actor: models.Model) -> Invitation:
    """No thanks; the link is dead, and whoever invited is told."""
    invitation = _for_answer(invitation, actor)
    _answered(invitation, actor, Invitation.State.DECLINED, Verb.INVITATION_DECLINED)
    told.invitation_answered(invitation)
    return invitation


def _for_answer(invitation: Invitation, actor: models.Model) -> Invitation:
    if not permissions.may_answer_invitation(actor, invitation):
        raise NotAllowed(_("Only the person with the address it was sent to can answer."))
    invitation = locked(invitation)
    if invitation.has_expired:
        raise WrongState(_("The invitation has expired. Ask for a new one."))
    return invitation


def _answered(invitation: Invitation, actor: models.Model, state: Invitation.State, verb: Verb) -> None:
    invitation.state, invitation.answered, invitation.accepted_by = state, clock.now(), profile_of(actor)
    invitation.save(update_fields=["state", "answered", "accepted_by"])
    record(verb, actor, profile=invitation.accepted_by, **things(invitation))


def _belongs(invitation: Invitation, actor: models.Model, organisation: None) -> Membership:
    """In from today. One who had asked is let in with the role invited to; one let in meanwhile keeps the role held."""
    own = {"profile": profile_of(actor), "organisation": invitation.organisation}
    open_rows = Membership.objects.select_for_update().filter(**own, status__in=Membership.OPEN)
    membership = open_rows.first() or Membership(**own, requested=clock.now())
    if membership.status == Membership.Status.ACTIVE:
        return membership
    membership.role, membership.status, membership.since = invitation.role, Membership.Status.ACTIVE, clock.today()
    membership.until = invitation.until
    membership.decided_by, membership.decided = invitation.invited_by, clock.now()
    membership.save()
    record(Verb.MEMBERSHIP_BEGUN, actor, membership=membership, note=invitation.role, **own)
    return membership


def _takes_part(invitation: Invitation, actor: models.Model, organisation: Organisation | None) -> Place:
    """A member from today; where it had applied, both sides have now said yes, so the application is accepted.

    Where the partnership's rule is a vote, no single administrator lets anybody in: who accepts applies, and is voted on.
    """
    profile = profile_of(actor)
    rule = ruling.rule_of(invitation.partnership)
    _may_take_part(actor, organisation, persons=rule.persons)
    who = {"organisation": organisation} if organisation else {"person": profile}
    rows = Application.objects.select_for_update().filter(partnership=invitation.partnership, **who)
    application = rows.filter(state__in=Application.OPEN).first()
    if ruling.rule_for(application).is_voted if application else rule.is_voted:
        return application or _applied(invitation, actor, organisation)
    if application is None:
        own = {"organisation": organisation, "profile": None if organisation else profile}
        return enter_as_member(
            partnership=invitation.partnership, tier=invitation.tier, actor=actor, since=clock.today(), **own
        )
    return _both_said_yes(application, invitation)


def _may_take_part(actor: models.Model, organisation: Organisation | None, *, persons: bool) -> None:
    if organisation is None and not persons:
        raise Invalid(_("Choose an organisation where you are an administrator or editor."), field="organisation")
    if organisation is not None and not permissions.may_apply_for(actor, organisation):
        raise Invalid(_("Choose an organisation where you are an administrator or editor."), field="organisation")


def _applied(invitation: Invitation, actor: models.Model, organisation: Organisation | None) -> Application:
    by = invitation.invited_by
    message = _("%(person)s has invited us.") % {"person": by.name} if by else _("We have been invited.")
    fields = {"partnership": invitation.partnership, "tier": invitation.tier, "organisation": organisation}
    return apply(**fields, message=message, actor=actor)


def _both_said_yes(application: Application, invitation: Invitation) -> Participation:
    application.tier = invitation.tier
    application.save(update_fields=["tier"])
    by = invitation.invited_by.user if invitation.invited_by else None
    said = _("You were invited, and you had applied: both sides have said yes.")
    deciding.accept(application, by, Verdict(said))
    member = {"organisation": application.organisation, "profile": application.person}
    return Participation.objects.get(partnership=application.partnership, **member, until=None)


def _sits(invitation: Invitation, actor: models.Model, organisation: None) -> Seat:
    seat = Seat(partnership=invitation.partnership, profile=profile_of(actor), role=invitation.role)
    seat.since = clock.today()
    return take_seat(seat, actor)


GIVES: dict[str, Callable[..., Place]] = {
    Invitation.Kind.COLLEAGUE: _belongs,
    Invitation.Kind.MEMBER: _takes_part,
    Invitation.Kind.SEAT: _sits,
}
