"""A member's desk: what waits for one, what one waits for, what happened. Reading only."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from partnerships import clock, permissions, visibility
from partnerships.models import Application, HistoryEntry, Membership


@dataclass(frozen=True)
class Task:
    """One thing that waits for somebody. `due` is the promised day, None where nothing was promised."""

    kind: str
    title: str
    text: str
    url: str
    due: date | None = None

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due < clock.today()


def applications_for(user: Model) -> QuerySet[Application]:
    """Applications this user may decide on and that wait."""
    return (
        Application.objects.waiting()
        .filter(partnership__in=visibility.administered_by(user))
        .exclude(applicant__user_id=user.pk)
        .select_related("partnership", "organisation")
        .order_by("promised")
    )


def requests_for(user: Model) -> QuerySet[Membership]:
    """Requests to join an organisation that this user may answer."""
    administered = Membership.objects.current().filter(role=Membership.Role.ADMINISTRATOR)
    mine = Q(organisation__in=administered.filter(profile__user_id=user.pk).values("organisation_id"))
    if permissions.is_facilitator(user):
        led = administered.filter(profile__user__is_active=True).values("organisation_id")
        mine |= ~Q(organisation__in=led)
    waiting = Membership.objects.waiting().filter(mine).exclude(profile__user_id=user.pk)
    return waiting.select_related("profile", "organisation").order_by("requested")


def waiting_count(user: Model) -> int:
    """How many things wait; the figure beside "My page"."""
    return applications_for(user).count() + requests_for(user).count()


def tasks_for(user: Model) -> list[Task]:
    """What waits for this user, the overdue and the soonest due first."""
    applications = [
        Task(
            "application",
            _("%(organisation)s wants to join %(partnership)s")
            % {"organisation": one.organisation, "partnership": one.partnership},
            _("Sent %(date)s.") % {"date": clock.local_day(one.sent)},
            one.get_absolute_url(),
            one.promised,
        )
        for one in applications_for(user)
    ]
    requests = [
        Task(
            "membership",
            _("%(person)s asks to join %(organisation)s") % {"person": one.profile, "organisation": one.organisation},
            one.message,
            one.get_absolute_url(),
        )
        for one in requests_for(user)
    ]
    return sorted([*applications, *requests], key=lambda task: task.due or date.max)


def sent_by(user: Model) -> QuerySet[Application]:
    """Applications of this user's organisations that wait for an answer."""
    return (
        Application.objects.waiting()
        .filter(Q(applicant__user_id=user.pk) | Q(organisation__in=visibility.organisations_of(user)))
        .select_related("partnership", "organisation")
        .order_by("promised")
    )


def asked_by(user: Model) -> QuerySet[Membership]:
    """Requests of this user to join an organisation that wait for an answer."""
    return Membership.objects.waiting().filter(profile__user_id=user.pk).select_related("organisation")


def happened(user: Model, limit: int = 12) -> list[HistoryEntry]:
    """The latest acts that concern this user: their own, their organisations', their partnerships'."""
    mine = Q(actor_id=user.pk) | Q(profile__user_id=user.pk)
    organisations = Q(organisation__in=visibility.organisations_of(user), application__isnull=False)
    run = Q(partnership__in=visibility.administered_by(user))
    entries = HistoryEntry.objects.filter(mine | organisations | run)
    return list(
        entries.select_related(
            "organisation", "partnership", "application", "membership__organisation", "post", "profile"
        )[:limit]
    )
