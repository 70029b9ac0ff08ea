"""What the front page shows beside its own texts; every figure is counted, none is written."""

from typing import Any

from django.db.models import Count, Q

from cms.models import CaseStoryPage, SolutionIdeaPage, UpdatePage
from cms.selectors import for_cards, in_reading_language
from partnerships.models import Goal, Organisation, Partnership, Profile, Seek


def front_page(language: str) -> dict[str, Any]:
    stories = in_reading_language(CaseStoryPage.objects.visible_to(None), language).order_by(
        "-first_published_at", "-pk"
    )
    updates = in_reading_language(UpdatePage.objects.visible_to(None), language).order_by("-date", "-pk")
    seeking = Seek.objects.current().filter(partnership__applications_open=True).select_related("partnership")
    return {
        "stories": list(for_cards(stories)[:4]),
        "updates": list(updates.select_related("locale")[:3]),
        "seeks": [seek for seek in seeking if seek.partnership.takes_applications][:4],
        "goals": _goals(),
        "counts": {
            "stories": stories.count(),
            "partnerships": Partnership.objects.count(),
            "people": Profile.objects.consenting().count(),
            "organisations": Organisation.objects.count(),
        },
    }


def _goals() -> list[Goal]:
    """The goals of the earliest edition whose wording is known, with what is shared under each."""
    goals = Goal.objects.filter(is_theme=False, edition__complete=True).select_related("edition")
    public = Q(pages__live=True, pages__locale__language_code="da")
    return list(
        goals.annotate(
            stories=Count("pages", filter=public & Q(pages__in=CaseStoryPage.objects.visible_to(None)), distinct=True),
            ideas=Count("pages", filter=public & Q(pages__in=SolutionIdeaPage.objects.visible_to(None)), distinct=True),
            networks=Count("partnerships", distinct=True),
        ).order_by("edition__period_start", "number")[:6]
    )
