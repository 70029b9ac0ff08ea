"""Queries that are put together once: other values, another viewer and another day get their own answer."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from partnerships import clock
from partnerships.models import Place, Topic
from partnerships.prepared import Given, Prepared
from search import audience
from search.links import links
from tests.factories import (
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def named():
    topics = Topic.objects.filter(slug__in=[Given("topic")]).values_list("slug", "name_da")
    places = Place.objects.filter(slug__in=[Given("place")], name_da__contains="s").values_list("slug", "name_da")
    prepared = Prepared.of(topics.order_by().union(places.order_by(), all=True))
    return lambda *topics, place=(): sorted(prepared.rows({"topic": topics, "place": place}))


def test_each_time_the_values_are_its_own(named):
    water, heat, place = make_topic("Vand"), make_topic("Varme"), make_place("Asnæs")
    assert named(water.slug) == [(water.slug, "Vand")]
    assert named(heat.slug, water.slug) == [(water.slug, "Vand"), (heat.slug, "Varme")]
    assert named(heat.slug, place=[place.slug]) == [(place.slug, "Asnæs"), (heat.slug, "Varme")]


def test_no_values_find_nothing_and_a_value_is_never_read_as_sql(named):
    make_topic("Vand")
    assert named() == []
    assert named("') OR 1=1 --", "%s", "vand%") == []


def members_post():
    partnership, writer = make_partnership(), make_person("Signe Skriver", consents=True)
    member = make_person("Mads Medlem")
    make_membership(member, organisation := make_organisation(administrator=writer))
    participation = make_participation(organisation, partnership)
    return make_post(partnership, writer, audience="members"), member, participation


def who_wrote(post, user):
    return [link.name for _key, link in links([f"post:{post.pk}"], audience.viewer(user))]


def test_two_viewers_in_one_process_have_their_own_rights():
    post, member, _participation = members_post()
    stranger = make_person("Frida Fremmed")
    for _again in range(2):
        assert who_wrote(post, member.user) == ["Signe Skriver"]
        assert who_wrote(post, stranger.user) == []
        assert who_wrote(post, AnonymousUser()) == []


def test_on_the_day_after_a_term_has_ended_it_no_longer_counts():
    post, member, participation = members_post()
    participation.until = clock.today()
    participation.save()
    assert who_wrote(post, member.user) == ["Signe Skriver"]
    with clock.at(clock.now() + timedelta(days=1)):
        assert who_wrote(post, member.user) == []
