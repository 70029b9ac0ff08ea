"""A change is whole or not at all, and reading changes nothing."""

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path

from partnerships.models import Topic
from portal.urls import handler400, handler403, handler404, handler500  # noqa: F401
from portal.urls import urlpatterns as site_urls

from .visiting import client_of, main_pages

pytestmark = pytest.mark.django_db

after_commit = []


def writing(status):
    def view(request):
        Topic.objects.create(slug=f"written-{request.method.lower()}", name_da="Skrevet")
        transaction.on_commit(lambda: after_commit.append(status))
        if status is None:
            raise RuntimeError("after writing")
        return HttpResponse("x", status=status)

    return view


urlpatterns = [path(f"write/{status}/", writing(status)) for status in (None, 200, 302, 400, 404, 500, 503)] + site_urls


@pytest.fixture
def client():
    after_commit.clear()
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("status", [None, 500, 503])
def test_what_failed_after_writing_leaves_no_row(client, method, status, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = getattr(client, method)(f"/write/{status}/")
    assert response.status_code == (status or 500)
    assert not Topic.objects.filter(slug=f"written-{method}").exists()
    assert after_commit == []


@pytest.mark.parametrize("status", [200, 302, 400, 404])
def test_what_was_answered_keeps_its_row(client, status, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"/write/{status}/")
    assert Topic.objects.filter(slug="written-post").exists()
    assert after_commit == [status]


def test_reading_opens_no_transaction(client):
    """On SQLite each would wait behind a writer."""
    with CaptureQueriesContext(connection) as queries:
        client.get("/-/ready")
    assert [query["sql"] for query in queries if query["sql"].startswith(("SAVEPOINT", "BEGIN"))] == []


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "ALTER", "DROP")


@pytest.mark.parametrize("language", ["da", "en"])
def test_reading_writes_nothing(world, language):
    written = {}
    for role, page in main_pages(world, language):
        reader = client_of(world, role)
        with CaptureQueriesContext(connection) as queries:
            response = reader.get(page)
        assert response.status_code in (200, 404), page
        found = [query["sql"][:120] for query in queries if query["sql"].lstrip().upper().startswith(WRITES)]
        if found:
            written[page] = found
    assert written == {}
