"""Who may speak for an organisation, and let people into it."""

from django.db.models import QuerySet

from partnerships.models import Membership, Organisation
from partnerships.visibility import EDITS_ORGANISATIONS

from .facts import User, belongs, is_facilitator


def may_edit_organisation(user: User, organisation: Organisation) -> bool:
    """Its administrators and editors, and the municipality's editors."""
    own = belongs(user, organisation, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
    return own or user.has_perm(EDITS_ORGANISATIONS)


def may_administer_organisation(user: User, organisation: Organisation) -> bool:
    """Its administrators; who else works there is for them to say."""
    return belongs(user, organisation, Membership.Role.ADMINISTRATOR)


def may_verify_organisation(user: User) -> bool:
    """The municipality's editors."""
    return user.has_perm(EDITS_ORGANISATIONS)


def may_let_in(user: User, membership: Membership) -> bool:
    """The organisation's administrators; where it has none those who help. Nobody lets themselves in."""
    if not user.is_authenticated or membership.profile.user_id == user.pk:
        return False
    if may_administer_organisation(user, membership.organisation):
        return True
    return helps_organisations(user) and not has_administrator(membership.organisation)


def helps_organisations(user: User) -> bool:
    """Answers where an organisation has nobody who could: the facilitator and the municipality's editors."""
    return is_facilitator(user) or user.has_perm(EDITS_ORGANISATIONS)


def may_change_roles(user: User, organisation: Organisation) -> bool:
    """Its administrators; where there is none, those who help, so that somebody can become one."""
    if may_administer_organisation(user, organisation):
        return True
    return helps_organisations(user) and not has_administrator(organisation)


def may_prove(user: User, organisation: Organisation) -> bool:
    """Its administrators, and where it has none whoever says they act for it: the mail shows whether they do."""
    if not user.is_authenticated:
        return False
    return may_administer_organisation(user, organisation) or not has_administrator(organisation)


def may_merge_organisations(user: User) -> bool:
    """The municipality's editors."""
    return user.has_perm(EDITS_ORGANISATIONS)


def has_administrator(organisation: Organisation) -> bool:
    """Somebody now administers the organisation and can do so."""
    return administrators_of(organisation).exists()


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Those who can sign in, for nobody else can act."""
    administers = Membership.objects.current().filter(role=Membership.Role.ADMINISTRATOR, profile__user__is_active=True)
    return administers.filter(organisation=organisation)


def may_read_membership(user: User, membership: Membership) -> bool:
    """Who asked, and who may decide or have decided."""
    if not user.is_authenticated:
        return False
    own = membership.profile.user_id == user.pk
    decided = membership.decided_by is not None and membership.decided_by.user_id == user.pk
    return own or decided or may_let_in(user, membership) or may_change_roles(user, membership.organisation)
