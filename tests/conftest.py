"""What every test stands on: a migrated database, and the demonstration where a test asks for it."""

import hashlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import translation

# Playwright keeps an event loop in this thread; without this, tests that come after it could not reach the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def migrated() -> Path:
    """The migrated database is kept under the hash of all migrations: migrating takes 20 seconds, copying none."""
    ours = sorted(settings.BASE_DIR.glob("*/migrations/*.py"))
    known = b"".join(file.read_bytes() for file in [*ours, settings.BASE_DIR / "requirements.txt"])
    return settings.DATA_DIR / f"migrated-{hashlib.sha256(known).hexdigest()[:12]}.sqlite3"


@pytest.fixture(scope="session")
def django_db_keepdb():
    return connection.vendor == "sqlite" and migrated().exists()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_keepdb):
    if django_db_keepdb:
        shutil.copy(migrated(), connection.settings_dict["TEST"]["NAME"])


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
def in_danish():
    """A request in English leaves the thread in English; no test begins with what another left."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The whole demonstration, built once for a module of tests and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("build_demo")
        yield
        transaction.set_rollback(True)
