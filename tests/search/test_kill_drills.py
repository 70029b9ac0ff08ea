"""Kill -9, with real processes, on both engines: what was confirmed is found, what is gone is not, and nobody noticed.

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

from .conftest import ENGINES

ROUNDS, SEED = int(os.environ.get("DRILL_ROUNDS", "2")), os.environ.get("DRILL_SEED", "1")
LEAST_ACTS = 3
IN_STEP = "0 missing, 0 surplus, 0 stale"
VERDICTS = ("verdict", "verdict at the end")
WATCHED = ("at random", "step by step")
pytestmark = pytest.mark.django_db  # Without it no test database would be made, of which each drill has a copy.


@pytest.fixture(scope="module", params=ENGINES)
def report(request, django_db_setup, tmp_path_factory):
    """What `tests.search.drills.kills` saw."""
    folder = tmp_path_factory.mktemp("drill")
    shutil.copy(migrated(), folder / "samspil.sqlite3")
    (folder / "analysis").symlink_to(settings.ANALYSIS_DIR)
    command = [sys.executable, "-m", "tests.search.drills.kills", folder, "--rounds", str(ROUNDS), "--seed", SEED]
    if request.param == "elastic":
        command += ["--elastic", request.getfixturevalue("node")]
    done = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_all_were_killed_while_they_were_at_work(report):
    assert min(report["killed"].values()) >= ROUNDS // 2, report["killed"]
    assert report["verdict"]["confirmed"] >= LEAST_ACTS * ROUNDS
    assert report["verdict at the end"]["confirmed"] > report["verdict"]["confirmed"]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_was_confirmed_is_found(report, verdict):
    assert report[verdict]["lost"] == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_what_is_gone_is_not_found(report, verdict):
    assert report[verdict]["not_gone"] == []
    assert report[verdict]["strays"] == []


@pytest.mark.parametrize("verdict", VERDICTS)
def test_the_index_equals_the_database_and_owes_it_nothing(report, verdict):
    assert report[verdict]["audit"] == IN_STEP
    assert report[verdict]["waiting"] == []


def test_at_whichever_step_a_rebuild_dies_the_next_makes_the_index_whole(report):
    assert set(report["audits"].values()) == {IN_STEP}, report["audits"]


@pytest.mark.parametrize("meanwhile", WATCHED)
def test_no_search_failed_or_found_less_meanwhile(report, meanwhile):
    seen = report[meanwhile]
    assert seen["searches"] > 0
    assert (seen["failed"], seen["from_the_database"], seen["incomplete"]) == (0, 0, 0), seen


def test_no_generation_hangs(report):
    """Of what a killed rebuild leaves, at most one is known as half built; the next takes over and leaves none."""
    assert list(report["verdict"]["generations"].values()).count("building") <= 1
    end = report["verdict at the end"]
    assert sorted(end["generations"].values()) == ["live", "old"]
    assert sorted(end["generations"]) == end["in_the_engine"]
