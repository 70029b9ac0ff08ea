"""Two who act in the same moment, in threads with connections of their own: one wins, the other is told it is too late.

Such tests empty the database after themselves. What migrations wrote is put back, before each test by
`serialized_rollback` and after the last one here for whatever comes next.
"""

from threading import Barrier, Thread

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection

from partnerships.models import (
    Application,
    Consent,
    Decision,
    DirectMessage,
    HistoryEntry,
    Membership,
    Organisation,
    Participation,
    Post,
    Profile,
    Report,
    Seat,
)
from partnerships.services import admission, consents, dialogue, direct_messages, organisations, people, reports, seats
from partnerships.services.refusals import WrongState
from tests.factories import (
    make_application,
    make_facilitator,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
    make_user,
)

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


def at_once(*acts):
    """What came of each act: its result, or the refusal it met."""
    start, outcomes = Barrier(len(acts)), {}

    def run(number, act):
        try:
            start.wait()
            outcomes[number] = act()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return [outcomes[number] for number in range(len(acts))]


def one_won(outcomes, refusal=WrongState):
    """One result, the others told that they came too late; gives the result."""
    lost = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [type(error) for error in lost] == [refusal] * (len(outcomes) - 1), outcomes
    return next(outcome for outcome in outcomes if not isinstance(outcome, Exception))


def sent_to(person):
    return [letter for letter in mail.outbox if letter.to == [person.user.email]]


@pytest.fixture
def applied():
    """An application, and two who may decide on it."""
    applicant = make_person("Carla")
    company = make_organisation(administrator=applicant)
    first, second = make_person("Bo"), make_person("Ida")
    partnership = make_partnership(administrator=first)
    make_seat(second, partnership)
    return make_application(partnership, company, applicant), first.user, second.user


@pytest.mark.parametrize("other", ["accept", "refuse"])
def test_two_administrators_leave_one_decision_and_one_mail(applied, other):
    application, first, second = applied
    also = Application.objects.get(pk=application.pk)
    reason = {"reason": "Ikke i år."} if other == "refuse" else {}
    outcomes = at_once(
        lambda: admission.accept(application=application, actor=first),
        lambda: getattr(admission, other)(application=also, actor=second, **reason),
    )
    decision = one_won(outcomes)
    assert Decision.objects.get() == decision
    assert Application.objects.get().state == decision.outcome
    assert Participation.objects.count() == (decision.outcome == "accepted")
    verdicts = HistoryEntry.objects.filter(verb__in=["application_accepted", "application_refused"])
    assert verdicts.get().actor == decision.decided_by.user
    assert len(sent_to(application.applicant)) == 1


def test_ten_clicks_leave_one_decision(applied):
    application, first, _second = applied
    clicks = [Application.objects.get(pk=application.pk) for _ in range(10)]
    one_won(at_once(*(lambda one=one: admission.accept(application=one, actor=first) for one in clicks)))
    assert Decision.objects.count() == Participation.objects.count() == 1
    assert len(sent_to(application.applicant)) == 1


def test_deciding_and_withdrawing_leave_one_of_the_two(applied):
    application, first, _second = applied
    also = Application.objects.get(pk=application.pk)
    one_won(
        at_once(
            lambda: admission.accept(application=application, actor=first),
            lambda: admission.withdraw(application=also, actor=application.applicant.user),
        )
    )
    state = Application.objects.get().state
    assert (state, Decision.objects.count(), Participation.objects.count()) in [("accepted", 1, 1), ("withdrawn", 0, 0)]


def test_applying_twice_leaves_one_application():
    applicant, head = make_person("Carla"), make_person("Bo")
    company, partnership = make_organisation(administrator=applicant), make_partnership(administrator=head)
    fields = {"partnership": partnership, "organisation": company, "tier": partnership.tiers.get()}
    act = lambda: admission.apply(message="Vi vil gerne.", actor=applicant.user, **fields)  # noqa: E731
    one_won(at_once(act, act))
    assert Application.objects.count() == 1
    assert len(sent_to(head)) == len(sent_to(applicant)) == 1


def test_asking_to_join_twice_leaves_one_request():
    head, newcomer = make_person("Carla"), make_person("Nina")
    company = make_organisation(administrator=head)
    act = lambda: people.ask_to_join(organisation=company, actor=newcomer.user)  # noqa: E731
    one_won(at_once(act, act))
    assert Membership.objects.waiting().count() == 1
    assert len(sent_to(head)) == 1


