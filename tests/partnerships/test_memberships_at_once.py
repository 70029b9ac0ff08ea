"""Two who act on one membership in the same moment: one wins, the other is told."""

from datetime import timedelta

import pytest
from django.core import mail

from partnerships import clock
from partnerships.models import HistoryEntry, Participation, Proposal, Seat
from partnerships.services import participation, proposals, representing, vacancies
from tests.factories import (
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
)

from .test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


@pytest.fixture
def taking_part():
    """A membership, an administrator of each side, and a colleague."""
    anna, carla, bo = make_person("Anna"), make_person("Carla"), make_person("Bo")
    company = make_organisation(administrator=carla)
    make_membership(bo, company)
    return make_participation(company, make_partnership(administrator=anna)), anna, carla, bo


def again(thing):
    return type(thing).objects.get(pk=thing.pk)


def test_two_representatives_named_at_once_leave_one(taking_part):
    member, _anna, carla, bo = taking_part
    acts = [
        lambda who=who: representing.name_representative(participation=again(member), profile=who, actor=carla.user)
        for who in (carla, bo)
    ]
    seat = one_won(at_once(*acts))
    assert Seat.objects.get(participation=member) == seat


def test_leaving_and_excluding_leave_one_of_the_two(taking_part):
    member, anna, carla, _bo = taking_part
    proposal = Proposal.objects.create(
        participation=member,
        kind="exclusion",
        reason="Kontingentet mangler.",
        answer_by=clock.today() - timedelta(days=1),
        proposed_by=anna,
    )
    one_won(
        at_once(
            lambda: participation.leave(participation=again(member), actor=carla.user),
            lambda: proposals.agree(proposal=again(proposal), actor=anna.user, reason="Intet svar."),
        )
    )
    ends = HistoryEntry.objects.filter(verb__in=["participation_left", "participation_excluded"])
    assert ends.count() == 1
    assert Participation.objects.get().until == clock.today()
    excluded = ends.get().verb == "participation_excluded"
    assert Proposal.objects.get().state == ("agreed" if excluded else "withdrawn")


def test_two_runs_tell_of_a_term_once(taking_part):
    member, _anna, _carla, bo = taking_part
    until = clock.today() + timedelta(days=9)
    make_seat(bo, member.partnership, role="representative", participation=member, until=until)
    outcomes = at_once(vacancies.tell_of_terms, vacancies.tell_of_terms)
    assert sorted(outcomes) == [0, 1]
    assert len(mail.outbox) == 3
