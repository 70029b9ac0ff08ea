"""Writer, index worker and rebuild are killed: at moments that chance chooses, and at each step of a rebuild.

    python -m tests.search.drills.kills FOLDER [--seed N] [--rounds N] [--elastic ADDRESS]

FOLDER holds a migrated database and the analysis. Prints what was seen as JSON.
"""

import argparse
import json
import os
import random
import signal
import time
from functools import partial
from pathlib import Path

from . import portal
from .acts import write
from .judging import audit, judge
from .processes import child, finish, kill, manage, manage_py
from .steps import REBUILD, WORKER, rebuild_dying_at, worker_dying_at
from .watching import watch

WRITTEN = (6, 40)
"""So many lines of the ledger are written in a round, two for each act."""
PATIENCE = 60
PROGRESS = b" rows"
"""What a rebuild says when it has written some; by then a worker that was started with it is at work too."""
ACTS_A_ROUND = 200
BETWEEN = 0.05


class Drill:
    def __init__(self, folder, seed):
        self.folder, self.seed, self.chance = folder, seed, random.Random(seed)
        self.log = f"{folder}/log"
        self.killed, self.audits = dict.fromkeys(("writer", "worker", "rebuild"), 0), {}

    def start(self, work):
        return child(work, self.log)

    def run(self, work):
        self.ends(self.start(work))

    def told(self, ask):
        """What a process of its own answers."""
        file = Path(self.folder, "told")
        self.run(lambda: file.write_text(json.dumps(ask())))
        return json.loads(file.read_text())

    def ends(self, pid):
        if status := finish(pid):
            raise RuntimeError(f"a process ended with {status}:\n{Path(self.log).read_text()[-4000:]}")

    def found(self):
        portal.found()
        self.run(manage("rebuild_index"))

    def watched(self, act, *beside):
        """What one who searches saw meanwhile; others look for something else."""
        for name in ("enough", "seen"):
            Path(self.folder, name).unlink(missing_ok=True)
        watchers = [self.start(partial(look, self.folder)) for look in (watch, *beside)]
        try:
            act()
        finally:
            Path(self.folder, "enough").touch()
            for watcher in watchers:
                self.ends(watcher)
        return json.loads(Path(self.folder, "seen").read_text())

    # --- At moments that chance chooses

    def at_random(self, rounds):
        """In the last round the commands are started by `manage.py`, in the others they are forks of this process."""
        for _ in range(rounds - 1):
            self.round(manage)
        self.round(manage_py)

    def round(self, command):
        """All three at work, then all three killed, in any order."""
        ledger, log = Path(self.folder, "ledger"), Path(self.log)
        written, said = _count(ledger, b"\n") + self.chance.randint(*WRITTEN), _count(log, PROGRESS) + 1
        work = {
            "writer": partial(write, self.folder, self.seed, ACTS_A_ROUND),
            "worker": command("index_worker", "--every", "0.02"),
            "rebuild": command("rebuild_index", "--take-over"),
        }
        running = [(name, self.start(work[name])) for name in work]
        _until(ledger, b"\n", written)
        if command is manage_py:
            _until(log, PROGRESS, said)
        time.sleep(self.chance.uniform(0.0, BETWEEN))
        self.chance.shuffle(running)
        for name, pid in running:
            self.killed[name] += kill(pid)
            time.sleep(self.chance.uniform(0, BETWEEN))

    # --- At each step

    def rebuild_step(self, name):
        """A rebuild dies there; a change comes that the index hears of only later; another rebuild takes over."""
        self._dies("rebuild", rebuild_dying_at(name), name)
        self.run(partial(write, self.folder, self.seed, 2, itself=None))
        self.run(manage("rebuild_index", "--take-over"))

    def worker_step(self, name):
        """The change came before."""
        self.run(partial(write, self.folder, self.seed, 3, itself=None))
        self._dies("worker", worker_dying_at(name), name)

    def _dies(self, who, work, step):
        status = finish(self.start(work))
        if status != -signal.SIGKILL:
            raise RuntimeError(f"the {who} did not come so far: {step}: {status}")
        self.killed[who] += 1

    def worker_steps(self):
        for name in WORKER:
            self.worker_step(name)

    def rebuild_steps(self):
        """A later rebuild would hide what an earlier one lost, so each is looked at."""
        for name in REBUILD:
            self.rebuild_step(name)
            self.audits[name] = self.told(audit)

    # --- Afterwards

    def verdict(self):
        """Only the outbox is worked off: no rebuild, no audit that mends."""
        for _ in range(2):
            self.run(manage("index_worker", "--once"))
        return self.told(partial(judge, self.folder))


def _until(file, word, wanted):
    """However slow the machine is just now, so much is done before somebody dies."""
    until = time.monotonic() + PATIENCE
    while _count(file, word) < wanted and time.monotonic() < until:
        time.sleep(0.005)


def _count(file, word):
    return file.read_bytes().count(word) if file.exists() else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--elastic", default="")
    given = parser.parse_args()
    server = {"SEARCH_URL": given.elastic, "SEARCH_TIMEOUT": "20", "SEARCH_INDEX_PREFIX": f"drill-{os.getpid()}"}
    portal.settings_for(given.folder, **(server if given.elastic else {}))
    portal.load()
    drill = Drill(given.folder, given.seed)
    drill.found()
    report = {"at random": drill.watched(lambda: (drill.at_random(given.rounds), drill.worker_steps()))}
    report["verdict"] = drill.verdict()
    report["step by step"] = drill.watched(drill.rebuild_steps)
    report["verdict at the end"] = drill.verdict()
    print(json.dumps(report | {"killed": drill.killed, "audits": drill.audits}))


if __name__ == "__main__":
    main()
