"""How long a digest run takes for many followers, and that none gets two mails when it is killed and repeated.

    python3 deploy/bench_digests.py [FOLLOWERS EVENTS [KILLS]]

In a folder of its own, var/bench/digests, made anew each time.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("DATA_DIR", ROOT / "var"))
PYTHON = ROOT / ".venv" / "bin" / "python"


def command(folder: Path, *arguments: str) -> tuple[list[str], dict[str, str]]:
    ours = {"DATA_DIR": str(folder), "DEMO": "0", "DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    return [str(PYTHON), "manage.py", *arguments], os.environ | ours


def manage(folder: Path, *arguments: str) -> None:
    line, environment = command(folder, *arguments)
    subprocess.run(line, cwd=ROOT, env=environment, check=True)


def make(folder: Path, followers: str, events: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(DATA / "secret-key", folder)
    manage(folder, "migrate", "--verbosity", "0")
    manage(folder, "bench_digests", "--make", followers, events)


def killed(folder: Path, after: float) -> None:
    line, environment = command(folder, "bench_digests", "--run")
    process = subprocess.Popen(line, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    print(f"killed after {after:.1f} s", flush=True)


if __name__ == "__main__":
    followers, events, kills = (*sys.argv[1:4], *("10000", "1000", "3")[len(sys.argv) - 1 :])
    folder = DATA / "bench" / "digests"
    make(folder, followers, events)
    manage(folder, "bench_digests", "--run", "--counted")
    if int(kills):
        make(folder, followers, events)
        for _ in range(int(kills)):
            killed(folder, random.uniform(4, 12))  # noqa: S311
        manage(folder, "bench_digests", "--run", "--counted")
