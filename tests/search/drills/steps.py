"""Each step at which a rebuild or a worker may die, and how to die there."""

import os
import signal

from .processes import manage

BEFORE, AFTER = "before", "after"
REBUILD = {
    "the index is made, and not noted": ("engine", "create", AFTER),
    "it is noted, and empty": ("indexing", "_fill", BEFORE),
    "a part is written": ("indexing", "_put", AFTER),
    "all is written": ("indexing", "_check", BEFORE),
    "it is about to answer": ("engine", "promote", BEFORE),
    "it answers, and that is not noted": ("engine", "promote", AFTER),
    "it answers": ("tally", "keep", BEFORE),
    "the words are counted": ("outbox", "settle", BEFORE),
    "the outbox is settled": ("indexing", "_drop_all_but_last", BEFORE),
    "an old one is about to be dropped": ("engine", "drop", BEFORE),
}
WORKER = {
    "rows are claimed": ("outbox", "draw_version", BEFORE),
    "the database is read": ("indexing", "_put", BEFORE),
    "rows are written, and not settled": ("outbox", "settle", BEFORE),
}


def rebuild_dying_at(step):
    return _dying(REBUILD[step], manage("rebuild_index", "--take-over"))


def worker_dying_at(step):
    return _dying(WORKER[step], manage("index_worker", "--once"))


def _dying(step, work):
    where, name, when = step

    def begin():
        place = _place(where)
        function = getattr(place, name)
        setattr(place, name, _die if when == BEFORE else _then_die(function))
        work()

    return begin


def _place(where):
    from search import indexing, known_words, outbox
    from search.engines import current_engine

    return {
        "engine": type(current_engine()),
        "indexing": indexing,
        "outbox": outbox,
        "tally": known_words.Tally,
    }[where]


def _die(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def _then_die(function):
    def act(*args, **kwargs):
        function(*args, **kwargs)
        _die()

    return act
