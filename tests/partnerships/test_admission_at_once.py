"""Votes, closings and rules in the same moment: one stands, and the other is told."""

import pytest

from partnerships.models import Application, Decision, Participation, Vote
from partnerships.services import admission, admission_inquiries, admission_rules, admission_votes
from partnerships.services.admission_due import see_to_what_is_due
from partnerships.services.refusals import NotAllowed, WrongState
from tests.factories import make_organisation, make_partnership, make_person, make_seat, yesterday

from .test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


@pytest.fixture
def voted():
    """An application that a board of two votes on, and its administrator."""
    head, applicant, board = make_person("Bo"), make_person("Carla"), [make_person("Ida"), make_person("Per")]
    partnership = make_partnership(administrator=head)
    for person in board:
        make_seat(person, partnership, role="board")
    admission_rules.set_rule(partnership=partnership, actor=head.user, kind="board_vote", vote_days=5)
    company = make_organisation(administrator=applicant)
    own = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
    return admission.apply(message="Gerne.", actor=applicant.user, **own), board, head


def cast(application, person, choice):
    return lambda: admission_votes.cast_vote(
        application=Application.objects.get(pk=application.pk), actor=person.user, choice=choice, reason="Fordi."
    )


def test_one_voter_twice_leaves_one_vote(voted):
    application, (ida, _per), _head = voted
    at_once(*(cast(application, ida, choice) for choice in ("yes", "no", "yes", "blank")))
    assert Vote.objects.count() == 1
    assert Vote.objects.get().casts.count() == 4


def test_the_last_two_votes_close_it_once(voted):
    application, (ida, per), _head = voted
    assert not [came for came in at_once(cast(application, ida, "yes"), cast(application, per, "yes")) if not came]
    assert (Decision.objects.get().outcome, Participation.objects.count()) == ("accepted", 1)


def test_a_yes_and_a_veto_leave_one_decision(voted):
    application, (ida, per), _head = voted
    cast(application, ida, "yes")()
    outcomes = at_once(cast(application, per, "yes"), cast(application, ida, "veto"))
    one_won(outcomes)
    decision = Decision.objects.get()
    assert Participation.objects.count() == (decision.outcome == "accepted")


def test_a_vote_against_the_close_counts_or_is_told_it_comes_too_late(voted):
    application, (ida, per), _head = voted
    cast(application, ida, "no")()
    Application.objects.update(vote_until=yesterday())
    vote, *_ = at_once(cast(application, per, "yes"), see_to_what_is_due, see_to_what_is_due)
    now = Application.objects.get()
    if isinstance(vote, Exception):
        assert isinstance(vote, WrongState | NotAllowed)
        assert (now.state, Vote.objects.count()) == ("refused", 1)
    else:
        assert (now.handed_over is not None, Vote.objects.count()) == (True, 2)


def test_two_questions_at_once_leave_one(voted):
    application, (ida, per), _head = voted
    asks = [
        lambda person=person: admission_inquiries.ask(
            application=Application.objects.get(pk=application.pk), actor=person.user, question="Hvor?"
        )
        for person in (ida, per)
    ]
    one_won(at_once(*asks))


def test_two_who_change_the_rule_at_once_leave_one_version(voted):
    application, _board, head = voted
    change = lambda: admission_rules.set_rule(  # noqa: E731
        partnership=application.partnership, actor=head.user, seen=1, kind="any_administrator"
    )
    assert one_won(at_once(change, change)).version == 2
