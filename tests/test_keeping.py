"""What tests keep and repeat is what the product would make now."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from wagtail.models import Page, Site

from cms.services import found_site
from tests.demonstration import known, made_of
from tests.sharing_out import LONG
from tests.standing_site import NAME, stand


def what_stands():
    """How much of everything, and what people read of it."""
    with connection.cursor() as cursor:
        counts = {}
        for table in connection.introspection.table_names(cursor):
            if "_fts_" in table:  # SQLite's own pieces of its index.
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = cursor.fetchone()[0]
    pages = Page.objects.order_by("path").values_list(
        "path", "numchild", "title", "url_path", "locale__language_code", "live"
    )
    return counts, list(pages), list(Site.objects.values_list("hostname", "port", "site_name", "root_page__url_path"))


def made_by(make):
    """And rolled back."""
    with transaction.atomic():
        make()
        found = what_stands()
        transaction.set_rollback(True)
    return found


@pytest.mark.django_db
def test_the_site_that_is_repeated_equals_the_one_that_is_founded(monkeypatch):
    founded = made_by(lambda: found_site(name=NAME))
    made_by(stand)
    monkeypatch.setattr("tests.standing_site.found_site", None)
    assert made_by(stand) == founded
    assert len(founded[1]) > 20


@pytest.mark.django_db
def test_where_something_stands_already_it_is_not_repeated():
    found_site(name="En anden kommune")
    assert stand().title == "En anden kommune"


@pytest.mark.parametrize("change", ["content", "name", "another"])
def test_whatever_changes_in_a_file_makes_it_anew(tmp_path, change):
    files = [tmp_path / "a.py", tmp_path / "b.toml"]
    for file in files:
        file.write_text("1")
    before = known(files)
    assert known(reversed(files)) == before
    match change:
        case "content":
            files[1].write_text("2")
        case "name":
            files[1] = files[1].rename(tmp_path / "c.toml")
        case "another":
            files.append(tmp_path / "d.md")
            files[-1].write_text("")
    assert known(files) != before


@pytest.mark.parametrize(
    "path",
    [
        *("portal/demo/pages.py", "portal/demo/content/home.toml", "portal/locale/da/LC_MESSAGES/django.po"),
        *("cms/services.py", "partnerships/services/people.py", "search/signals.py", "requirements.txt"),
        *("partnerships/migrations/0001_who_takes_part.py", "templates/base.html"),
    ],
)
def test_the_demonstration_is_made_of_it(path):
    assert settings.BASE_DIR / path in set(made_of())


@pytest.mark.parametrize("path", ["portal/static/portal/samspil.css", "tests/conftest.py"])
def test_the_demonstration_is_not_made_of_it(path):
    assert settings.BASE_DIR / path not in set(made_of())


@pytest.mark.parametrize("start", LONG)
def test_what_begins_first_is_there(start):
    assert (settings.BASE_DIR / start).exists()
