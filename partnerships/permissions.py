"""Who may do what. Each rule is one sentence; services ask them, views only show what they allow."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet

from partnerships import visibility
from partnerships.models import Application, Membership, Organisation, Partnership, Post, Seat

User = Model | AnonymousUser

EDITS_ORGANISATIONS = "partnerships.change_organisation"
FACILITATES = "partnerships.facilitate"
EDITS_PARTNERSHIPS = "partnerships.change_partnership"


def _belongs(user: User, organisation: Organisation, *roles: str) -> bool:
    """Has a current membership of the organisation, in one of the roles where some are named."""
    if not user.is_authenticated:
        return False
    memberships = Membership.objects.current().filter(organisation=organisation, profile__user_id=user.pk)
    return (memberships.filter(role__in=roles) if roles else memberships).exists()


def _sits(user: User, partnership: Partnership, *roles: str) -> bool:
    """Holds a current seat of one of the roles."""
    if not user.is_authenticated:
        return False
    return Seat.objects.current().filter(partnership=partnership, profile__user_id=user.pk, role__in=roles).exists()


def is_facilitator(user: User) -> bool:
    """Sees and helps across partnerships."""
    return user.is_active and user.has_perm(FACILITATES)


def may_edit_organisation(user: User, organisation: Organisation) -> bool:
    """Its administrators and editors, and the municipality's editors."""
    own = _belongs(user, organisation, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
    return own or user.has_perm(EDITS_ORGANISATIONS)


def may_administer_organisation(user: User, organisation: Organisation) -> bool:
    """Its administrators; who else works there is for them to say."""
    return _belongs(user, organisation, Membership.Role.ADMINISTRATOR)


def may_verify_organisation(user: User) -> bool:
    """The municipality's editors."""
    return user.has_perm(EDITS_ORGANISATIONS)


def may_let_in(user: User, membership: Membership) -> bool:
    """The organisation's administrators; the facilitator where it has none. Nobody lets themselves in."""
    if not user.is_authenticated or membership.profile.user_id == user.pk:
        return False
    if may_administer_organisation(user, membership.organisation):
        return True
    return is_facilitator(user) and not has_administrator(membership.organisation)


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
    return own or decided or may_let_in(user, membership)


def may_apply_for(user: User, organisation: Organisation) -> bool:
    """Its administrators and editors may ask on its behalf."""
    return _belongs(user, organisation, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)


def may_decide(user: User, application: Application) -> bool:
    """The partnership's administrators, but not on their own application."""
    own = user.is_authenticated and application.applicant.user_id == user.pk
    return not own and _sits(user, application.partnership, Seat.Role.ADMINISTRATOR)


def may_read_application(user: User, application: Application) -> bool:
    """Both sides, and the facilitator."""
    administers = _sits(user, application.partnership, Seat.Role.ADMINISTRATOR)
    own = user.is_authenticated and application.applicant.user_id == user.pk
    return own or administers or may_apply_for(user, application.organisation) or is_facilitator(user)


def may_withdraw(user: User, application: Application) -> bool:
    """Who may ask may also take it back."""
    return may_apply_for(user, application.organisation)


def may_enter_room(user: User, partnership: Partnership) -> bool:
    """Its members: through a current participation of one's organisation, or a current seat."""
    return user.is_authenticated and visibility.joined_by(user).filter(pk=partnership.pk).exists()


def may_post(user: User, partnership: Partnership) -> bool:
    """Its members, while it lasts."""
    return not partnership.has_ended and may_enter_room(user, partnership)


def may_write_to_administrators(user: User, partnership: Partnership) -> bool:
    """Those who would also read it: who holds an administrator's seat."""
    return _sits(user, partnership, Seat.Role.ADMINISTRATOR)


def may_change_post(user: User, post: Post) -> bool:
    """Its author while a member; the partnership's administrators may take it down (may_remove_post)."""
    return user.is_authenticated and post.author.user_id == user.pk and may_enter_room(user, post.partnership)


def may_remove_post(user: User, post: Post) -> bool:
    return may_change_post(user, post) or _sits(user, post.partnership, Seat.Role.ADMINISTRATOR)


def may_run_partnership(user: User, partnership: Partnership) -> bool:
    """Its administrators, the facilitator and the municipality's editors may change what it says of itself."""
    return (
        _sits(user, partnership, Seat.Role.ADMINISTRATOR) or is_facilitator(user) or user.has_perm(EDITS_PARTNERSHIPS)
    )