def test_two_answers_to_one_request_leave_one():
    first, second, newcomer = make_person("Carla"), make_person("Ib"), make_person("Nina")
    company = make_organisation(administrator=first)
    make_membership(second, company, role="administrator")
    asked = make_membership(newcomer, company, status="requested")
    also = Membership.objects.get(pk=asked.pk)
    one_won(
        at_once(
            lambda: people.accept_member(membership=asked, actor=first.user),
            lambda: people.refuse_member(membership=also, actor=second.user, reason="Ukendt."),
        )
    )
    assert HistoryEntry.objects.filter(membership=asked).count() == 1
    assert len(sent_to(newcomer)) == 1


def test_two_last_administrators_who_leave_together_leave_one():
    first, second = make_person("Carla"), make_person("Ib")
    company = make_organisation(administrator=first)
    make_membership(second, company, role="administrator")
    own = {one.profile_id: one for one in company.memberships.all()}
    one_won(
        at_once(
            *(
                lambda person=person: people.end_membership(membership=own[person.pk], actor=person.user)
                for person in (first, second)
            )
        )
    )
    assert company.memberships.current().filter(role="administrator").count() == 1


def test_two_last_seats_that_end_together_leave_one():
    first, second = make_person("Bo"), make_person("Ida")
    partnership = make_partnership(administrator=first)
    make_seat(second, partnership)
    held = list(partnership.seats.select_related("profile__user"))
    one_won(at_once(*(lambda seat=seat: seats.end_seat(seat=seat, actor=seat.profile.user) for seat in held)))
    assert Seat.objects.filter(until=None).count() == 1


def test_registering_twice_makes_one_organisation():
    person = make_person("Carla")
    act = lambda: organisations.register(actor=person.user, name="Fjordbryg", kind="company")  # noqa: E731
    one_won(at_once(act, act))
    assert Organisation.objects.count() == 1


def test_change_and_removal_of_a_post_never_end_with_the_post_back():
    author, head = make_person("Mie"), make_person("Bo")
    company = make_organisation(administrator=author)
    post = make_post(make_partnership(members=[company], administrator=head), author)
    also = Post.objects.get(pk=post.pk)
    text = {"title": "Nyt", "body": "Nyt", "audience": "public"}
    at_once(
        lambda: dialogue.remove_post(post=post, actor=head.user),
        lambda: dialogue.change_post(post=also, actor=author.user, **text),
    )
    assert Post.objects.get().removed is not None


@pytest.mark.parametrize("purpose", ["contact", "search"])
def test_saying_yes_twice_at_once_leaves_one_yes_and_no_error(purpose):
    person = make_person("Nina", consents="contact" if purpose == "search" else False)
    act = lambda: consents.give_consent(profile=person, actor=person.user, purpose=purpose)  # noqa: E731
    first, second = at_once(act, act)
    assert first == second == Consent.objects.current().get(profile=person, purpose=purpose)


def test_withdrawing_the_page_and_asking_to_be_found_leave_no_one_found_without_a_page():
    person = make_person("Nina", consents="contact")
    at_once(
        lambda: consents.withdraw_consent(profile=person, actor=person.user, purpose="contact"),
        lambda: consents.give_consent(profile=person, actor=person.user, purpose="search"),
    )
    assert not Consent.objects.current().filter(profile=person).exists()


def test_an_account_that_asks_twice_at_once_gets_one_profile():
    user = make_user()
    act = lambda: people.create_profile(user=user, name="Nina")  # noqa: E731
    profiles = at_once(act, act, act)
    assert {profile.pk for profile in profiles} == {Profile.objects.get(user=user).pk}
    assert HistoryEntry.objects.filter(verb="profile_created").count() == 1


def test_namesakes_who_come_at_once_get_addresses_of_their_own():
    users = [make_user() for _ in range(4)]
    profiles = at_once(*(lambda user=user: people.create_profile(user=user, name="Anne Jensen") for user in users))
    assert len({profile.slug for profile in profiles}) == 4


def test_two_messages_at_once_do_not_pass_the_days_limit_together():
    carla, bo = make_person("Carla", consents=True), make_person("Bo")
    EmailAddress.objects.create(user=bo.user, email=bo.user.email, verified=True, primary=True)
    write = lambda: direct_messages.write_to_person(person=carla, actor=bo.user, subject="A", text="B")  # noqa: E731
    write(), write()
    one_won(at_once(write, write))
    assert DirectMessage.objects.count() == direct_messages.FROM_ONE_TO_ONE


def test_two_decisions_on_a_report_leave_one():
    reporter, first, second = make_person("Carla"), make_facilitator("Fie"), make_facilitator("Frida")
    report = Report.objects.create(reporter=reporter, profile=make_person("Bo"), reason="false")
    decide = reports.decide_report
    decided = one_won(
        at_once(
            *(
                lambda who=who: decide(report=report, actor=who.user, upheld=who is first, answer="A")
                for who in (first, second)
            )
        )
    )
    assert Report.objects.get().state == decided.state
    assert HistoryEntry.objects.filter(verb="report_decided").count() == 1
