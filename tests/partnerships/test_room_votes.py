"""Votes on new members, seen by the members where the rule says so, and then in the room."""

import pytest
from django.test import Client
from django.urls import reverse

from partnerships import clock
from partnerships.models import AdmissionRule, Application, Vote
from tests.factories import (
    make_application,
    make_decision,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
)
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return [make_person(f"Bestyrelse {number}") for number in range(3)]


@pytest.fixture
def partnership(board):
    made = make_partnership(administrator=make_person("Anna Eksempelsen"))
    for one in board:
        make_seat(one, made, role="board")
    return made


@pytest.fixture
def member(partnership):
    person = make_person("Mie Medlem")
    make_participation(make_organisation("Er med", administrator=person), partnership)
    return person


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def voted(partnership, board, seen_by, *, over=True, name="Fjordbryg ApS", **fields):
    """Two of three have voted."""
    versions = partnership.admission_rules.count()
    rule = AdmissionRule.objects.create(
        partnership=partnership, version=versions + 1, kind="board_vote", vote_days=5, seen_by=seen_by
    )
    head = make_person("Carla Mønster")
    organisation = make_organisation(name, administrator=head)
    application = make_application(
        partnership, organisation, head, rule=rule, message="Kun for dem der afgør", **fields
    )
    Vote.objects.create(application=application, voter=board[0], choice="yes")
    Vote.objects.create(application=application, voter=board[1], choice="no", reason="For langt væk")
    if over:
        make_decision(application, None, outcome="refused", reason="Ved afstemning", counted=COUNTED)
    return Application.objects.get(pk=application.pk)


COUNTED = {"voters": 3, "yes": 1, "no": 1, "blank": 0, "veto": 0}


def list_of(partnership):
    return reverse("partnerships:room_votes", args=[partnership.slug])


def page_of(application):
    return reverse("partnerships:room_vote", args=[application.partnership.slug, application.pk])


def test_a_member_sees_who_voted_what_and_why_from_the_room(partnership, board, member):
    application = voted(partnership, board, "members_after")
    client = client_of(member)
    room = client.get(reverse("partnerships:room", args=[partnership.slug])).content.decode()
    assert page_of(application) in room and list_of(partnership) in room
    assert page_of(application) in client.get(list_of(partnership)).content.decode()
    page = client.get(page_of(application)).content.decode()
    assert "Bestyrelse 0" in page and "For langt væk" in page
    assert "Kun for dem der afgør" not in page
    assert application.get_absolute_url() not in page


@pytest.mark.parametrize(
    ("seen_by", "over", "sees"),
    [
        ("members", False, True),
        ("members", True, True),
        ("members_after", True, True),
        ("members_after", False, False),
        ("both_after", True, False),
        ("both_after", False, False),
        ("voters", True, False),
        ("voters", False, False),
    ],
)
def test_members_see_the_votes_when_the_rule_says_so(partnership, board, member, seen_by, over, sees):
    application = voted(partnership, board, seen_by, over=over)
    client = client_of(member)
    assert [client.get(page).status_code for page in (page_of(application), list_of(partnership))] == [
        200 if sees else 404
    ] * 2
    room = client.get(reverse("partnerships:room", args=[partnership.slug])).content.decode()
    assert ("Fjordbryg ApS" in room) is sees


def test_to_others_the_votes_do_not_exist(partnership, board, member):
    application = voted(partnership, board, "members")
    elsewhere = make_partnership("Et andet", administrator=member)
    stranger, applicant = make_person(), application.applicant
    for person in (stranger, applicant):
        assert client_of(person).get(page_of(application)).status_code == 404
        assert client_of(person).get(list_of(partnership)).status_code == 404
    assert Client().get(page_of(application)).status_code == 302
    wrong = reverse("partnerships:room_vote", args=[elsewhere.slug, application.pk])
    assert client_of(member).get(wrong).status_code == 404


def test_what_one_administrator_decides_or_a_draft_asked_for_is_no_vote_of_the_members(partnership, board, member):
    alone = make_application(partnership, make_organisation("Afgjort alene"), make_person())
    make_decision(alone, None)
    draft = voted(partnership, board, "members", name="Kladde ApS")
    draft.organisation.state = "draft"
    draft.organisation.save()
    assert client_of(member).get(page_of(alone)).status_code == 404
    assert client_of(member).get(page_of(draft)).status_code == 404


def test_the_list_costs_as_many_queries_with_many_votes(partnership, board, member):
    client, counts = client_of(member), []
    first = voted(partnership, board, "members", over=False)
    for rows in (20, 180):
        organisations = [make_organisation(f"Firma {number}") for number in range(rows)]
        same = {"partnership": partnership, "applicant": first.applicant, "rule": first.rule, "tier": first.tier}
        Application.objects.bulk_create(
            Application(organisation=one, message="x", promised=clock.today(), **same) for one in organisations
        )
        counts.append(len(queries_of(client, list_of(partnership))))
    assert counts[0] == counts[1] <= 16
