"""What a partnership's room shows to everyone: documents, meetings and results that were made public."""

from typing import Any

from django.db.models import Model, QuerySet

from partnerships.models import Audience, Meeting, MeetingDecision, Partnership, RoomDocument

LATEST = 5


def public_part(partnership: Partnership, viewer: Model) -> dict[str, Any]:
    """Names for the partnership's own page. In one that is not public they are for those who take part."""
    here = {"partnership": partnership, "audience": Audience.PUBLIC}
    documents = RoomDocument.objects.visible_to(viewer).filter(**here).select_related("current", "partnership")
    meetings = Meeting.objects.visible_to(viewer).filter(**here)
    return {
        "public_documents": list(documents[:LATEST]),
        "public_meetings": list(meetings.select_related("partnership").coming()[:LATEST]),
        "results": list(_results().filter(meeting__in=meetings.order_by().values("pk"))[:LATEST]),
    }


def _results() -> QuerySet[MeetingDecision]:
    """Decisions made public, once the minutes they stand in are approved."""
    approved = MeetingDecision.objects.filter(is_public=True, meeting__minutes_approved__isnull=False)
    return approved.select_related("meeting__partnership").order_by("-meeting__begins", "order", "pk")
