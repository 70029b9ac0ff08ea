"""What applications make wait: to decide or to vote on, a question to answer, a draft to send. Reading only."""

from django.db.models import Model, Q, QuerySet

from partnerships.models import Application, ApplicationDraft, Inquiry, Partnership
from partnerships.visibility import administered_by

OF_APPLICATION = ("partnership", "organisation", "person")


def applications_for(user: Model) -> QuerySet[Application]:
    """Applications that wait for this user: to decide alone, or to vote on, where they have not yet."""
    every = Application.objects.filter(state=Application.State.SENT).order_by()
    alone = every.for_administrators().not_concerning(user).filter(partnership__in=administered_by(user))
    votes = every.filter(handed_over=None).voted_on_by(user).exclude(votes__voter__user_id=user.pk)
    mine = Q(pk__in=alone.values("pk")) | Q(pk__in=votes.values("pk"))
    return Application.objects.filter(mine).select_related(*OF_APPLICATION).order_by("promised")


def questions_for(user: Model) -> QuerySet[Inquiry]:
    """Questions about an application of this user's side that wait for an answer."""
    asked = Application.objects.filter(state=Application.State.ASKED).order_by().on_the_side_of(user)
    waiting = Inquiry.objects.unanswered().filter(application__in=asked.values("pk"))
    return waiting.select_related("application__partnership").order_by("due")


def drafts_of(user: Model) -> QuerySet[ApplicationDraft]:
    """Applications this user has begun, where they can still be sent."""
    own = ApplicationDraft.objects.filter(profile__user_id=user.pk, partnership__applications_open=True)
    return own.filter(partnership__in=Partnership.objects.visible_to(user)).select_related("partnership")
