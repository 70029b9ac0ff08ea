"""Who administers an organisation, edits its page or only belongs to it. There is always one who administers."""

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import HistoryEntry, Membership, Organisation, Profile
from partnerships.told import memberships as told_of_requests
from partnerships.told import organisations as told

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import lines

Verb = HistoryEntry.Verb
Role = Membership.Role


@transaction.atomic
def change_role(*, membership: Membership, actor: models.Model, role: str) -> Membership:
    """By an administrator. The last one stays one until there is another."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    if not permissions.may_change_roles(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    if role not in Role.values:
        raise Invalid(_("Choose a role from the list."), field="role")
    membership = Membership.objects.select_related("profile", "organisation").get(pk=membership.pk)
    if not Membership.objects.current().filter(pk=membership.pk).exists():
        raise WrongState(_("The person does not belong to the organisation now."))
    if membership.role == role:
        raise WrongState(_("The person has that role already."))
    if membership.role == Role.ADMINISTRATOR and not others_administer(membership):
        raise WrongState(_("The organisation needs an administrator. Appoint another first."), field="role")
    membership.role = role
    membership.save(update_fields=["role"])
    things = {"organisation": organisation, "membership": membership, "profile": membership.profile}
    record(Verb.MEMBERSHIP_ROLE_CHANGED, actor, note=role, **things)
    if membership.profile.user_id != actor.pk:
        told.role_changed(membership)
    return membership


def others_administer(membership: Membership) -> bool:
    """Somebody who can sign in goes on after today: two whose last day is the same would leave nobody."""
    goes_on = models.Q(until=None) | models.Q(until__gt=clock.today())
    others = permissions.administrators_of(membership.organisation).exclude(pk=membership.pk)
    return others.filter(goes_on).exists()


@transaction.atomic
def claim(*, organisation: Organisation, actor: models.Model, message: str) -> Membership:
    """Asks to administer an organisation that nobody administers. The facilitator or the municipality's editors answer."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if permissions.has_administrator(organisation):
        raise WrongState(_("Somebody administers the organisation already. Ask to belong to it."))
    profile = profile_of(actor)
    text = lines(message, field="message", longest=2000, required=True)
    membership = _asked(organisation, profile, text)
    things = {"organisation": organisation, "membership": membership, "profile": profile}
    record(Verb.MEMBERSHIP_REQUESTED, actor, note=Role.ADMINISTRATOR, **things)
    told_of_requests.membership_requested(membership)
    return membership


def _asked(organisation: Organisation, profile: Profile, text: str) -> Membership:
    """Who belongs there already, or asked to, asks for more in the same row only while it waits."""
    own = Membership.objects.filter(organisation=organisation, profile=profile)
    if own.filter(status__in=Membership.OPEN).exists():
        raise WrongState(_("You belong to the organisation already, or have asked to."))
    try:
        with transaction.atomic():
            return Membership.objects.create(
                profile=profile, organisation=organisation, message=text, role=Role.ADMINISTRATOR
            )
    except IntegrityError as error:
        raise WrongState(_("You have asked already.")) from error
