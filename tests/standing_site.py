"""A site with nothing in it yet, for hundreds of tests: what founding one writes is written down once and repeated.

To found it takes a second and hundreds of statements, since every page is published. `tests/cms/test_founding.py` does so.
"""

from contextlib import closing
from dataclasses import dataclass
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Site

from cms.models import HomePage
from cms.services import found_site
from tests import standing_on_postgres
from tests.demonstration import made_once, migrated, read

NAME = "Prøvekommune"
FOUND = ("shell", "--verbosity", "0", "--command", f"from cms.services import found_site; found_site(name={NAME!r})")
NOT_COPIED = ("sqlite_", "wagtailsearch_indexentry_fts", "wagtailredirects_redirect")
"""SQLite's own, what triggers fill, and what Wagtail adds after a commit, which a test's transaction never has."""


@dataclass
class Change:
    """What became different in a table; `count` and `last` say how it was before."""

    table: str
    count: int
    last: int
    gone: list[int]
    new: list[tuple]

    def fits(self, cursor) -> bool:
        known = cursor.execute(f'SELECT count(*), coalesce(max(rowid), 0) FROM "{self.table}"').fetchone()
        return tuple(known) == (self.count, self.last)

    def repeat(self, cursor) -> None:
        cursor.executemany(f'DELETE FROM "{self.table}" WHERE rowid = ?', [(row,) for row in self.gone])
        if self.new:
            values = ", ".join("?" * len(self.new[0]))
            cursor.executemany(f'INSERT INTO "{self.table}" VALUES ({values})', self.new)


@cache
def changes() -> list[Change]:
    """Between the migrated database and one in which the site was founded."""
    with closing(read(migrated())) as before, closing(read(made_once("site", *FOUND) / "samspil.sqlite3")) as after:
        tables = [name for (name,) in before.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [_change(table, before, after) for table in tables if not table.startswith(NOT_COPIED)]
    return [change for change in found if change.gone or change.new]


def _change(table, before, after) -> Change:
    old, now = (
        {row: tuple(values) for row, *values in database.execute(f'SELECT rowid, * FROM "{table}"')}
        for database in (before, after)
    )
    new = [values for row, values in now.items() if old.get(row) != values]
    gone = [row for row, values in old.items() if now.get(row) != values]
    return Change(table, len(old), max(old, default=0), gone, new)


def stand() -> HomePage:
    """As `found_site` would; where the test has begun otherwise, or commits, it is founded in truth."""
    if not connection.in_atomic_block:
        return found_site(name=NAME)[0]
    if connection.vendor == "postgresql":
        standing_on_postgres.stand(lambda: found_site(name=NAME))
    elif not _repeated():
        return found_site(name=NAME)[0]
    Site.clear_site_root_paths_cache()
    ContentType.objects.clear_cache()
    return HomePage.objects.get(locale__language_code="da")


def _repeated() -> bool:
    with connection.cursor() as wrapped:
        cursor = wrapped.connection.cursor()
        if not all(change.fits(cursor) for change in changes()):
            return False
        for change in changes():
            change.repeat(cursor)
    return True
