"""Who sees what, today: posts by audience, terms by their days, people by their consent."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from partnerships import clock, visibility
from partnerships.models import Membership, Participation, Post, Profile, Seat
from tests.factories import (
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
    make_user,
)

pytestmark = pytest.mark.django_db


def day(number):
    return clock.today() + timedelta(days=number)


# since, until, counts today
TERMS = {
    "open": (-10, None, True),
    "begins today": (0, None, True),
    "ends today": (-10, 0, True),
    "only today": (0, 0, True),
    "ended yesterday": (-10, -1, False),
    "begins tomorrow": (1, None, False),
    "next year": (300, 400, False),
}


def dated(since, until):
    return {"since": day(since), "until": None if until is None else day(until)}


@pytest.fixture(params=TERMS.values(), ids=TERMS)
def term(request):
    since, until, counts = request.param
    return dated(since, until), counts


def sees_members_post(person, partnership):
    make_post(partnership, make_person("Forfatter"), audience="members")
    return Post.objects.visible_to(person.user).filter(partnership=partnership).exists()


def test_seat_counts_on_its_days_alone(term):
    days, counts = term
    person, partnership = make_person(), make_partnership()
    make_seat(person, partnership, role="board", **days)
    assert Seat.objects.current().exists() is counts
    assert sees_members_post(person, partnership) is counts


def test_participation_counts_on_its_days_alone(term):
    days, counts = term
    person, partnership = make_person(), make_partnership()
    company = make_organisation(administrator=person)
    make_participation(company, partnership, **days)
    assert Participation.objects.current().exists() is counts
    assert sees_members_post(person, partnership) is counts


def test_membership_counts_on_its_days_alone(term):
    days, counts = term
    person, company = make_person(), make_organisation()
    make_membership(person, company, **days)
    partnership = make_partnership(members=[company])
    assert Membership.objects.current().exists() is counts
    assert sees_members_post(person, partnership) is counts
    assert visibility.organisations_of(person.user).exists() is counts


@pytest.mark.parametrize("status", ["requested", "refused", "ended"])
def test_membership_counts_only_when_let_in(status):
    person, company = make_person(), make_organisation()
    make_membership(person, company, status=status)
    assert not sees_members_post(person, make_partnership(members=[company]))


def test_administrators_posts_need_that_seat_today(term):
    days, counts = term
    person, partnership = make_person(), make_partnership()
    make_seat(person, partnership, **days)
    post = make_post(partnership, make_person(), audience="administrators")
    assert Post.objects.visible_to(person.user).filter(pk=post.pk).exists() is counts
    assert visibility.administered_by(person.user).exists() is counts


def test_ended_seat_closes_the_room_without_a_task_that_clears_up():
    person, partnership = make_person(), make_partnership()
    make_seat(person, partnership, role="board", until=day(0))
    assert visibility.joined_by(person.user).exists()
    with clock.at(clock.now() + timedelta(days=1)):
        assert not visibility.joined_by(person.user).exists()


def test_each_audience_sees_its_own_and_the_wider_ones():
    head, member, stranger = make_person(), make_person(), make_person()
    company = make_organisation(administrator=member)
    partnership = make_partnership(members=[company], administrator=head)
    for audience in Post.Audience.values:
        make_post(partnership, head, audience=audience)

    def audiences(user):
        return set(Post.objects.visible_to(user).values_list("audience", flat=True))

    assert audiences(head.user) == {"public", "members", "administrators"}
    assert audiences(member.user) == {"public", "members"}
    for user in (stranger.user, make_facilitator().user, make_user(is_superuser=True), AnonymousUser()):
        assert audiences(user) == {"public"}


def test_member_of_one_partnership_sees_nothing_of_another():
    member = make_person()
    company = make_organisation(administrator=member)
    make_partnership(members=[company])
    other = make_partnership(administrator=member)
    third = make_partnership("En tredje")
    make_post(third, make_person(), audience="members")
    make_post(third, make_person(), audience="administrators")
    seen = make_post(other, make_person(), audience="administrators")
    assert list(Post.objects.visible_to(member.user)) == [seen]


def test_two_ways_in_show_a_post_once():
    member = make_person()
    companies = [make_organisation(administrator=member) for _ in range(3)]
    partnership = make_partnership(members=companies, administrator=member)
    make_post(partnership, member, audience="members")
    assert Post.objects.visible_to(member.user).count() == 1


def test_post_taken_down_exists_for_nobody():
    head = make_person()
    partnership = make_partnership(administrator=head)
    make_post(partnership, head, removed=clock.now())
    for user in (head.user, AnonymousUser(), make_user(is_superuser=True)):
        assert not Post.objects.visible_to(user).exists()
    assert not Post.objects.public().exists()


def test_one_query_whatever_the_number_of_posts(django_assert_num_queries):
    head = make_person()
    partnership = make_partnership(administrator=head)
    for _ in range(20):
        make_post(partnership, head, audience="members")
    with django_assert_num_queries(1):
        assert len(Post.objects.visible_to(head.user)) == 20


# People


def test_person_exists_for_others_only_while_they_agree():
    shown, hidden = make_person("Vist", consents=True), make_person("Skjult")
    withdrawn = make_person("Fortrudt", consents=True)
    withdrawn.consents.update(withdrawn=clock.now())
    make_seat(hidden, make_partnership())
    for user in (make_person().user, make_facilitator().user, make_user(is_superuser=True), AnonymousUser()):
        others = Profile.objects.visible_to(user).exclude(user_id=user.pk or 0)
        assert list(others) == [shown]
    assert list(Profile.objects.consenting()) == [shown]


def test_one_always_sees_oneself_but_no_person_without_a_sign_in():
    person, without = make_person(), make_person(user=False)
    assert list(Profile.objects.visible_to(person.user)) == [person]
    assert without not in Profile.objects.visible_to(AnonymousUser())


def test_agreeing_again_after_many_withdrawals_shows_the_person_once():
    person = make_person(consents=True)
    person.consents.update(withdrawn=clock.now())
    person.consents.create(purpose="contact", text_version="2", given=clock.now())
    assert Profile.objects.consenting().count() == 1
    assert Profile.objects.visible_to(person.user).count() == 1
