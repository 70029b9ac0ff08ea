"""What somebody was permitted is read at once, their own and their groups', and says the same as Django's own way."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser, Group, Permission

from portal.backends import Backend
from portal.models import User
from tests.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def helper():
    user = make_person("Hanne Hjælper").user
    own, of_group = Permission.objects.order_by("pk")[:2]
    group = Group.objects.create(name="Hjælpere")
    group.permissions.add(of_group, own)
    user.groups.add(group)
    user.user_permissions.add(own)
    return lambda: User.objects.get(pk=user.pk)


def test_permissions_are_those_that_django_reads_in_one_query(helper, django_assert_num_queries):
    user = helper()
    with django_assert_num_queries(1):
        found = Backend().get_all_permissions(user)
        assert not user.has_perm("partnerships.facilitate")
    assert len(found) == 2 and found == ModelBackend().get_all_permissions(helper())
    assert Backend().get_group_permissions(user) == ModelBackend().get_group_permissions(helper())
    assert Backend().get_user_permissions(user) == ModelBackend().get_user_permissions(helper())


def test_who_is_not_signed_in_or_was_shut_out_has_none(helper, django_assert_num_queries):
    shut_out = helper()
    shut_out.is_active = False
    with django_assert_num_queries(0):
        assert Backend().get_all_permissions(AnonymousUser()) == Backend().get_all_permissions(shut_out) == set()
