"""Whoever points at an organisation or a person is registered, and everything of two organisations becomes one's."""

import pytest

from partnerships import references
from partnerships.models import (
    Application,
    FormerName,
    HistoryEntry,
    Membership,
    Organisation,
    Participation,
    Profile,
    Seat,
)
from partnerships.references import Leaving
from tests.factories import (
    make_application,
    make_membership,
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


@pytest.mark.parametrize("model", [Organisation, Profile])
def test_every_key_to_it_is_registered(model):
    fields = [one for one in model._meta.get_fields(include_hidden=True) if one.is_relation and one.auto_created]
    keys = {(one.related_model._meta.label, one.field.name) for one in fields if not one.field.many_to_many}
    registered = {(one.model._meta.label, one.field) for one in references.pointing_at(model)}
    assert keys - registered == set()
    assert registered - keys == set()


def test_a_person_leaves_tasks_behind_and_takes_what_is_their_own():
    tasks = {(one.model._meta.model_name, one.field) for one in references.pointing_at(Profile, Leaving.TASK)}
    assert {("seat", "profile"), ("personlink", "person")} <= tasks
    own = {one.model._meta.model_name for one in references.pointing_at(Profile, Leaving.OWN)}
    assert "consent" in own and "decision" not in own


@pytest.fixture
def two():
    return make_organisation("Gammel Damp"), make_organisation("Ny Damp")


def test_rows_are_carried_over_and_doubles_are_not(two):
    old, new = two
    water, heat = make_topic("Vand"), make_topic("Varme")
    old.topics.set([water, heat])
    new.topics.set([water])
    post = make_post(make_partnership(), make_person(), organisation=old)
    HistoryEntry.objects.create(verb="organisation_registered", organisation=old)
    references.carry_over(old, new)
    assert list(new.topics.all()) == [water, heat]
    post.refresh_from_db()
    assert post.organisation == new
    assert not any(one.rows(old).exists() for one in references.pointing_at(Organisation))


def test_who_belongs_to_both_keeps_the_stronger_role_and_nothing_else_is_lost(two):
    old, new = two
    both, one = make_person("Bo"), make_person("Ida")
    make_membership(both, old, role="administrator")
    make_membership(both, new, since=yesterday())
    make_membership(one, old, role="editor")
    references.carry_over(old, new)
    kept = {row.profile.name: row for row in Membership.objects.current().filter(organisation=new)}
    assert {name: row.role for name, row in kept.items()} == {"Bo": "administrator", "Ida": "editor"}
    assert kept["Bo"].since < yesterday()
    assert Membership.objects.filter(organisation=new).count() == 3


def test_a_request_to_one_is_answered_by_belonging_to_the_other(two):
    old, new = two
    person = make_person()
    make_membership(person, old, status="requested")
    make_membership(person, new, role="editor")
    references.carry_over(old, new)
    assert Membership.objects.current().get(organisation=new).role == "editor"
    assert not Membership.objects.waiting().exists()


def test_members_of_one_partnership_become_one_member_with_both_representatives(two):
    old, new = two
    network = make_partnership(members=[])
    older = make_participation(old, network)
    younger = make_participation(new, network, since=yesterday())
    make_seat(make_person("Bo"), network, role="representative", participation=older)
    references.carry_over(old, new)
    current = Participation.objects.current().get(partnership=network)
    assert (current.pk, current.organisation, current.since) == (younger.pk, new, older.since)
    assert Seat.objects.current().get().participation == current
    assert Participation.objects.filter(organisation=new).count() == 2


def test_of_two_open_applications_one_stays_open(two):
    old, new = two
    network = make_partnership()
    make_application(network, old, make_person())
    make_application(network, new, make_person())
    references.carry_over(old, new)
    assert sorted(Application.objects.filter(organisation=new).values_list("state", flat=True)) == ["sent", "withdrawn"]


def test_a_former_name_that_both_had_is_kept_once(two):
    old, new = two
    for organisation in two:
        FormerName.objects.create(organisation=organisation, name="Dampen")
    FormerName.objects.create(organisation=old, name="Kedlen", until="1999")
    references.carry_over(old, new)
    assert sorted(new.former_names.values_list("name", flat=True)) == ["Dampen", "Kedlen"]
