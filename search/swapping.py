"""Which generation answers is the engine's word; the database notes it. Both change together, or are brought together."""

import logging

from django.db import transaction

from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Generation

log = logging.getLogger(__name__)


class TakenOver(RuntimeError):
    """Another process thought this one dead and has dropped what it built."""


def let_answer(generation: Generation) -> None:
    """Noted first and undone when the engine refuses. Only what still stands in the database may answer: a process that
    slept for long finds its work dropped, and must not let searches go to an index that is no more."""
    with transaction.atomic():
        _note(generation)
        current_engine().promote(generation.name)


def believe_the_engine() -> None:
    """A process that died between the swap and its note leaves the two of different minds. Without this the index that
    answers would be dropped as half built, or would no longer be written to."""
    name = current_engine().live()
    answering = Generation.objects.filter(name=name, engine=current_engine().name).exclude(state=Generation.State.LIVE)
    for generation in answering:
        with transaction.atomic():
            _note(generation)


def _note(generation: Generation) -> None:
    states = Generation.State
    if not Generation.objects.filter(pk=generation.pk).update(state=states.LIVE):
        raise TakenOver(f"{generation.name} was dropped by another process.")
    Generation.objects.filter(state=states.LIVE).exclude(pk=generation.pk).update(state=states.OLD)
    generation.state = states.LIVE


def drop(generation: Generation) -> None:
    """The row before the index: who writes no longer finds it. What answers, or may answer, stays."""
    rows = Generation.objects.filter(pk=generation.pk).exclude(state=Generation.State.LIVE)
    try:
        if current_engine().live() != generation.name and rows.delete()[0]:
            current_engine().drop(generation.name)
    except EngineFailed:
        log.exception("%s could not be dropped; the next rebuild does it", generation.name)


def drop_unknown() -> None:
    """What a dead process began and did not note, or what a database brought back from a copy never knew. If it
    answers, it does so until another takes over."""
    engine = current_engine()
    try:
        known = {*Generation.objects.values_list("name", flat=True), engine.live()}
        for unknown in {*engine.generations()} - known:
            engine.drop(unknown)
    except EngineFailed:
        log.exception("What nobody knows could not be dropped; the next rebuild does it")
