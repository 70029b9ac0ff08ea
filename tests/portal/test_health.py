"""A supervisor asks whether the process lives, and whether it can serve."""

import sqlite3
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from search.models import OutboxRow

pytestmark = pytest.mark.django_db


def test_it_lives_without_asking_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/-/live")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_it_is_ready_when_the_database_answers_and_is_migrated(client):
    answer = client.get("/-/ready")
    assert answer.status_code == 200
    assert (answer.json()["database"], answer.json()["migrations"]) == ("ok", "ok")


def test_what_waits_for_the_index_and_what_was_given_up_is_told(client):
    OutboxRow.objects.all().delete()
    OutboxRow.objects.create(key="organisation:1", attempts=OutboxRow.MOST_ATTEMPTS - 1)
    for _ in range(2):
        OutboxRow.objects.create(key="organisation:2", attempts=OutboxRow.MOST_ATTEMPTS)
    told = client.get("/-/ready").json()["index"]
    assert (told["waiting"], told["parked"]) == (1, 2)


def test_it_is_not_ready_while_a_migration_waits(client):
    MigrationRecorder.Migration.objects.filter(app="partnerships").delete()
    answer = client.get("/-/ready")
    assert answer.status_code == 503
    assert answer.json()["migrations"].endswith(" waiting")


@contextmanager
def broken_database():
    """Every statement fails as it does when the server is gone."""

    def gone(execute, sql, params, many, context):
        from django.db import OperationalError

        raise OperationalError("the server closed the connection") from sqlite3.OperationalError()

    with connection.execute_wrapper(gone):
        yield


def test_it_is_not_ready_while_the_database_is_gone_but_lives(client):
    with broken_database():
        ready, live = client.get("/-/ready"), client.get("/-/live")
    assert ready.status_code == 503
    assert ready.json()["database"] == "does not answer"
    assert live.status_code == 200


def test_a_page_says_so_when_the_database_is_gone(client):
    client.raise_request_exception = False
    with broken_database():
        danish, english = client.get("/organisationer/"), client.get("/en/organisations/")
    assert (danish.status_code, english.status_code) == (500, 500)
    assert "Noget gik galt" in danish.content.decode()
    assert "Something went wrong" in english.content.decode()


@pytest.mark.parametrize("path", ["/-/live", "/-/ready"])
def test_it_answers_without_session_or_cookie(client, path):
    assert not client.get(path).cookies
    assert client.head(path).status_code == 200
