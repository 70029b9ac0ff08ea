"""What waits for the municipality: organisations to verify, reports to decide on. Reading only."""

from django.db.models import Model, QuerySet

from partnerships import permissions
from partnerships.models import Organisation, Report


def unverified_for(user: Model) -> QuerySet[Organisation]:
    """Published organisations that somebody administers and nobody has verified; what an editor entered asks for
    nothing until somebody acts for it."""
    if not permissions.may_verify_organisation(user):
        return Organisation.objects.none()
    waiting = Organisation.objects.public().looked_after().filter(is_looked_after=True, verified=None)
    return waiting.order_by("created", "pk")


def reports_for(user: Model) -> QuerySet[Report]:
    """Reports that this user may decide on."""
    if not permissions.may_decide_reports(user):
        return Report.objects.none()
    about = ("reporter", "direct_message__sender", "profile")
    waiting = Report.objects.waiting().about_others(user).exclude(reporter__user_id=user.pk)
    return waiting.select_related(*about).order_by("made", "pk")
