"""What editors ask of the index is done by a worker, once, while search answers; and the screen says how the index is."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.editors import EDITORS
from search import index_health, indexing, upkeep
from search.models import AuditRun, Generation, IndexRequest, OutboxRow
from search.services import upkeep as service
from tests.cms_pages import make_site, make_story
from tests.factories import make_organisation, make_person
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
INDEX = "/admin/search_index/"


@pytest.fixture
def editor():
    make_site()
    user = make_person("Erik Redaktør").user
    user.groups.set(Group.objects.filter(name=EDITORS))
    return user


@pytest.fixture
def screens(index, editor):
    index()
    client = Client()
    client.force_login(editor)
    return client


def state_of(act):
    return IndexRequest.objects.filter(act=act).first().state


class TestAsking:
    def test_a_rebuild_is_done_by_the_worker_and_not_by_the_request(self, screens, index):
        make_story("Varme")
        index()
        before = Generation.objects.get(state="live").name
        assert screens.post(f"{INDEX}ask/", {"act": "rebuild"}).status_code == 302
        assert Generation.objects.get(state="live").name == before
        call_command("index_worker", "--once")
        assert state_of("rebuild") == "done"
        assert Generation.objects.get(state="live").name != before
        assert titles(ask("varme")) == ["Varme"]

    @EMBEDDED
    def test_pressed_twice_it_is_done_once(self, screens):
        for _press in range(3):
            screens.post(f"{INDEX}ask/", {"act": "rebuild"})
        screens.post(f"{INDEX}ask/", {"act": "audit"})
        screens.post(f"{INDEX}ask/", {"act": "nonsense"})
        assert sorted(IndexRequest.objects.values_list("act", flat=True)) == ["audit", "rebuild"]
        assert upkeep.carry_out() == 2
        assert upkeep.carry_out() == 0

    @EMBEDDED
    def test_while_it_is_done_nobody_begins_it_again(self, index, editor, monkeypatch):
        request = service.ask(actor=editor, act="rebuild")
        assert service.begin(request=request)
        assert not service.begin(request=request)
        assert service.ask(actor=editor, act="rebuild").pk == request.pk
        monkeypatch.setattr(indexing, "rebuild", lambda *args: pytest.fail("begun twice"))
        assert upkeep.carry_out() == 0

    @EMBEDDED
    def test_a_failure_is_told_and_may_be_asked_again(self, screens, editor, monkeypatch):
        def fails(say):
            say(1, 2)
            raise indexing.RebuildRunning("A rebuild is under way.")

        monkeypatch.setattr(indexing, "rebuild", fails)
        service.ask(actor=editor, act="rebuild")
        upkeep.carry_out()
        assert state_of("rebuild") == "failed"
        assert "A rebuild is under way." in screens.get(INDEX).content.decode()
        assert service.ask(actor=editor, act="rebuild").state == "waiting"

    def test_who_died_at_work_holds_up_nobody(self, editor):
        request = service.ask(actor=editor, act="rebuild")
        service.begin(request=request)
        IndexRequest.objects.update(touched=timezone.now() - timedelta(minutes=14))
        assert service.ask(actor=editor, act="rebuild").pk == request.pk
        IndexRequest.objects.update(touched=timezone.now() - timedelta(minutes=16))
        assert service.ask(actor=editor, act="rebuild").pk != request.pk

    @pytest.mark.parametrize(("alone", "begun"), [(True, 1), (False, 0)])
    def test_without_a_worker_the_process_does_it_after_the_commit(
        self, settings, monkeypatch, django_capture_on_commit_callbacks, alone, begun
    ):
        settings.KEEPS_THE_TIMETABLE = alone
        threads = []
        monkeypatch.setattr(threading.Thread, "start", lambda thread: threads.append(thread.name))
        with django_capture_on_commit_callbacks(execute=True):
            upkeep.carry_out_soon()
            assert threads == []
        assert len(threads) == begun


class TestAudit:
    def test_the_nightly_command_leaves_what_came_of_it(self, index):
        make_organisation("Værket")
        OutboxRow.objects.all().delete()
        call_command("audit_index", "--only-look")
        run = AuditRun.objects.get()
        assert (run.by, run.missing, run.surplus, run.stale, run.mended) == (None, 1, 0, 0, 0)
        call_command("audit_index")
        run = AuditRun.objects.first()
        assert (run.missing, run.mended) == (1, 1)
        assert run.generation == Generation.objects.get(state="live").name
        call_command("audit_index")
        assert AuditRun.objects.first().differing == 0

    @EMBEDDED
    def test_an_editors_audit_bears_their_name(self, screens, editor):
        assert "aldrig" in screens.get(INDEX).content.decode()
        screens.post(f"{INDEX}ask/", {"act": "audit"})
        upkeep.carry_out()
        assert AuditRun.objects.get().by == editor
        assert "alle rækker stemmer" in screens.get(INDEX).content.decode()

    @EMBEDDED
    def test_a_hundred_runs_are_remembered(self, index, monkeypatch):
        monkeypatch.setattr(service, "KEPT_RUNS", 2)
        for _night in range(4):
            service.run_audit()
        assert AuditRun.objects.count() == 2


class TestScreen:
    @EMBEDDED
    def test_it_says_what_waits_and_since_when(self, screens):
        OutboxRow.objects.create(key="story:1", created=timezone.now() - timedelta(hours=3))
        OutboxRow.objects.create(key="story:2")
        page = screens.get(INDEX).content.decode()
        assert "2 rækker" in page
        assert "den ældste i 3\xa0timer" in page

    @EMBEDDED
    def test_parked_rows_are_shown_with_their_error_and_tried_again(self, screens):
        row = OutboxRow.objects.create(key="story:1", attempts=8, last_error="<b>broken</b>")
        page = screens.get(INDEX).content.decode()
        assert "&lt;b&gt;broken" in page
        screens.post(f"{INDEX}again/")
        row.refresh_from_db()
        assert (row.attempts, row.last_error) == (0, "")

    @EMBEDDED
    def test_progress_is_shown_until_it_is_done(self, screens, editor):
        request = service.ask(actor=editor, act="rebuild")
        Generation.objects.create(name="new", engine="embedded", analysis="x", rows=40, total=100)
        service.begin(request=request)
        page = screens.get(INDEX).content.decode()
        part = screens.get(f"{INDEX}work/")
        for html in (page, part.content.decode()):
            assert 'value="40" max="100"' in html
            assert "40 af 100 rækker er skrevet" in html
        assert "HX-Refresh" not in part
        assert "disabled>Byg indekset op på ny" in page
        service.end(request=request)
        assert screens.get(f"{INDEX}work/")["HX-Refresh"] == "true"

    @EMBEDDED
    def test_it_is_shown_while_the_engine_does_not_answer(self, screens, monkeypatch):
        from search.engines import current_engine
        from search.engines.base import EngineFailed

        def silent():
            raise EngineFailed("refused")

        monkeypatch.setattr(current_engine(), "live", silent)
        assert "nej; der søges i stedet i titler" in screens.get(INDEX).content.decode()

    @EMBEDDED
    def test_more_rows_take_as_many_queries(self, index, editor):
        def asked():
            with CaptureQueriesContext(connection) as captured:
                index_health.state()
            return len(captured)

        def more():
            for number in range(4):
                OutboxRow.objects.create(key=f"story:{number}", attempts=8)
                AuditRun.objects.create(by=editor, generation="x", missing=0, surplus=0, stale=0)
                IndexRequest.objects.create(act="audit", state="done", by=editor)

        more()
        few = asked()
        more()
        assert asked() == few
