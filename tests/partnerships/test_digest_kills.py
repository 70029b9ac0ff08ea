"""Kill -9, with real processes: a run of digests that is killed and repeated leaves nobody with two mails or with none.

DRILL_ROUNDS and DRILL_SEED make it longer and different (`make trust`).
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.demonstration import migrated

KILLS, SEED = int(os.environ.get("DRILL_ROUNDS", "5")), os.environ.get("DRILL_SEED", "1")
FOLLOWERS, EVENTS = max(300, 25 * KILLS), 200
pytestmark = pytest.mark.django_db  # Without it no test database would be made, of which the drill has a copy.


@pytest.fixture(scope="module")
def report(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("digests")
    shutil.copy(migrated(), folder / "samspil.sqlite3")
    ours = {"DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/samspil.sqlite3", "DEMO": "0"}
    ours |= {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "SECRET_KEY": "drill" * 12}
    command = [sys.executable, "-m", "tests.partnerships.digest_kills", FOLLOWERS, EVENTS, KILLS, SEED]
    run = {"cwd": settings.BASE_DIR, "env": os.environ | {name: str(value) for name, value in ours.items()}}
    done = subprocess.run([*map(str, command)], **run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_it_was_killed_while_it_was_at_work(report):
    assert report["hit"] >= KILLS // 2 + 1
    assert report["mails"] > FOLLOWERS // 2


def test_nobody_got_two_mails(report):
    assert report["twice"] == []


def test_everybody_who_has_news_got_theirs_or_stands_before_staff_as_in_doubt(report):
    """A mail in the hands of a process that was killed may have left: of those there is at most one a kill."""
    assert (report["never"], report["left over"]) == ([], [])
    assert len(report["in doubt"]) <= report["hit"]
