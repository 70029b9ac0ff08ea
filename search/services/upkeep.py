"""What editors ask of the index: build it anew, compare it with the database, try again what could not be written.

None of it stops a search: a new generation is built beside the one that answers, one at a time.
"""

from datetime import timedelta

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships.services.refusals import NotAllowed
from search import audit, indexing, outbox
from search.engines import current_engine
from search.models import AuditRun, IndexRequest

DEAD_AFTER = timedelta(minutes=15)
KEPT_RUNS = 100


def ask(*, actor: models.Model, act: str) -> IndexRequest:
    """Asked twice, it is done once: while one is unfinished, that is the answer."""
    if not actor.has_perm("search.add_indexrequest"):
        raise NotAllowed(_("Only editors may ask for this."))
    give_up_the_dead()
    try:
        with transaction.atomic():
            return IndexRequest.objects.create(act=act, by=actor)
    except IntegrityError:
        return IndexRequest.objects.unfinished().get(act=act)


def begin(*, request: IndexRequest) -> bool:
    """Of two workers, one begins."""
    waiting = IndexRequest.objects.waiting().filter(pk=request.pk)
    return bool(waiting.update(state=IndexRequest.State.RUNNING, touched=timezone.now()))


def still_works(*, request: IndexRequest) -> None:
    IndexRequest.objects.running().filter(pk=request.pk).update(touched=timezone.now())


def end(*, request: IndexRequest, error: str = "") -> None:
    state = IndexRequest.State.FAILED if error else IndexRequest.State.DONE
    IndexRequest.objects.filter(pk=request.pk).update(state=state, error=error[:300], touched=timezone.now())


def give_up_the_dead() -> None:
    """A process that was killed says no more; somebody may then ask again."""
    dead = IndexRequest.objects.running().filter(touched__lt=timezone.now() - DEAD_AFTER)
    dead.update(state=IndexRequest.State.FAILED, error="The process that did it ended.")


def run_audit(*, by: models.Model | None = None, mend: bool = True) -> AuditRun:
    """Compares, mends, and remembers what came of it."""
    drift = audit.compare()
    mended = audit.mend(drift) if mend and drift.keys else 0
    run = AuditRun.objects.create(
        by=by,
        generation=current_engine().live(),
        missing=len(drift.missing),
        surplus=len(drift.surplus),
        stale=len(drift.stale),
        mended=mended,
    )
    AuditRun.objects.filter(pk__lte=run.pk - KEPT_RUNS).delete()
    return run


@transaction.atomic
def try_again(*, actor: models.Model) -> int:
    """Every parked row has all its attempts before it again. Returns how many there were."""
    if not actor.has_perm("search.change_outboxrow"):
        raise NotAllowed(_("Only editors may ask for this."))
    woken = outbox.parked().update(attempts=0, last_error="")
    transaction.on_commit(indexing.catch_up_soon, robust=True)
    return woken
