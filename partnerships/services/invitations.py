"""Inviting by mail: sent, renewed, withdrawn. What comes of an answer stands in answering.py."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.addresses import pasted
from partnerships.models import (
    DeadAddress,
    HistoryEntry,
    Invitation,
    Membership,
    Organisation,
    Partnership,
    Profile,
    Seat,
    Tier,
)
from partnerships.models.invitations import hash_of, new_token
from partnerships.told import invitations as told

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line, lines

Verb = HistoryEntry.Verb
Kind = Invitation.Kind
State = Invitation.State


@transaction.atomic
def invite_colleague(
    *,
    organisation: Organisation,
    email: str,
    actor: models.Model,
    role: str = Membership.Role.MEMBER,
    name: str = "",
    message: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> Invitation:
    """Into the organisation, with a role. Who belongs to it already is not invited."""
    if not permissions.may_invite_colleagues(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may invite."))
    if role not in Membership.Role.values:
        raise Invalid(_("Choose a role from the list."), field="role")
    address = _address(email)
    theirs = Membership.objects.filter(organisation=organisation, status=Membership.Status.ACTIVE)
    if _held_by(theirs, address):
        raise WrongState(_("Belongs to the organisation already."), field="email")
    invitation = Invitation(kind=Kind.COLLEAGUE, organisation=organisation, role=role)
    return _sent(invitation, actor, address, name, message, language)


@transaction.atomic
def invite_member(
    *,
    partnership: Partnership,
    tier: Tier,
    email: str,
    actor: models.Model,
    name: str = "",
    message: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> Invitation:
    """Into the partnership with a kind of membership; for which organisation, the one who accepts says."""
    _may_invite_to(partnership, actor)
    if tier.partnership_id != partnership.pk:
        raise Invalid(_("Choose a kind of membership that the partnership offers."), field="tier")
    invitation = Invitation(kind=Kind.MEMBER, partnership=partnership, tier=tier)
    return _sent(invitation, actor, _address(email), name, message, language)


@transaction.atomic
def invite_to_seat(
    *,
    partnership: Partnership,
    role: str,
    email: str,
    actor: models.Model,
    name: str = "",
    message: str = "",
    language: str = settings.LANGUAGE_CODE,
) -> Invitation:
    """A person into a part of the partnership's own: administrator, board or secretariat."""
    _may_invite_to(partnership, actor)
    if role not in Seat.MAY_SPEAK_FOR_IT:
        raise Invalid(_("Choose a role from the list."), field="role")
    address = _address(email)
    if _held_by(Seat.objects.current().filter(partnership=partnership, role=role), address):
        raise WrongState(_("Holds that seat already."), field="email")
    invitation = Invitation(kind=Kind.SEAT, partnership=partnership, role=role)
    return _sent(invitation, actor, address, name, message, language)


@transaction.atomic
def renew(*, invitation: Invitation, actor: models.Model) -> Invitation:
    """A new mail with a new link and a new term; the old link is dead."""
    invitation = _own(invitation, actor)
    if not invitation.is_for_a_colleague and invitation.partnership.has_ended:
        raise WrongState(_("The partnership has ended, so nobody can be let in."))
    return _posted(invitation, actor, Verb.INVITATION_RENEWED)


@transaction.atomic
def revoke(*, invitation: Invitation, actor: models.Model) -> Invitation:
    """The link is dead at once."""
    invitation = _own(invitation, actor)
    invitation.state, invitation.answered = State.REVOKED, clock.now()
    invitation.save(update_fields=["state", "answered"])
    record(Verb.INVITATION_REVOKED, actor, note=invitation.email, **things(invitation))
    return invitation


def things(invitation: Invitation) -> dict[str, models.Model]:
    """What the history's entries about it point at."""
    named = {"organisation": invitation.organisation, "partnership": invitation.partnership}
    return {"invitation": invitation, **{name: thing for name, thing in named.items() if thing}}


def locked(invitation: Invitation) -> Invitation:
    """The row as it is now, held until the transaction ends: of two who act at once the second comes too late."""
    now = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if now.state != State.SENT:
        raise WrongState(_("The invitation has been answered or withdrawn already."))
    return now


def _may_invite_to(partnership: Partnership, actor: models.Model) -> None:
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only those who run the partnership may invite."))
    if partnership.has_ended:
        raise WrongState(_("The partnership has ended, so nobody can be let in."))


def _own(invitation: Invitation, actor: models.Model) -> Invitation:
    if not permissions.may_handle_invitation(actor, invitation):
        raise NotAllowed(_("Only those who may invite can do that."))
    return locked(invitation)


def _address(email: str) -> str:
    found = [one.email for one in pasted(email)]
    if len(found) != 1 or not found[0]:
        raise Invalid(_("This is not an e-mail address."), field="email")
    return line(found[0], field="email", longest=254, required=True)


def _no_mail_comes_back_from(email: str) -> None:
    if DeadAddress.objects.hold(email):
        raise WrongState(_("Mail to this address comes back. Use another."), field="email")


def _held_by(rows: models.QuerySet, email: str) -> bool:
    """Whether one of these memberships or seats belongs to somebody who has confirmed the address."""
    theirs = {"profile__user__emailaddress__email__iexact": email, "profile__user__emailaddress__verified": True}
    return rows.filter(**theirs).exists()


def _sent(
    invitation: Invitation, actor: models.Model, email: str, name: str, message: str, language: str
) -> Invitation:
    """A new one, or one to the same place that has expired, with what it carries now."""
    if language not in dict(settings.LANGUAGES):
        raise Invalid(_("Choose a language from the list."), field="language")
    _no_mail_comes_back_from(email)
    earlier = _waiting(invitation, email)
    if earlier and earlier.is_open:
        raise WrongState(_("Is invited already."), field="email")
    if earlier:
        invitation.pk, invitation._state.adding = earlier.pk, False
    invitation.email, invitation.language = email, language
    invitation.name = line(name, field="name", longest=120)
    invitation.message = lines(message, field="message", longest=2000)
    return _posted(invitation, actor, Verb.INVITATION_SENT)


def _waiting(invitation: Invitation, email: str) -> Invitation | None:
    same = Invitation.objects.select_for_update().filter(kind=invitation.kind, email=email, state=State.SENT)
    return same.filter(organisation=invitation.organisation, partnership=invitation.partnership).first()


def _posted(invitation: Invitation, actor: models.Model, verb: Verb) -> Invitation:
    invitation.invited_by = _within_the_days_limit(actor)
    invitation.token_hash, invitation.sent = hash_of(new_token()), clock.now()  # The mail makes the one that is told.
    invitation.expires = invitation.sent + timedelta(days=settings.INVITATION_DAYS)
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        raise WrongState(_("Is invited already."), field="email") from error
    record(verb, actor, note=invitation.email, **things(invitation))
    told.invited(invitation)
    return invitation


def _within_the_days_limit(actor: models.Model) -> Profile:
    """One person sends so many in 24 hours, renewed ones too; those who press at once are counted one after the other."""
    profile = Profile.objects.select_for_update().get(pk=profile_of(actor).pk)
    sent = HistoryEntry.objects.filter(actor=actor, verb__in=[Verb.INVITATION_SENT, Verb.INVITATION_RENEWED])
    if sent.filter(at__gt=clock.now() - timedelta(days=1)).count() >= settings.INVITATIONS_A_DAY:
        most = {"count": settings.INVITATIONS_A_DAY}
        raise WrongState(_("You have sent %(count)s invitations within a day. Send the rest tomorrow.") % most)
    return profile
