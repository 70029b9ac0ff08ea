from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships import clock
from partnerships.answer_times import answer_time
from partnerships.facets import PLACE, TOPIC
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Partnership, Post, Seat, Seek
from partnerships.permissions import may_enter_room, may_post
from partnerships.standing import speakers_of, tiers_of
from partnerships.visibility import administered_by, organisations_of

from .signed_in import named

RULES = (Rule("kind", gettext_lazy("Kind"), "kind", lambda: Partnership.Kind.choices), TOPIC, PLACE)
LATEST_POSTS = 5
POSTS_A_PAGE = 20


@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    rows = _seeking_first(Partnership.objects.all())
    if text := text_in(request.GET):
        rows = rows.filter(named_like(text, "name_en"))
    return render(request, "partnerships/partnership_list.html", {"listing": narrowed(rows, RULES, request.GET)})


def _seeking_first(rows: QuerySet) -> QuerySet:
    """Those that seek members, then those that run, then those that have ended."""
    today = clock.today()
    seeks = Exists(Seek.objects.current().filter(partnership=OuterRef("pk")))
    runs = Q(until=None) | Q(until__gte=today)
    rank = Case(
        When(Q(runs, seeks, applications_open=True), then=Value(0)), When(runs, then=Value(1)), default=Value(2)
    )
    wanted = Prefetch("seeks", Seek.objects.current(), to_attr="sought")
    return rows.annotate(rank=rank).order_by("rank", "sort_key").prefetch_related(wanted)


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Partnership.objects.select_related("responsible", "organisation", "picture"), slug=slug)
    tiers = tiers_of(found)
    context = {
        "partnership": found,
        "topics": list(found.topics.all()),
        "places": list(found.places.all()),
        "goals": list(found.goals.select_related("edition")),
        "tiers": tiers,
        "member_count": sum(len(standing.stands) for standing in tiers),
        "seeks": list(found.seeks.current()),
        "speakers": speakers_of(found),
        "posts": _public_posts(found),
        "usual": answer_time(found) if found.takes_applications else None,
        "answer_by": clock.today() + timedelta(days=found.answer_days),
        "may_enter": request.user.is_authenticated and may_enter_room(request.user, found),
    }
    return render(request, "partnerships/partnership.html", context)


def _public_posts(partnership: Partnership) -> list[Post]:
    posts = Post.objects.public().filter(partnership=partnership).select_related("organisation", "partnership")
    return list(posts[:LATEST_POSTS])


@require_safe
@named
def room(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Partnership, slug=slug)
    if not may_enter_room(request.user, found):
        raise Http404
    posts = Post.objects.visible_to(request.user).filter(partnership=found)
    posts = posts.select_related("author", "organisation", "partnership")
    administers = found.pk in {row["partnership_id"] for row in administered_by(request.user)}
    through = found.participations.current().filter(organisation__in=organisations_of(request.user))
    context = {
        "partnership": found,
        "own_participations": list(through.select_related("organisation", "tier")),
        "own_seats": list(found.seats.current().filter(profile=request.profile)),
        "administers": administers,
        "may_write": may_post(request.user, found),
        "applications": _waiting(found) if administers else [],
        "page": Paginator(posts.order_by("-published", "-pk"), POSTS_A_PAGE).get_page(request.GET.get("page")),
        "seats": list(found.seats.current().exclude(role__in=Seat.FOR_AN_ORGANISATION).select_related("profile")),
    }
    return render(request, "partnerships/room.html", context)


def _waiting(partnership: Partnership) -> list:
    return list(partnership.applications.waiting().select_related("organisation", "tier", "applicant").order_by("sent"))
