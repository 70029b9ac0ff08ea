from collections import defaultdict

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.models import Goal, Organisation, Partnership, Place, PlanEdition, Profile, Topic

SHOWN = 12


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    counts = (
        ("partnerships", _per_topic(Partnership.objects.shown_whole_to(request.user))),
        ("organisations", _per_topic(Organisation.objects.public())),
        ("people", _per_topic(Profile.objects.consenting())),
    )
    topics = list(Topic.objects.all())
    for topic in topics:
        topic.counts = {name: numbers.get(topic.pk, 0) for name, numbers in counts}
    return render(request, "partnerships/topic_list.html", {"topics": topics})


def _per_topic(rows: QuerySet) -> dict[int, int]:
    return dict(rows.order_by().values_list("topics").annotate(Count("pk", distinct=True)))


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    context = {
        "topic": found,
        "partnerships": list(found.partnerships.shown_whole_to(request.user)[:SHOWN]),
        "organisations": list(found.organisations.public()[:SHOWN]),
        "people": list(found.people.consenting().prefetch_related("topics")[:SHOWN]),
    }
    return render(request, "partnerships/topic.html", context)


@require_safe
def place(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Place, slug=slug)
    context = {
        "place": found,
        "partnerships": list(found.partnerships.all()[:SHOWN]),
        "organisations": list(found.organisations.all()[:SHOWN]),
    }
    return render(request, "partnerships/place.html", context)


@require_safe
def goal_list(request: HttpRequest) -> HttpResponse:
    """By plan edition, the newest first, each goal with the one it continues and those that continue it."""
    goals: dict[int, list[Goal]] = defaultdict(list)
    rows = Goal.objects.select_related("edition", "predecessor__edition").prefetch_related("successors__edition")
    shown = Q(partnerships__in=Partnership.objects.shown_whole_to(request.user))
    for row in rows.annotate(partnership_count=Count("partnerships", filter=shown, distinct=True)):
        goals[row.edition_id].append(row)
    editions = [(edition, goals[edition.pk]) for edition in PlanEdition.objects.order_by("-period_start")]
    return render(request, "partnerships/goal_list.html", {"editions": editions})


@require_safe
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Goal.objects.select_related("edition", "predecessor__edition"), slug=slug)
    context = {
        "goal": found,
        "successors": list(found.successors.select_related("edition")),
        "partnerships": list(found.partnerships.shown_whole_to(request.user)),
    }
    return render(request, "partnerships/goal.html", context)
