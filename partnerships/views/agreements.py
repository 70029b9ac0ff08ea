from dataclasses import replace

from django.db.models import Case, Exists, Model, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships import clock, ruling, working_days
from partnerships.answer_times import answer_time
from partnerships.facets import PLACE, TOPIC
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Partnership, Post, Seek
from partnerships.permissions import may_enter_room, may_run_partnership, may_see_whole
from partnerships.relations import relations_of
from partnerships.room_public import public_part
from partnerships.standing import speakers_of, tiers_of
from partnerships.visibility import sees_whole

KIND = Rule("kind", gettext_lazy("Kind"), "kind", lambda: Partnership.Kind.choices)
LATEST_POSTS = 5


@require_safe
def partnership_list(request: HttpRequest) -> HttpResponse:
    rows = _seeking_first(Partnership.objects.visible_to(request.user), request.user)
    if text := text_in(request.GET):
        rows = rows.filter(named_like(text, "name_en"))
    listing = narrowed(rows, _rules_for(request.user), request.GET)
    return render(request, "partnerships/partnership_list.html", {"listing": listing})


def _rules_for(user: Model) -> tuple[Rule, ...]:
    """A listed partnership's topics and places stand for its members, so others do not find it by them."""

    def shown() -> Q:
        return sees_whole(user)

    return (KIND, replace(TOPIC, only=shown), replace(PLACE, only=shown))


def _seeking_first(rows: QuerySet, user: Model) -> QuerySet:
    """Those that seek members, then those that run, then those that rest, then those that have ended."""
    sought = Seek.objects.current().filter(partnership__in=Partnership.objects.shown_whole_to(user))
    seeks = Exists(sought.filter(partnership=OuterRef("pk")))
    lasts = (Q(until=None) | Q(until__gte=clock.today())) & ~Q(state__in=Partnership.OVER)
    runs = lasts & Q(state=Partnership.State.OPEN)
    rank = Case(
        When(Q(runs, seeks, applications_open=True), then=Value(0)),
        When(runs, then=Value(1)),
        When(lasts, then=Value(2)),
        default=Value(3),
    )
    wanted = Prefetch("seeks", sought, to_attr="sought")
    return rows.annotate(rank=rank).order_by("rank", "sort_key").prefetch_related(wanted)


@require_safe
def partnership(request: HttpRequest, slug: str) -> HttpResponse:
    rows = Partnership.objects.visible_to(request.user).select_related(
        "responsible", "organisation", "picture", "funder"
    )
    found = get_object_or_404(rows, slug=slug)
    if found.state in Partnership.BEFORE:
        return redirect(found)
    may_enter = request.user.is_authenticated and may_enter_room(request.user, found)
    answer_by = working_days.after(clock.today(), found.answer_days)
    apply = {
        "partnership": found,
        "may_enter": may_enter,
        "usual": answer_time(found) if found.takes_applications else None,
        "answer_by": answer_by,
        "promised_days": (answer_by - clock.today()).days,
        "relations": relations_of(found, request.user),
    }
    if not may_see_whole(request.user, found):
        return render(request, "partnerships/partnership_listed.html", apply)
    return render(request, "partnerships/partnership.html", {**apply, **_whole(found, request.user)})


def _whole(found: Partnership, viewer: Model) -> dict[str, object]:
    tiers = tiers_of(found)
    return {
        "topics": list(found.topics.all()),
        "places": list(found.places.all()),
        "goals": list(found.goals.select_related("edition")),
        "tiers": tiers,
        "member_count": sum(standing.total for standing in tiers),
        "seeks": list(found.seeks.current()),
        "speakers": speakers_of(found),
        "posts": _posts_for_all(found, viewer),
        **public_part(found, viewer),
        **ruling.as_said(ruling.rule_of(found)),
        "steps": list(found.steps.select_related("into")),
        "statutes": found.statutes.in_force().first(),
        "may_run": viewer.is_authenticated and may_run_partnership(viewer, found),
    }


def _posts_for_all(partnership: Partnership, viewer: Model) -> list[Post]:
    """In a partnership that is not public they are for those who take part."""
    posts = Post.objects.visible_to(viewer).filter(partnership=partnership, audience=Post.Audience.PUBLIC)
    posts = posts.select_related("organisation", "partnership")
    return list(posts[:LATEST_POSTS])
