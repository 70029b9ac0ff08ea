"""The figure beside "My page" is kept for a while, but never against what the person has just done or is looking at."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from partnerships.models import Notification
from tests.factories import make_person

pytestmark = pytest.mark.django_db
ELSEWHERE = "/partnerskaber/"


@pytest.fixture
def carla():
    return make_person("Carla")


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def told(person):
    Notification.objects.create(recipient=person.user, kind="test", text="Nyt", language="da", address="/mit/")


def figure(client, path=ELSEWHERE):
    found = re.search(r'class="s-header__count">(\d+)<', client.get(path).content.decode())
    return int(found[1]) if found else 0


def test_what_others_do_is_counted_when_the_kept_figure_has_ended(carla):
    client = client_of(carla)
    assert figure(client) == 0
    told(carla)
    assert figure(client) == 0
    cache.clear()
    assert figure(client) == 1


@pytest.mark.parametrize("path", ["/mit/", "/mit/notifikationer/"])
def test_where_it_is_listed_it_is_what_the_list_has(carla, path):
    client = client_of(carla)
    assert figure(client) == 0
    told(carla)
    assert figure(client, path) == 1
    assert figure(client) == 1


def test_after_the_person_acts_it_is_counted_anew_and_after_others_act_it_is_not(carla):
    client, other = client_of(carla), client_of(make_person("Bo"))
    assert figure(client) == 0
    told(carla)
    other.post("/mit/notifikationer/", {"all": "1"})
    assert figure(client) == 0
    client.post("/intet-her/")
    assert figure(client) == 1


def test_nobody_has_the_figure_of_another(carla):
    told(carla)
    assert figure(client_of(carla)) == 1
    assert figure(client_of(make_person("Bo"))) == 0
    assert "s-header__count" not in Client().get(ELSEWHERE).content.decode()
