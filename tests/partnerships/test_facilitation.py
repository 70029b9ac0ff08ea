"""What the facilitator is shown: all that waits, is vacant, silent, alone or might fit, with the reason."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from partnerships import clock
from partnerships.facilitation import care, fit, overview
from partnerships.models import Organisation, Partnership
from tests.factories import (
    make_application,
    make_facilitator,
    make_goal,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
    make_topic,
    yesterday,
)

pytestmark = pytest.mark.django_db
DESK, OVERVIEW = "/mit/facilitering/", "/mit/facilitering/overblik/"


def in_days(number):
    return clock.today() + timedelta(days=number)


def ago(days):
    return timezone.now() - timedelta(days=days)


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


@pytest.fixture
def facilitator():
    return client_of(make_facilitator())


def member(partnership, name="Asnæs Damp A/S", until=(), **fields):
    """An organisation in it, with a representative for each last day given."""
    organisation = make_organisation(name)
    participation = make_participation(organisation, partnership, **fields)
    for number, day in enumerate(until):
        person = make_person(f"Repræsentant {number}")
        make_seat(person, partnership, role="representative", participation=participation, until=day)
    return participation


def vacant(partnership):
    return [
        (found.participation.organisation.name, found.until)
        for found in care.vacancies()
        if found.participation.partnership_id == partnership.pk
    ]


@pytest.mark.parametrize(
    ("until", "found"),
    [
        ((), [None]),
        ((-1,), [None]),
        ((60,), [60]),
        ((10, 30), [30]),
        ((61,), []),
        ((None,), []),
        ((10, None), []),
    ],
)
def test_a_member_is_vacant_from_60_days_before_its_last_representative_ends(until, found):
    def days(numbers):
        return [None if number is None else in_days(number) for number in numbers]

    partnership = make_partnership()
    member(partnership, until=days(until))
    assert vacant(partnership) == [("Asnæs Damp A/S", day) for day in days(found)]


def test_nobody_is_missed_where_the_membership_or_the_partnership_is_over():
    over = make_partnership(until=yesterday())
    member(over)
    left = make_partnership()
    member(left, until=(), since=in_days(-30)).__class__.objects.update(until=yesterday())
    assert care.vacancies() == []


def test_a_partnership_is_silent_when_nothing_was_done_or_written_for_half_a_year():
    person = make_person()
    silent = make_partnership("Stille", created=ago(400))
    heard = make_partnership("Hørt", created=ago(400))
    make_post(heard, person, published=ago(170))
    before = make_partnership("Hørt før", created=ago(400))
    make_post(before, person, published=ago(190))
    make_partnership("Ny", created=ago(10))
    make_partnership("Forbi", created=ago(400), until=yesterday())
    assert [one.name for one in care.silent()] == ["Stille", "Hørt før"]
    assert care.silent()[0].heard.date() == silent.created.date()


def test_only_proposals_that_wait_are_shown_the_oldest_first():
    make_partnership("Anden", state=Partnership.State.PROPOSED, created=ago(1))
    make_partnership("Første", state=Partnership.State.PROPOSED, created=ago(9))
    make_partnership("Åben")
    make_partnership("Afvist", state=Partnership.State.DECLINED)
    assert [one.name for one in care.proposals()] == ["Første", "Anden"]


def test_in_none_are_those_whose_memberships_have_ended_or_not_begun():
    partnership = make_partnership()
    member(partnership, "Er med")
    member(partnership, "Har været med", since=in_days(-30)).__class__.objects.filter(
        organisation__name="Har været med"
    ).update(until=yesterday())
    member(partnership, "Kommer med", since=in_days(3))
    names = {one.name for one in care.in_none(Organisation.objects.all())}
    assert {"Har været med", "Kommer med"} <= names
    assert "Er med" not in names


def test_who_might_fit_shares_a_topic_or_serves_a_goal_elsewhere_and_is_not_in_nor_waiting():
    water, heat, goal = make_topic("Vand"), make_topic("Varme"), make_goal("Genbrug vand")
    partnership = make_partnership("Vandnet", topics=[water])
    partnership.goals.add(goal)
    elsewhere = make_partnership("Andet net", applications_open=False)
    elsewhere.goals.add(goal)
    both = make_organisation("Begge dele", topics=[water])
    make_participation(both, elsewhere)
    make_organisation("Kun emnet", topics=[water, heat])
    make_organisation("Noget andet", topics=[heat])
    make_participation(make_organisation("Er med", topics=[water]), partnership)
    waits = make_organisation("Venter", topics=[water])
    make_application(partnership, waits, make_person())
    found = [
        (one.organisation.name, [*map(str, one.topics)], [*map(str, one.goals)]) for one in fit.fits(make_person().user)
    ]
    assert found == [("Begge dele", ["Vand"], ["Genbrug vand"]), ("Kun emnet", ["Vand"], [])]


def test_the_desk_leads_to_every_waiting_application_and_says_which_are_late(facilitator):
    late = make_application(make_partnership(), make_organisation("Sen ApS"), make_person(), promised=in_days(-2))
    answered = make_application(make_partnership(), make_organisation(), make_person(), state="refused")
    page = facilitator.get(DESK).content.decode()
    assert late.get_absolute_url() in page
    assert "2 dage for sent" in page
    assert answered.get_absolute_url() not in page


def test_a_long_list_shows_its_first_few_and_all_when_asked(facilitator):
    partnership = make_partnership()
    for number in range(12):
        make_application(partnership, make_organisation(f"Halmlaug {number:02}"), make_person())
    first, whole = facilitator.get(DESK).content.decode(), facilitator.get(f"{DESK}?all=applications").content.decode()
    assert first.count("Halmlaug") == 10
    assert "Se alle 12" in first
    assert whole.count("Halmlaug") == 12


def test_a_person_who_takes_part_alone_is_no_vacancy_and_a_draft_is_told_of_to_nobody(facilitator):
    water = make_topic("Vand")
    partnership = make_partnership("Vandnet", topics=[water])
    make_participation(make_person("Paula Alene"), partnership)
    make_organisation("Kladde ApS", topics=[water], state=Organisation.State.DRAFT)
    make_organisation("Synlig ApS", topics=[water])
    assert care.vacancies() == []
    for page in (DESK, OVERVIEW, f"{OVERVIEW}?partnership={overview.IN_NONE}"):
        told = facilitator.get(page).content.decode()
        assert "Synlig ApS" in told
        assert "Kladde ApS" not in told


def names(response):
    return {row.organisation.name for row in response.context["table"].rows}


def test_the_overview_names_each_membership_that_holds_today(facilitator):
    partnership = make_partnership("Vandnet")
    member(partnership, "Er med")
    member(partnership, "Kommer med", since=in_days(3))
    table = facilitator.get(OVERVIEW).context["table"]
    cells = {row.organisation.name: [cell and cell.tier.name_da for cell in row.cells] for row in table.rows}
    assert [one.name for one in table.partnerships] == ["Vandnet"]
    assert cells["Er med"] == ["Fuldgyldigt medlem"]
    assert cells["Kommer med"] == [None]


def test_the_overview_is_narrowed_to_members_of_a_partnership_and_to_those_in_none(facilitator):
    one, other = make_partnership("Et", responsible=make_organisation()), make_partnership("To")
    member(one, "I et")
    member(other, "I to")
    make_organisation("I intet")
    assert names(facilitator.get(f"{OVERVIEW}?partnership={one.slug}")) == {"I et"}
    assert "I intet" in names(facilitator.get(f"{OVERVIEW}?partnership={overview.IN_NONE}"))
    both = names(facilitator.get(f"{OVERVIEW}?partnership={overview.IN_NONE}&partnership={one.slug}"))
    assert {"I et", "I intet"} <= both
    assert "I to" not in both


def test_the_table_taken_along_has_every_organisation_found_not_the_page_alone(facilitator):
    partnership = make_partnership("Vandnet")
    for number in range(30):
        member(partnership, f"=Medlem {number:02}")
    response = facilitator.get(f"{OVERVIEW}?format=csv&partnership={partnership.slug}")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Organisation", "Type", "Vandnet"]
    assert len(rows) == 31
    assert rows[1] == ["'=Medlem 00", "Virksomhed", "Fuldgyldigt medlem"]


@pytest.mark.parametrize("path", [DESK, OVERVIEW])
def test_pages_ask_as_often_for_many_as_for_few(facilitator, path, django_assert_max_num_queries):
    water = make_topic()

    def more(count):
        for number in range(count):
            partnership = make_partnership(f"Net {number}", topics=[water], created=ago(400))
            member(partnership, until=[in_days(5)])
            applicant = make_organisation(f"Ansøger {number}", topics=[water])
            make_application(partnership, applicant, make_person())

    def queries():
        with django_assert_max_num_queries(22) as asked:
            facilitator.get(path)
        return len(asked)

    more(3)
    facilitator.get(path)
    few = queries()
    more(17)
    assert queries() == few


@pytest.mark.parametrize("path", [DESK, OVERVIEW])
def test_for_others_it_does_not_exist(path):
    partnership = make_partnership(administrator=(administrator := make_person()))
    member(partnership)
    assert client_of(administrator).get(path).status_code == 404
    assert Client().get(path).status_code == 302
