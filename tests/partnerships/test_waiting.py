"""The figure beside "My page": put together once for a person, and true at every moment."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from partnerships import clock, waiting
from partnerships.following import unread_of
from partnerships.waiting import waiting_count
from tests.factories import make_invitation, make_membership, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_by_nobody_else():
    waiting._waiting.cache_clear()


def test_each_person_has_a_count_of_their_own_and_it_changes_with_what_waits():
    head, other = make_person("Carla"), make_person("Bo")
    company = make_organisation(administrator=head)
    assert [waiting_count(one.user) for one in (head, other)] == [0, 0]
    request = make_membership(make_person("Mie"), company, status="requested")
    assert [waiting_count(one.user) for one in (head, other)] == [1, 0]
    request.delete()
    assert waiting_count(head.user) == 0


def test_who_becomes_a_facilitator_or_ceases_to_be_one_is_counted_for_anew():
    person = make_person()
    make_membership(make_person("Mie"), make_organisation("Uden nogen"), status="requested")
    helps = Permission.objects.get(codename="facilitate")

    def count():
        return waiting_count(get_user_model().objects.get(pk=person.user.pk))

    assert count() == 0
    person.user.user_permissions.add(helps)
    assert count() == 1
    person.user.user_permissions.remove(helps)
    assert count() == 0


def test_what_ends_with_time_is_not_counted_five_minutes_later():
    person = make_person()
    person.user.emailaddress_set.create(email="nina@example.org", verified=True)
    now = clock.now()
    make_invitation(make_organisation(), expires=now + timedelta(seconds=30))
    assert waiting_count(person.user) == 1
    with clock.at(now + timedelta(minutes=5)):
        assert waiting_count(person.user) == 0


def test_the_second_time_nothing_is_put_together(django_assert_num_queries):
    user = get_user_model().objects.get(pk=make_person().user.pk)
    with clock.at(clock.now()):
        waiting_count(user, unread_of)
        with django_assert_num_queries(1):
            waiting_count(user, unread_of)
        assert waiting._waiting.cache_info().hits == 1
