"""What the front page shows beside its own texts; every figure is counted, none is written."""

from typing import Any

from django.db.models import Min, Prefetch

from cms.models import CaseStoryPage, HomePage, UpdatePage
from cms.openness import open_pages
from cms.selectors import address, for_cards, in_reading_language, with_counts
from partnerships.models import Goal, Organisation, Partnership, Profile, Seek


def front_page(language: str) -> dict[str, Any]:
    stories = in_reading_language(CaseStoryPage.objects.visible_to(None), language).order_by(
        "-first_published_at", "-pk"
    )
    updates = in_reading_language(UpdatePage.objects.visible_to(None), language).order_by("-date", "-pk")
    return {
        "stories": list(for_cards(stories)[:4]),
        "updates": list(updates.select_related("locale")[:3]),
        "seeking": _seeking(),
        "lists": _lists(language),
        "goals": _goals(),
        "counts": {
            "stories": stories.count(),
            "partnerships": Partnership.objects.visible_to(None).count(),
            "people": Profile.objects.consenting().count(),
            "organisations": Organisation.objects.public().count(),
        },
    }


def _seeking() -> list[Partnership]:
    """Open partnerships with all that each seeks, the one that seeks soonest first."""
    wanted = Seek.objects.current()
    rows = Partnership.objects.shown_whole_to(None).filter(applications_open=True, seeks__in=wanted)
    soonest = rows.annotate(soonest=Min("seeks__until")).order_by("soonest", "pk")
    known = soonest.prefetch_related(Prefetch("seeks", wanted, to_attr="sought"))
    return [partnership for partnership in known if partnership.takes_applications][:4]


def _lists(language: str) -> dict[str, str]:
    """Where each list stands, by the model it lists."""
    home = HomePage.objects.filter(locale__language_code=language).values("path")[:1]
    pages = open_pages().filter(depth=3, path__startswith=home, content_type__model__endswith="indexpage")
    return {page.content_type.model: address(page, language) for page in pages.select_related("content_type")}


def _goals() -> list[Goal]:
    """The goals of the earliest edition whose wording is known, with what is shared under each."""
    goals = Goal.objects.filter(is_theme=False, edition__complete=True)
    return list(with_counts(goals).order_by("edition__period_start", "number")[:6])
