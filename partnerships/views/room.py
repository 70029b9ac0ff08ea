"""The members' room: what waits for the member comes first, then what is new, then who is there."""

from django.core.paginator import Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import room_tasks
from partnerships.ballot import votes_for_members
from partnerships.models import Meeting, Participation, Partnership, Post, Profile, RoomDocument, Seat
from partnerships.permissions import may_enter_room, may_read_participation, may_write_to_administrators
from partnerships.permissions.room import CALLS
from partnerships.room_people import municipality_takes_part
from partnerships.tables import as_csv
from partnerships.visibility import organisations_of

from .signed_in import named

POSTS_A_PAGE = 20
MEMBERS_A_PAGE = 50
NEXT_MEETINGS = 3
LATEST_DOCUMENTS = 5
LATEST_VOTES = 3


def entered(request: HttpRequest, slug: str) -> Partnership:
    """The partnership whose room the viewer may enter; to anybody else there is none."""
    found = get_object_or_404(Partnership.objects.select_related("responsible"), slug=slug)
    if not may_enter_room(request.user, found):
        raise Http404
    return found


@require_safe
@named
def room(request: HttpRequest, slug: str) -> HttpResponse:
    found = entered(request, slug)
    seats = _seats_shown(found, request.profile)
    own_seats = [seat for seat in seats if seat.profile_id == request.profile.pk]
    roles, lasts = {seat.role for seat in own_seats}, not found.has_ended
    administers = Seat.Role.ADMINISTRATOR in roles
    own = Q(organisation__in=organisations_of(request.user)) | Q(profile=request.profile)
    through = found.participations.current().filter(own)
    context = {
        "partnership": found,
        "own_participations": [
            (row, may_read_participation(request.user, row))
            for row in through.select_related("organisation", "profile", "tier", "partnership")
        ],
        "own_seats": own_seats,
        "administers": administers,
        "may_write": lasts,
        "may_call": lasts and not roles.isdisjoint(CALLS),
        "may_be_asked_for": municipality_takes_part(found),
        "applications": _waiting(found) if administers else [],
        "invitations": list(room_tasks.invitations_for(request.user).filter(partnership=found)),
        "decisions": list(room_tasks.decisions_for(request.user).filter(meeting__partnership=found)),
        "without_minutes": list(room_tasks.without_minutes(request.user).filter(partnership=found)),
        "page": Paginator(_posts(request, found), POSTS_A_PAGE).get_page(request.GET.get("page")),
        "meetings": list(_of(found, Meeting.objects.visible_to(request.user)).coming()[:NEXT_MEETINGS]),
        "documents": _documents(request, found),
        "votes": list(votes_for_members(found)[:LATEST_VOTES]),
        "seats": [seat for seat in seats if seat.role not in Seat.FOR_AN_ORGANISATION],
    }
    return render(request, "partnerships/room/room.html", context)


def _seats_shown(partnership: Partnership, profile: Profile) -> list[Seat]:
    """Of those who run it, and one's own, in one query; what one may do is read from one's own (permissions/room.py)."""
    run, own = ~Q(role__in=Seat.FOR_AN_ORGANISATION), Q(profile=profile)
    return list(partnership.seats.current().filter(run | own).select_related("profile"))


def _of(partnership: Partnership, rows: QuerySet) -> QuerySet:
    return rows.filter(partnership=partnership).select_related("partnership")


def _posts(request: HttpRequest, partnership: Partnership) -> QuerySet[Post]:
    posts = _of(partnership, Post.objects.visible_to(request.user))
    return posts.select_related("author", "organisation", "partnership").order_by("-published", "-pk")


def _documents(request: HttpRequest, partnership: Partnership) -> list[RoomDocument]:
    rows = _of(partnership, RoomDocument.objects.visible_to(request.user)).select_related("current", "partnership")
    return list(rows[:LATEST_DOCUMENTS])


def _waiting(partnership: Partnership) -> list:
    return list(
        partnership.applications.waiting()
        .select_related("organisation", "person", "tier", "applicant")
        .order_by("sent")
    )


@require_safe
@named
def members(request: HttpRequest, slug: str) -> HttpResponse:
    found = entered(request, slug)
    context = {
        "partnership": found,
        "page": Paginator(_members(found), MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "seats": list(_without_an_organisation(found)),
        "administers": may_write_to_administrators(request.user, found),
    }
    return render(request, "partnerships/room/members.html", context)


@require_safe
@named
def members_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Whoever acts here is named to the members, and each organisation's shared mailbox, but nobody's own address."""
    found = entered(request, slug)
    columns = [_("Organisation"), _("Kind of membership"), _("Since"), _("Until"), _("Mailbox"), _("Person"), _("Role")]
    rows = [_row_of(row, seat) for row in _members(found) for seat in row.acting or [None]]
    rows += [
        ["", "", seat.since, seat.until, "", seat.profile, seat.get_role_display()]
        for seat in _without_an_organisation(found)
    ]
    return as_csv(columns, rows, name=f"{found.slug}-{_('members')}")


def _row_of(row: Participation, seat: Seat | None) -> list[object]:
    mailbox = row.organisation.mailbox if row.organisation else ""
    acting = [seat.profile, seat.get_role_display()] if seat else ["", ""]
    since = row.since if row.since_is_known else ""
    return [row.member, row.tier.name, since, row.until, mailbox, *acting]


def _members(partnership: Partnership) -> QuerySet[Participation]:
    acting = Prefetch(
        "seats", Seat.objects.current().select_related("profile").order_by("-role", "since"), to_attr="acting"
    )
    rows = partnership.participations.current().select_related("organisation", "profile", "tier")
    return rows.prefetch_related(acting).order_by("tier__order", "organisation__sort_key", "pk")


def _without_an_organisation(partnership: Partnership) -> QuerySet[Seat]:
    seats = partnership.seats.current().exclude(role__in=Seat.FOR_AN_ORGANISATION)
    return seats.select_related("profile").order_by("role", "profile__sort_key", "pk")
