"""A real PostgreSQL server for one command: `python -m tests.postgres tests/partnerships` (or no path: all that belongs on both).

A cluster of its own in a temporary folder, on a free port of this machine alone, gone afterwards. Nothing in it needs to
outlive a crash, so it does not wait for the disk. PostgreSQL refuses to run as root; there it runs as its own user.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is missing, without which half of the tests cannot run (on Debian: apt-get install postgresql)."
SEARCH_ON_BOTH = """alerts hidden_partnerships index_upkeep indexing no_leak organisation_drafts prepared promoting query_rules
    room_search saved_searches search_log similar spelling suggesting swapping synonyms taken_along views who_knows"""
ON_BOTH = (
    "tests/partnerships/test_*.py",
    *(f"tests/portal/test_{name}.py" for name in ("backends", "transactions", "waiting_figure")),
    *(f"tests/search/test_{name}.py" for name in SEARCH_ON_BOTH.split()),
    "tests/test_keeping.py",
)
"""Services and permissions, two at once, and what search asks of the database; `make trust` runs all there is."""
NOT_HERE = {"tests/partnerships/test_digest_kills.py"}
"""Starts portals of its own, with SQLite."""
MIGRATED = "samspil"
FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=60"


def programs() -> Path | None:
    """Where Debian keeps the newest version's programs, else where the path finds them."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((found.parent for found in versions), key=lambda bin: int(bin.parent.name), default=None)


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


@contextmanager
def server(programs: Path) -> Iterator[str]:
    """The address of a running server."""
    folder, port = Path(tempfile.mkdtemp(prefix="samspil-postgres-")), free_port()
    data, as_owner = folder / "data", []
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
        as_owner = ["runuser", "-u", "postgres", "--"]

    def run(name: str, *arguments: str) -> None:
        command = [*as_owner, str(programs / name), *arguments]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"✗ {name} failed: {done.stdout}{done.stderr}")

    try:
        run("initdb", "-D", str(data), "-A", "trust", "-U", "samspil", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {FAST}"
        run("pg_ctl", "-D", str(data), "start", "-w", "-l", str(folder / "log"), "-o", options)
        try:
            run("createdb", "-h", str(folder), "-p", str(port), "-U", "samspil", MIGRATED)
            yield f"postgres://samspil@127.0.0.1:{port}/{MIGRATED}"
        finally:
            run("pg_ctl", "-D", str(data), "stop", "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def migrate(environment: Mapping[str, str]) -> None:
    """Once; each worker's database is a copy of it."""
    settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.test"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env={**environment, **settings}, check=True)


def belongs_on_both() -> list[str]:
    return sorted({str(file) for pattern in ON_BOTH for file in Path().glob(pattern)} - NOT_HERE)


def main(arguments: list[str]) -> int:
    found = programs()
    if found is None:
        print(f"{'✗' if os.environ.get('CI') else '…'} {MISSING}", file=sys.stderr)
        return 1 if os.environ.get("CI") else 0
    if not any(argument.startswith("tests") for argument in arguments):
        arguments = [*arguments, *belongs_on_both()]
    with server(found) as address:
        environment = os.environ | {"DATABASE_URL": address, "MIGRATED_DATABASE": MIGRATED}
        migrate(environment)
        done = subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
