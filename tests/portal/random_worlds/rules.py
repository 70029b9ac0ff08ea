"""Who may open what, written from what was promised and not from the product: the answer to one address.

`page` is shown, `sign in` leads there, `nothing` is the answer to what does not exist.
"""

from .world import EDITOR, FACILITATOR, SITE_ADMINISTRATOR, VISITOR, World


def belongs(world: World, user, organisation: int, *roles: str) -> bool:
    return any(
        row.person == user and row.organisation == organisation and row.status == "active" and row.term.holds
        for row in world.memberships
        if not roles or row.role in roles
    )


def sits(world: World, user, partnership: int, *roles: str) -> bool:
    return any(
        row.person == user and row.partnership == partnership and row.term.holds
        for row in world.seats
        if not roles or row.role in roles
    )


def takes_part(world: World, user, partnership: int) -> bool:
    """Through an organisation that is in, or by a seat; in what was never opened nobody does."""
    through = (row for row in world.participations if row.partnership == partnership and row.term.holds)
    return lives(world, partnership) and (
        sits(world, user, partnership) or any(belongs(world, user, row.organisation) for row in through)
    )


def lives(world: World, partnership: int) -> bool:
    return world.partnerships[partnership].state not in ("proposed", "declined")


def knows_of(world: World, user, partnership: int) -> bool:
    found = world.partnerships[partnership]
    if user == FACILITATOR or takes_part(world, user, partnership):
        return True
    return found.visibility != "hidden" if lives(world, partnership) else found.proposer == user


def sees_inside(world: World, user, partnership: int) -> bool:
    """Members, seats and public posts: of a public one for everyone, else for those who take part."""
    public = lives(world, partnership) and world.partnerships[partnership].visibility == "public"
    return public or takes_part(world, user, partnership)


def reads(world: World, user, piece) -> bool:
    if piece.removed:
        return False
    inside = takes_part(world, user, piece.partnership)
    match piece.audience:
        case "public":
            return sees_inside(world, user, piece.partnership)
        case "members":
            return inside
        case _:
            return lives(world, piece.partnership) and sits(world, user, piece.partnership, "administrator")


def may_change(world: World, user, post) -> bool:
    """Its author, while a member who may read it."""
    return post.author == user and takes_part(world, user, post.partnership) and reads(world, user, post)


def reads_application(world: World, user, application) -> bool:
    """Both sides, and the facilitator."""
    asked = application.applicant == user or belongs(world, user, application.organisation, "administrator", "editor")
    return asked or user == FACILITATOR or sits(world, user, application.partnership, "administrator")


def reads_participation(world: World, user, participation) -> bool:
    """Both sides, and the facilitator."""
    own = belongs(world, user, participation.organisation, "administrator", "editor")
    return own or user == FACILITATOR or sits(world, user, participation.partnership, "administrator")


def sees_organisation(world: World, user, organisation: int) -> bool:
    """A draft is there for its own and for the municipality's editors."""
    own = belongs(world, user, organisation) or user in (EDITOR, SITE_ADMINISTRATOR)
    return own or not world.drafts[organisation]


def edits_organisation(world: World, user, organisation: int) -> bool:
    own = belongs(world, user, organisation, "administrator", "editor")
    return own or user in (EDITOR, SITE_ADMINISTRATOR)


def answer(world: World, user, kind: str, number: int) -> str:
    """What this address gives this user."""
    closed = "sign in" if user is VISITOR else "nothing"
    match kind:
        case "partnership":
            return _page(knows_of(world, user, number), "nothing")
        case "member_list":
            runs = user == FACILITATOR or sits(world, user, number, "administrator")
            return _page(knows_of(world, user, number) and runs, closed)
        case "meeting_call":
            calls = takes_part(world, user, number) and sits(world, user, number, "administrator", "secretary")
            return _page(calls and world.partnerships[number].state != "closed", closed)
        case "room" | "room_members" | "room_members_csv":
            return _page(takes_part(world, user, number), closed)
        case "post_write":
            over = world.partnerships[number].state == "closed"
            return _page(takes_part(world, user, number) and not over, closed)
        case "post" | "room_document" | "meeting":
            return _page(reads(world, user, world.pieces[number]), "nothing")
        case "post_edit":
            return _page(may_change(world, user, world.pieces[number]), closed)
        case "participation":
            return _page(reads_participation(world, user, world.participations[number]), closed)
        case "application":
            return _page(reads_application(world, user, world.applications[number]), closed)
        case "person":
            return _page(world.consents[number] or user == number, "nothing")
        case "organisation":
            return _page(sees_organisation(world, user, number), "nothing")
        case "organisation_edit":
            return _page(edits_organisation(world, user, number), closed)
    raise AssertionError(kind)


def _page(allowed: bool, otherwise: str) -> str:
    return "page" if allowed else otherwise
