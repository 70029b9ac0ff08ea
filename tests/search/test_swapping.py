"""Which generation answers: the engine and the database are of one mind, whoever died in between."""

from io import StringIO

import pytest
from django.core.management import call_command

from search import audit, indexing, swapping
from search.engines import current_engine
from search.engines.base import EngineFailed
from search.models import Generation, OutboxRow
from tests.factories import make_organisation

from .asking import ask, titles

pytestmark = pytest.mark.django_db
LIVE, OLD, BUILDING = Generation.State.LIVE, Generation.State.OLD, Generation.State.BUILDING


@pytest.fixture
def swapped(index):
    """A rebuild has died after the swap and before the swap was noted: full and answering, and noted as half built."""
    make_organisation("Dampværket")
    generation = indexing.rebuild()
    Generation.objects.filter(pk=generation.pk).update(state=BUILDING)
    Generation.objects.exclude(pk=generation.pk).update(state=LIVE)
    return generation


def state_of(generation):
    return Generation.objects.get(pk=generation.pk).state


def test_what_answers_is_not_taken_for_half_built_by_the_next_rebuild(swapped, monkeypatch):
    seen, fill = [], indexing._fill

    def look(*args):
        seen.append((titles(ask("damp")), ask("damp").notice, state_of(swapped)))
        fill(*args)

    monkeypatch.setattr(indexing, "_fill", look)
    indexing.rebuild(take_over=True)
    assert seen == [(["Dampværket"], "", LIVE)]
    assert state_of(swapped) == OLD


@pytest.mark.parametrize("command", ["index_worker", "audit_index"])
def test_who_comes_by_puts_the_note_right(swapped, command):
    name = make_organisation("Kedelhuset").name
    current_engine().write(swapped.name, [], gone=[f"organisation:{make_organisation('Kajen').pk}"], version=1)
    call_command(command, *(["--once"] if command == "index_worker" else []), stdout=StringIO())
    assert state_of(swapped) == LIVE
    assert titles(ask("kedelhuset")) == [name]


def test_going_back_that_died_half_way_does_not_leave_an_index_that_nobody_writes_to(index):
    before = indexing.rebuild()
    indexing.rebuild()
    current_engine().promote(before.name)
    make_organisation("Senere")
    audit.mend(audit.compare())
    assert titles(ask("senere")) == ["Senere"]
    assert not audit.compare().keys


def test_who_slept_until_another_dropped_its_work_does_not_take_over(index):
    make_organisation("Dampværket")
    index()
    before = current_engine().live()
    current_engine().create("slept")
    slept = Generation.objects.create(name="slept", engine=current_engine().name)
    Generation.objects.filter(pk=slept.pk).delete()
    current_engine().drop("slept")
    with pytest.raises(swapping.TakenOver):
        swapping.let_answer(slept)
    assert current_engine().live() == before
    assert not Generation.objects.filter(name="slept").exists()
    assert titles(ask("damp")) == ["Dampværket"]


def test_what_the_engine_refuses_is_not_noted(index):
    live = Generation.objects.get(state=LIVE)
    absent = Generation.objects.create(name="absent", engine=current_engine().name)
    with pytest.raises(EngineFailed):
        swapping.let_answer(absent)
    assert (state_of(absent), state_of(live)) == (BUILDING, LIVE)
    assert current_engine().live() == live.name


def test_a_swap_whose_note_fails_leaves_what_answers(index, monkeypatch):
    """The database goes away between the swap and the end of the transaction."""
    make_organisation("Dampværket")
    index()
    promote = type(current_engine()).promote

    def and_then_fail(engine, generation):
        promote(engine, generation)
        raise RuntimeError("the database is gone")

    with monkeypatch.context() as broken:
        broken.setattr(type(current_engine()), "promote", and_then_fail)
        with pytest.raises(RuntimeError):
            indexing.rebuild()
    assert titles(ask("damp")) == ["Dampværket"]
    assert not ask("damp").notice
    indexing.rebuild(take_over=True)
    assert not Generation.objects.building().exists()


def test_what_answers_and_is_not_known_answers_until_another_takes_over(index, monkeypatch):
    """As after the database was brought back from a copy."""
    make_organisation("Dampværket")
    index()
    Generation.objects.all().delete()
    unknown, seen, fill = current_engine().live(), [], indexing._fill
    monkeypatch.setattr(indexing, "_fill", lambda *args: (seen.append(titles(ask("damp"))), fill(*args)))
    generation = indexing.rebuild()
    assert seen == [["Dampværket"]]
    assert unknown not in current_engine().generations()
    assert current_engine().live() == generation.name


def test_what_was_only_half_made_is_dropped_by_the_next_rebuild(index, engine_name):
    if engine_name == "embedded":
        (current_engine().folder / "half").mkdir()
    else:
        engine = current_engine()
        engine.create("half")
        engine.managing.indices.delete(index=f"{engine.server.prefix}-index-half")
    assert "half" in current_engine().generations()
    indexing.rebuild()
    assert "half" not in current_engine().generations()
    if engine_name == "elastic":
        assert not engine.managing.indices.exists(index=f"{engine.server.prefix}-passages-half")


def test_a_row_that_parked_is_settled_when_the_same_thing_is_written_later(index):
    mended, broken = make_organisation("Mølle"), make_organisation("Værft")
    index()
    for thing in (mended, broken):
        OutboxRow.objects.create(key=f"organisation:{thing.pk}", attempts=OutboxRow.MOST_ATTEMPTS)
    mended.save()
    index()
    assert list(OutboxRow.objects.values_list("key", flat=True)) == [f"organisation:{broken.pk}"]


def test_an_outbox_of_any_length_is_settled(db):
    OutboxRow.objects.bulk_create([OutboxRow(key=f"organisation:{pk}") for pk in range(1_200)])
    from search import outbox

    outbox.settle(OutboxRow.objects.all())
    assert not OutboxRow.objects.exists()


def test_the_worker_takes_a_new_connection_each_round(db, monkeypatch):
    """A database server that was started anew has forgotten the old one, and nobody else would close it."""
    from search.management.commands import index_worker

    done = []

    def sleep(seconds):
        if done.count("caught up") == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(index_worker.time, "sleep", sleep)
    monkeypatch.setattr(index_worker.swapping, "believe_the_engine", lambda: None)
    monkeypatch.setattr(index_worker.indexing, "catch_up", lambda: done.append("caught up"))
    monkeypatch.setattr(index_worker.at_once, "tell_now", lambda: None)
    monkeypatch.setattr(index_worker, "close_old_connections", lambda: done.append("let go"))
    with pytest.raises(KeyboardInterrupt):
        call_command("index_worker")
    assert done == ["caught up", "let go"] * 2 + ["caught up"]
