"""What every test stands on: a migrated database, and the demonstration where a test asks for it."""

import os
import shutil
import sqlite3

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection
from django.utils import translation

from portal.garbage import leave_alone_what_is_loaded
from tests.demonstration import in_this_database, migrated
from tests.sharing_out import LongFirst

# Playwright keeps an event loop in this thread; without this, tests that come after it could not reach the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return LongFirst(config, log)


def pytest_collection_finish():
    leave_alone_what_is_loaded()


@pytest.fixture(scope="session")
def django_db_keepdb():
    return connection.vendor == "sqlite" and migrated().exists()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_keepdb, request):
    """Each worker has a database of its own: with SQLite a file in its own folder, elsewhere by its name."""
    if django_db_keepdb:
        shutil.copy(migrated(), connection.settings_dict["TEST"]["NAME"])
    elif connection.vendor != "sqlite":
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        connection.settings_dict["TEST"]["TEMPLATE"] = os.environ.get("MIGRATED_DATABASE")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_keepdb, django_db_blocker):
    if connection.vendor == "sqlite" and not django_db_keepdb:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        unfinished = migrated().with_suffix(f".{os.getpid()}.part")
        with django_db_blocker.unblock(), sqlite3.connect(unfinished) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        unfinished.replace(migrated())
    return getattr(connection, "_test_serialized_contents", None)


@pytest.fixture(scope="module")
def database_as_migrated(django_db_setup, django_db_blocker):
    """For tests that commit and so empty the database: what migrations wrote is put back for whatever comes next.

    Django keeps that text at the connection, and beside Playwright's event loop the same thread has another one.
    """
    connection._test_serialized_contents = django_db_setup
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(django_db_setup)
        ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def nothing_in_the_cache():
    """A number that a row had in one test is another row's in the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_danish():
    """A request in English leaves the thread in English; no test begins with what another left."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The whole demonstration for a module of tests; after it the database is as it was."""
    with django_db_blocker.unblock(), in_this_database():
        yield
