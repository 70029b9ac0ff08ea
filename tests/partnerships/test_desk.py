"""What waits for one, what one waits for, what happened: and nothing that one may not open."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from partnerships import clock, desk, permissions
from partnerships.models import HistoryEntry, Report
from partnerships.services import admission, dialogue, organisations, people, reports
from partnerships.waiting import waiting_count
from tests.factories import (
    make_application,
    make_editor,
    make_facilitator,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo():
    return make_person("Bo Formand")


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def company(carla):
    return make_organisation("Fjordbryg ApS", administrator=carla)


@pytest.fixture
def partnership(bo):
    return make_partnership(administrator=bo)


def test_application_waits_for_those_who_decide_and_for_nobody_else(partnership, company, bo, carla):
    application = make_application(partnership, company, carla)
    board = make_person()
    make_seat(board, partnership, role="board")
    former = make_person()
    make_seat(former, partnership, until=yesterday())
    task = desk.tasks_for(bo.user)[0]
    assert (task.kind, task.url, task.due, task.overdue) == (
        "application",
        application.get_absolute_url(),
        application.promised,
        False,
    )
    assert waiting_count(bo.user) == 1
    for person in (carla, board, former, make_facilitator()):
        assert desk.tasks_for(person.user) == []
        assert waiting_count(person.user) == 0


def test_answered_or_withdrawn_applications_wait_for_nobody(partnership, company, bo, carla):
    for state in ("accepted", "refused", "withdrawn"):
        make_application(partnership, company, carla, state=state)
    assert waiting_count(bo.user) == 0
    assert list(desk.sent_by(carla.user)) == []


def test_an_organisation_waits_for_the_municipality_until_it_is_verified(company):
    make_organisation("Indført af en redaktør")
    make_organisation("Kladde", administrator=make_person(), state="draft")
    make_organisation("Uden konto", administrator=make_person(user=False))
    editor = make_editor()
    task = desk.tasks_for(editor.user)[0]
    assert (task.kind, task.title) == ("verification", "Bekræft Fjordbryg ApS")
    assert waiting_count(editor.user) == 1
    for other in (make_facilitator(), company.memberships.get().profile, make_person()):
        assert desk.tasks_for(other.user) == []
        assert waiting_count(other.user) == 0
    organisations.verify(organisation=company, actor=editor.user)
    assert desk.tasks_for(editor.user) == []
    assert waiting_count(editor.user) == 0


def test_a_report_waits_for_those_who_may_decide_on_it(carla, bo):
    reporting, deciding, shown = make_facilitator(), make_facilitator(), make_facilitator("Fie")
    people_editor = make_person()
    people_editor.user.user_permissions.add(Permission.objects.get(codename="change_profile"))
    report = Report.objects.create(reporter=reporting, profile=shown, reason="false")
    for one in (deciding, people_editor):
        assert [(task.kind, task.url) for task in desk.tasks_for(one.user)] == [("report", report.get_absolute_url())]
        assert waiting_count(one.user) == 1
    for other in (reporting, shown, carla, make_editor()):
        assert desk.tasks_for(other.user) == []
        assert waiting_count(other.user) == 0
    reports.decide_report(report=report, actor=deciding.user, upheld=False, answer="Der er intet galt.")
    assert waiting_count(people_editor.user) == 0


def test_own_application_is_not_ones_own_to_answer(partnership, bo):
    own = make_organisation("Formandens Firma", administrator=bo)
    make_application(partnership, own, bo)
    assert desk.tasks_for(bo.user) == []
    assert desk.sent_by(bo.user).count() == 1


def test_overdue_and_soonest_come_first(partnership, bo, carla, company):
    for days in (5, -2, 1):
        make_application(
            partnership,
            make_organisation(f"Firma {days}"),
            carla,
            promised=clock.today() + timedelta(days=days),
        )
    make_membership(make_person("Nina"), make_organisation(administrator=bo), status="requested")
    tasks = desk.tasks_for(bo.user)
    assert [task.overdue for task in tasks] == [True, False, False, False]
    assert [task.kind for task in tasks] == ["application"] * 3 + ["membership"]
    assert [task.due for task in tasks[:3]] == sorted(task.due for task in tasks[:3])


def test_request_waits_for_the_administrators_and_for_the_facilitator_only_without_one(company, carla):
    make_membership(make_person("Nina"), company, status="requested")
    alone = make_organisation("Uden nogen")
    make_membership(make_person("Per"), alone, status="requested")
    silent = make_organisation("Uden konto", administrator=make_person(user=False))
    make_membership(make_person("Ida"), silent, status="requested")
    facilitator = make_facilitator()
    assert [one.organisation for one in desk.requests_for(carla.user)] == [company]
    assert {one.organisation for one in desk.requests_for(facilitator.user)} == {alone, silent}
    assert waiting_count(make_person().user) == 0


def test_every_task_is_one_that_its_reader_may_do(partnership, company, bo, carla):
    make_application(partnership, company, carla)
    facilitator = make_facilitator()
    for organisation in (company, make_organisation("Uden nogen")):
        for person in (make_person(), facilitator, bo):
            make_membership(person, organisation, status="requested")
    Report.objects.create(reporter=bo, profile=carla, reason="false")
    for user in (bo.user, carla.user, facilitator.user):
        assert all(permissions.may_decide_report(user, one) for one in desk.reports_for(user))
        assert all(permissions.may_decide(user, one) for one in desk.applications_for(user))
        assert all(permissions.may_let_in(user, one) for one in desk.requests_for(user))


def test_sent_applications_are_listed_for_those_who_may_read_them(partnership, company, carla):
    editor, staff = make_person("Emil"), make_person("Mie")
    make_membership(editor, company, role="editor")
    make_membership(staff, company)
    make_application(partnership, company, carla)
    for person, count in ((carla, 1), (editor, 1), (staff, 0), (make_person(), 0)):
        assert desk.sent_by(person.user).count() == count
        assert all(permissions.may_read_application(person.user, one) for one in desk.sent_by(person.user))


def test_who_asked_waits_until_the_answer(company, carla):
    newcomer = make_person("Nina")
    asked = people.ask_to_join(organisation=company, actor=newcomer.user)
    assert list(desk.asked_by(newcomer.user)) == [asked]
    people.accept_member(membership=asked, actor=carla.user)
    assert list(desk.asked_by(newcomer.user)) == []


def test_what_happened_is_told_to_those_it_concerns(partnership, company, bo, carla):
    staff, stranger = make_person("Mie"), make_person("Fremmed")
    make_membership(staff, company)
    application = admission.apply(
        partnership=partnership,
        organisation=company,
        tier=partnership.tiers.get(),
        message="Vi vil gerne.",
        actor=carla.user,
    )
    admission.refuse(application=application, actor=bo.user, reason="Ikke i år.")

    def told(person):
        return {entry.verb for entry in desk.happened(person.user)}

    assert told(carla) >= {"application_sent", "application_refused"}
    assert told(bo) >= {"application_sent", "application_refused"}
    assert told(staff) == set()
    assert told(stranger) == set()


def test_nothing_that_happened_leads_to_what_one_may_no_longer_open(partnership, company, bo, carla):
    """Who has left keeps the memory of what they did, but a link that answers "not found" helps nobody."""
    application = make_application(partnership, company, carla)
    admission.accept(application=application, actor=bo.user)
    post = dialogue.publish_post(
        partnership=partnership, actor=carla.user, title="Nyt", body="Vi måler.", audience="members"
    )
    assert post in [entry.post for entry in desk.happened(carla.user)]
    company.memberships.update(until=yesterday())
    assert post not in [entry.post for entry in desk.happened(carla.user)]
    partnership.seats.update(until=yesterday())
    assert application not in [entry.application for entry in desk.happened(bo.user)]


def test_only_the_latest_are_told_and_the_newest_first(carla):
    for number in range(15):
        HistoryEntry.objects.create(actor=carla.user, verb="profile_changed", note=str(number), at=clock.now())
    assert [entry.note for entry in desk.happened(carla.user)] == [str(number) for number in range(14, 2, -1)]


def test_queries_do_not_grow_with_what_waits(partnership, bo, django_assert_num_queries):
    def read():
        user = type(bo.user).objects.get(pk=bo.user.pk)
        return desk.tasks_for(user), waiting_count(user), desk.happened(user)

    for rows in (1, 10):
        for _ in range(rows):
            make_application(partnership, make_organisation(), make_person())
        with django_assert_num_queries(14):
            read()


def test_a_partnership_stands_once_among_ones_own_with_all_one_is_there(client, partnership, bo):
    make_seat(bo, partnership, role="board")
    client.force_login(bo.user)
    page = client.get("/mit/").content.decode()
    own = page[page.index('id="h-par"') :]
    assert own.count(f">{partnership.name}</a>") == 1
    assert "<p>Administrator</p><p>Bestyrelsesmedlem</p>" in own
