"""An editor at the search desk, for tests."""

from django.contrib.auth.models import Group
from django.test import Client

from tests.factories import make_person

LOG, TRY, PROMOTE = "/admin/search_log/", "/admin/search_log/synonym/", "/admin/search_log/promote/"
INDEX = "/admin/search_index/"


def user_in(*groups):
    user = make_person("Erik Redaktør").user
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def client_of(user):
    client = Client()
    if user.pk:
        client.force_login(user)
    return client
