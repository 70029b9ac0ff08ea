"""A cluster of three real nodes loses one, while one searches and another writes.

    python -m tests.search.drills.cluster

In DATA_DIR/trust, with a portal of its own. Ends with 1 where a search failed or a row was lost.
"""

import json
import os
import shutil
import signal
import sys
import time
from functools import partial
from pathlib import Path

from deploy.elasticsearch_cluster import Cluster
from deploy.elasticsearch_node import fetch_jars

from . import portal
from .acts import write
from .kills import Drill
from .lagging import look
from .processes import kill, manage

DATA = Path(os.environ.get("DATA_DIR", "var")).resolve()
CALM, TROUBLE, AFTER = 10, 20, 5
PATIENCE = 1.0
IN_STEP = "0 missing, 0 surplus, 0 stale"
FOR_EVER = 100_000
WELL, BACK, BACK_TOO = "all three are well", "it comes back", "the old master comes back"
COLUMNS = "searches|from database|incomplete|failed|longest s|acts|behind s|caught up s"


class ClusterDrill(Drill):
    def __init__(self, folder, cluster):
        super().__init__(folder, seed=1)
        self.cluster, self.rows = cluster, {}

    def phase(self, name, act):
        """What one who searches sees and how far the index falls behind, from the moment of the act on."""
        confirmed = self._confirmed()
        seen = self.watched(act, look)
        lag = json.loads(Path(self.folder, "lag").read_text())
        self.rows[name] = {**seen, "acts": self._confirmed() - confirmed, **lag}
        print(_line(name, self.rows[name]), flush=True)

    def _confirmed(self):
        ledger = Path(self.folder, "ledger")
        return ledger.read_bytes().count(b'"done": true') if ledger.exists() else 0

    def lose(self, port):
        self.cluster.kill(port)
        time.sleep(TROUBLE)

    def hang(self, port):
        """Worse than a death: it holds its connections and answers nothing."""
        self.cluster.running[port].send_signal(signal.SIGSTOP)
        time.sleep(TROUBLE)
        self.cluster.running[port].send_signal(signal.SIGCONT)
        time.sleep(AFTER)

    def comes_back(self, port):
        self.cluster.start(port)
        self.cluster.wait_for(3)

    def run_through(self):
        print(f"\n{'':28}{COLUMNS.replace('|', '  ')}")
        self.phase(WELL, lambda: time.sleep(CALM))
        one = self.cluster.holder(self._reads(), besides=self.cluster.master())
        self.phase("a data node is killed", lambda: self.lose(one))
        self.phase(BACK, lambda: self.comes_back(one))
        master = self.cluster.master()
        self.phase("the master is killed", lambda: self.lose(master))
        self.phase(BACK_TOO, lambda: self.comes_back(master))
        hangs = self.cluster.holder(self._reads(), besides=self.cluster.master())
        self.phase("a data node hangs", lambda: self.hang(hangs))

    def _reads(self):
        from django.conf import settings

        return f"{settings.SEARCH_INDEX_PREFIX}-read"

    def faults(self, verdict):
        """In words. A search waits for the server for a second and is then answered by the database, which takes as
        long as a search takes; while a server starts on the same machine, all else is slow."""
        longest = PATIENCE + self.rows[WELL]["longest"]
        for name, row in self.rows.items():
            if row["failed"] or row["incomplete"]:
                yield f"{name}: {row['failed']} searches failed, {row['incomplete']} found less"
            if row["longest"] > longest and name not in (BACK, BACK_TOO):
                yield f"{name}: a search took {row['longest']} s"
        for what in ("lost", "not_gone", "strays", "waiting"):
            if verdict[what]:
                yield f"{what}: {verdict[what]}"
        if verdict["audit"] != IN_STEP:
            yield f"audit: {verdict['audit']}"


def _line(name, row):
    names = ("searches", "from_the_database", "incomplete", "failed", "longest", "acts", "worst", "caught_up")
    widths = [len(column) for column in COLUMNS.split("|")]
    return f"{name:28}" + "  ".join(f"{row[key]:>{width}}" for key, width in zip(names, widths, strict=True))


def a_portal(folder):
    """An empty one, migrated."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "analysis").symlink_to(DATA / "analysis")


def main():
    folder, jars = DATA / "trust", DATA / "elasticsearch" / "jars"
    fetch_jars(jars)
    a_portal(folder)
    print("… three nodes of Elasticsearch", flush=True)
    with Cluster(folder / "nodes", jars) as cluster:
        portal.settings_for(folder, SEARCH_URL=cluster.addresses, SEARCH_INDEX_PREFIX="trust")
        portal.load()
        drill = ClusterDrill(folder, cluster)
        drill.run(manage("migrate", verbosity=0))
        drill.found()
        cluster.wait_for(3)
        at_work = [drill.start(partial(write, folder, 1, FOR_EVER)), drill.start(manage("index_worker"))]
        try:
            drill.run_through()
        finally:
            for pid in at_work:
                kill(pid)
        verdict = drill.verdict()
    faults = list(drill.faults(verdict))
    print(f"\n{verdict['confirmed']} acts confirmed; audit: {verdict['audit']}", *faults, sep="\n✗ ")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
