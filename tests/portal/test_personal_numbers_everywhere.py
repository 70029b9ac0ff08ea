"""A personal number typed into any field of any form is stored nowhere and stands in no line of the log."""

import logging

import pytest
from django.db import connection, transaction

from .forms import forms_of
from .test_swapped_ids import HAVE_FORMS, who_are_let_in
from .test_view_permissions import address
from .visiting import client_of

pytestmark = pytest.mark.django_db
NUMBER = "010180-0008"
TYPED = f"Ring til {NUMBER}"
WRITES = ("INSERT", "UPDATE")


class Watching:
    """Takes down every write that carries the number."""

    def __init__(self):
        self.stored = []

    def __call__(self, execute, sql, parameters, many, context):
        if sql.startswith(WRITES) and NUMBER in str(parameters):
            self.stored.append(sql[:80])
        return execute(sql, parameters, many, context)


def sent_by(client, path, sent):
    watching = Watching()
    with transaction.atomic(), connection.execute_wrapper(watching):
        response = client.post(path, sent)
        transaction.set_rollback(True)
    return response.status_code, watching.stored


@pytest.mark.parametrize("row", HAVE_FORMS, ids=" ".join)
def test_it_is_stored_nowhere_and_logged_nowhere(world, row, caplog):
    path = address(world, row)
    caplog.set_level(logging.DEBUG, "django.request")
    for client in [client_of(world, role) for role in who_are_let_in(row)]:
        for form in forms_of(client.get(path)):
            for name in form.typed:
                status, stored = sent_by(client, form.action or path, {**form.sent, name: TYPED})
                assert not stored, (path, name)
                assert status < 500, (path, name)
    assert NUMBER not in caplog.text


def test_without_the_check_it_would_be_stored(world, monkeypatch):
    monkeypatch.setattr("partnerships.services.typed.found_in", lambda text: [])
    client, path = client_of(world, "administrator"), address(world, ("partnerships:post_write", "partnership"))
    (form,) = [form for form in forms_of(client.get(path)) if "title" in form.typed]
    assert sent_by(client, path, {**form.sent, "title": TYPED})[1]
