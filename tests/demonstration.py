"""The demonstration, built once and kept: to build it takes a minute, to copy it none.

It is kept in `var/` under the hash of all that it is made of, so that whatever changes in the product makes it anew, and
under the day, because it tells of the weeks before today. Whoever comes while it is being built waits for it.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache as answers
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

MADE_OF = ("portal", "cms", "partnerships", "search", "templates")
NOT_OF = {"static", "assets", "__pycache__"}
DAY = 24 * 60 * 60
HOST = "http://localhost:8000"


def known(files) -> str:
    """A hash that changes with any of these files and with their names."""
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def migrated() -> Path:
    """The migrated database is kept under the hash of all migrations: migrating takes 20 seconds, copying none."""
    ours = settings.BASE_DIR.glob("*/migrations/*.py")
    return settings.DATA_DIR / f"migrated-{known([*ours, settings.BASE_DIR / 'requirements.txt'])}.sqlite3"


def made_of():
    """The product's own files, what the set-up draws and learns for it, and the packages."""
    for app in MADE_OF:
        for file in (settings.BASE_DIR / app).rglob("*"):
            if file.is_file() and file.suffix != ".mo" and not NOT_OF & set(file.parts):
                yield file
    for folder in (settings.DATA_DIR / "demo-pictures", settings.ANALYSIS_DIR):
        yield from (file for file in folder.glob("*") if file.is_file())
    yield from (settings.BASE_DIR / "requirements.txt", settings.BASE_DIR / "deploy" / "setup.py")
    yield from (Path(__file__), Path(__file__).with_name("standing_site.py"))


@cache
def kept(name: str) -> Path:
    return settings.DATA_DIR / f"kept-{name}-{timezone.localdate():%Y%m%d}-{known(made_of())}"


def environment_of(data: Path, address: str = HOST) -> dict[str, str]:
    """As `make run` has it, in a folder of its own."""
    left_out = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE")
    own = {name: value for name, value in os.environ.items() if name not in left_out}
    return own | {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATA_DIR": str(data),
        "DEMO": "1",
        "SITE_URL": address,
    }


def manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=settings.BASE_DIR, env=environment, check=True)


def demonstration() -> Path:
    """The folder with its database and its media, as `build_demo` leaves them."""
    return made_once("demonstration", "build_demo")


def made_once(name: str, *command: str) -> Path:
    """The folder of a portal as this command leaves it."""
    folder = kept(name)
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with open(settings.DATA_DIR / f"kept-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            _drop_old(name)
            _build(folder, command)
    return folder


def _drop_old(name: str) -> None:
    for old in settings.DATA_DIR.glob(f"kept-{name}-*"):
        if old.stat().st_mtime < time.time() - DAY:
            shutil.rmtree(old, ignore_errors=True)


def _build(folder: Path, command: Iterable[str]) -> None:
    unfinished = folder.with_suffix(".part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    lend_analysis(unfinished)
    if migrated().exists():
        shutil.copy(migrated(), unfinished / "samspil.sqlite3")
    else:
        manage(environment_of(unfinished), "migrate", "--verbosity", "0")
    manage(environment_of(unfinished), *command)
    unfinished.rename(folder)


def lend_analysis(data: Path) -> None:
    """What the set-up made, and a secret."""
    for name in ("analysis", "demo-pictures"):
        if (settings.DATA_DIR / name).exists():
            (data / name).symlink_to(settings.DATA_DIR / name)
    (data / "secret-key").write_text("only-for-tests")


def copied_to(data: Path, port: int) -> None:
    """A portal of one's own with the demonstration in it, at this port."""
    folder = demonstration()
    lend_analysis(data)
    shutil.copy(folder / "samspil.sqlite3", data)
    shutil.copytree(folder / "media", data / "media")
    with closing(sqlite3.connect(data / "samspil.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_site SET port = ?", [port])


@contextmanager
def in_this_database():
    """The demonstration stands in the tests' database; afterwards that is as it was."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            call_command("build_demo")
            yield
            transaction.set_rollback(True)
        return
    folder = demonstration()
    shutil.copytree(folder / "media", settings.MEDIA_ROOT, dirs_exist_ok=True)
    with closing(sqlite3.connect(":memory:")) as before, closing(read(folder / "samspil.sqlite3")) as demo:
        connection.ensure_connection()
        connection.connection.backup(before)
        try:
            _put(demo)
            yield
        finally:
            _put(before)


def read(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?immutable=1", uri=True)


def _put(database: sqlite3.Connection) -> None:
    connection.ensure_connection()
    database.backup(connection.connection)
    answers.clear()
    ContentType.objects.clear_cache()
