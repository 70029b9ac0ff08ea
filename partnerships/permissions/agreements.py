"""Who may change what a partnership is."""

from partnerships.models import Partnership

from .facts import User, administers, is_facilitator

EDITS_PARTNERSHIPS = "partnerships.change_partnership"


def may_run_partnership(user: User, partnership: Partnership) -> bool:
    """Its administrators, the facilitator, and the municipality's editors where they know of it, may change what it says
    of itself."""
    if administers(user, partnership) or is_facilitator(user):
        return True
    return user.has_perm(EDITS_PARTNERSHIPS) and may_know_of(user, partnership)


def may_know_of(user: User, partnership: Partnership) -> bool:
    """That it is there, what it is called and what it is for."""
    return partnership.everyone_knows or Partnership.objects.visible_to(user).filter(pk=partnership.pk).exists()


def may_see_whole(user: User, partnership: Partnership) -> bool:
    """Its members, seats and all else it tells of itself; who helps across partnerships sees it, but no member's post."""
    if partnership.is_public or is_facilitator(user):
        return True
    return Partnership.objects.shown_whole_to(user).filter(pk=partnership.pk).exists()


def may_change_proposal(user: User, partnership: Partnership) -> bool:
    """Who proposed it, until it is opened."""
    own = partnership.proposed_by is not None and partnership.proposed_by.user_id == user.pk
    return user.is_authenticated and own and partnership.state in Partnership.BEFORE


def may_read_proposal(user: User, partnership: Partnership) -> bool:
    """Who proposed it, and who answers."""
    return partnership.state in Partnership.BEFORE and (may_change_proposal(user, partnership) or is_facilitator(user))
