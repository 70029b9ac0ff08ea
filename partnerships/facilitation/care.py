"""Partnerships that need somebody's care."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from partnerships import clock
from partnerships.models import Application, HistoryEntry, Organisation, Participation, Partnership, Post, Seat

SILENT_AFTER = timedelta(days=180)
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Vacancy:
    """A member that nobody speaks for, or soon nobody: `until` is the last representative's last day."""

    participation: Participation
    until: date | None

    @property
    def is_vacant(self) -> bool:
        return self.until is None


def proposals() -> QuerySet[Partnership]:
    """The oldest first, since each of them waits."""
    waiting = Partnership.objects.filter(state=Partnership.State.PROPOSED)
    return waiting.select_related("proposed_by", "responsible").order_by("created")


def applications() -> QuerySet[Application]:
    """All that wait, in the order in which an answer was promised."""
    waiting = Application.objects.waiting().select_related("partnership", "organisation", "person")
    return waiting.order_by("promised", "pk")


def running() -> QuerySet[Partnership]:
    last_day = Q(until=None) | Q(until__gte=clock.today())
    return Partnership.objects.filter(last_day, state=Partnership.State.OPEN)


def silent() -> QuerySet[Partnership]:
    """Those in which nothing was done or written for half a year, the longest silent first; `heard` is the last sign."""
    acts = HistoryEntry.objects.filter(partnership=OuterRef("pk")).order_by().values("partnership")
    posts = Post.objects.standing().filter(partnership=OuterRef("pk")).order_by().values("partnership")
    heard = Greatest(
        Coalesce(Subquery(acts.annotate(last=Max("at")).values("last")), "created"),
        Coalesce(Subquery(posts.annotate(last=Max("published")).values("last")), "created"),
    )
    return running().annotate(heard=heard).filter(heard__lt=_silent_since()).order_by("heard")


def _silent_since() -> datetime:
    return clock.now() - SILENT_AFTER


def vacancies() -> list[Vacancy]:
    """Members of running partnerships without a representative, and those whose last one's term ends within 60 days."""
    spoken_for = Seat.objects.current().filter(role=Seat.Role.REPRESENTATIVE, participation__isnull=False)
    lasting = spoken_for.filter(Q(until=None) | Q(until__gt=clock.today() + SOON))
    ending = spoken_for.filter(participation=OuterRef("pk")).order_by().values("participation")
    alone = members().exclude(pk__in=lasting.order_by().values("participation_id"))
    rows = alone.annotate(last_day=Subquery(ending.annotate(last=Max("until")).values("last")))
    rows = rows.select_related("organisation", "partnership").order_by("last_day", "partnership__sort_key", "pk")
    return [Vacancy(row, row.last_day) for row in rows]


def in_none(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Those among them that now take part in no running partnership."""
    return organisations.exclude(pk__in=members().order_by().values("organisation_id"))


def members() -> QuerySet[Participation]:
    """Organisations that now take part in running partnerships."""
    current = Participation.objects.current().of_organisations()
    return current.filter(partnership__in=running().order_by().values("pk"))
