"""What time does to applications: votes close, questions that nobody answers let an application lapse, promises are
reminded of and, once broken, told to everybody concerned. Each row in a transaction of its own, each thing told once,
however often and in however many processes this runs."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from partnerships import clock, working_days
from partnerships.models import AdmissionRule, Application, HistoryEntry, Inquiry
from partnerships.told import admission as told

from .admission_votes import close_if_due
from .deciding import things_of
from .history import record

Verb = HistoryEntry.Verb
State = Application.State
REMIND_BEFORE = 2
"""Working days before the promised day, and before the day an answer is due."""


def see_to_what_is_due() -> dict[str, int]:
    """How many of each were done."""
    return {
        "closed": _each(_voted_on(), _close),
        "lapsed": _each(_unanswered(), _lapse),
        "questions reminded": _each_inquiry(),
        "reminded": _each(_to_remind(), _remind),
        "overdue": _each(_overdue(), _escalate),
    }


def _each(rows: QuerySet[Application], act: Callable[[Application], bool]) -> int:
    """The row is read again under its lock: what another process has done meanwhile is not done twice."""
    done = 0
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(of=("self",)).filter(pk=pk).first()
            done += bool(row and act(row))
    return done


def _voted_on() -> QuerySet[Application]:
    return Application.objects.waiting().filter(rule__kind__in=AdmissionRule.VOTED, handed_over=None)


def _close(application: Application) -> bool:
    close_if_due(application=application)
    return not Application.objects.get(pk=application.pk).is_voted_on


def _unanswered() -> QuerySet[Application]:
    late = Inquiry.objects.unanswered().filter(due__lt=clock.today())
    return Application.objects.filter(state=State.ASKED, pk__in=late.order_by().values("application_id"))


def _lapse(application: Application) -> bool:
    application.state = State.LAPSED
    application.save(update_fields=["state"])
    record(Verb.APPLICATION_LAPSED, None, **things_of(application))
    told.application_lapsed(application)
    return True


def _each_inquiry() -> int:
    soon = working_days.after(clock.today(), REMIND_BEFORE)
    open_still = Inquiry.objects.unanswered().filter(application__state=State.ASKED, reminded=None, due__lte=soon)
    done = 0
    for inquiry in open_still.exclude(due__lt=clock.today()).select_related("application__partnership"):
        with transaction.atomic():
            if Inquiry.objects.unanswered().filter(pk=inquiry.pk, reminded=None).update(reminded=clock.now()):
                told.answer_awaited(inquiry)
                done += 1
    return done


def _to_remind() -> QuerySet[Application]:
    """Nobody is reminded on the day they were asked."""
    soon = working_days.after(clock.today(), REMIND_BEFORE)
    waits = Application.objects.filter(state=State.SENT, reminded=None, promised__gte=clock.today())
    near = Q(promised__lte=soon) | Q(vote_until__lte=soon, handed_over=None)
    return waits.filter(near).exclude(sent__date=clock.today())


def _remind(application: Application) -> bool:
    application.reminded = clock.now()
    application.save(update_fields=["reminded"])
    record(Verb.APPLICATION_REMINDED, None, **things_of(application))
    told.promise_near(application)
    return True


def _overdue() -> QuerySet[Application]:
    return Application.objects.filter(state=State.SENT, escalated=None, promised__lt=clock.today())


def _escalate(application: Application) -> bool:
    application.escalated = clock.now()
    application.save(update_fields=["escalated"])
    record(Verb.APPLICATION_OVERDUE, None, **things_of(application))
    told.promise_broken(application)
    return True
