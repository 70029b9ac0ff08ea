from dataclasses import replace

from django.db.models import (
    Case,
    Exists,
    FilteredRelation,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships import clock, ruling, working_days
from partnerships.answer_times import answer_time
from partnerships.facets import PLACE, TOPIC
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Partnership, Post, Seek, Statutes
from partnerships.permissions import may_enter_room, may_run_partnership, may_see_whole
from partnerships.relations import with_relations
from partnerships.room_public import public_part
from partnerships.standing import taking_part
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
    found, relations = with_relations(_to_be_read_by(request.user), slug)
    if found is None:
        raise Http404
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
        "relations": relations,
    }
    if not may_see_whole(request.user, found):
        return render(request, "partnerships/partnership_listed.html", apply)
    return render(request, "partnerships/partnership.html", {**apply, **_whole(found, request.user)})


def _to_be_read_by(viewer: Model) -> QuerySet[Partnership]:
    """With what a row of its own is joined to: the rule in force, and the statutes where there are any."""
    rows = Partnership.objects.visible_to(viewer).read_for(viewer)
    newest = Statutes.objects.in_force().filter(partnership=OuterRef("pk")).values("since")[:1]
    in_force = FilteredRelation("statutes", condition=Q(statutes__since=Subquery(newest)))
    rows = ruling.with_rule(rows).annotate(statutes_now=in_force)
    return rows.select_related("responsible", "organisation", "picture", "funder", "statutes_now")


def _whole(found: Partnership, viewer: Model) -> dict[str, object]:
    taking = taking_part(found)
    return {
        "topics": list(found.topics.all()),
        "places": list(found.places.all()),
        "goals": list(found.goals.select_related("edition")),
        "tiers": taking.tiers,
        "member_count": sum(standing.total for standing in taking.tiers),
        "seeks": list(found.seeks.current()),
        "speakers": taking.speakers,
        "posts": _posts_for_all(found, viewer),
        **public_part(found, viewer),
        **ruling.as_said(ruling.rule_read_with(found), taking.administrators),
        "steps": list(found.steps.select_related("into")),
        "statutes": getattr(found, "statutes_now", None),
        "may_run": viewer.is_authenticated and may_run_partnership(viewer, found),
    }


def _posts_for_all(partnership: Partnership, viewer: Model) -> list[Post]:
    """In a partnership that is not public they are for those who take part."""
    posts = Post.objects.visible_to(viewer).filter(partnership=partnership, audience=Post.Audience.PUBLIC)
    posts = posts.select_related("organisation", "partnership")
    return list(posts[:LATEST_POSTS])
