import pytest
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="session", autouse=True)
def catalogues():
    """The translated addresses are Danish words, so the catalogues come before any address is asked for."""
    call_command("compile_catalogues")


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The whole demonstration, built once for a module of tests and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("build_demo")
        yield
        transaction.set_rollback(True)
