"""An invented portal of SIZE things in a folder of its own (var/bench/SIZE), and how fast search is on it.

    python3 deploy/bench.py [SIZE ...] [options of bench_search]

The portal is made once and kept; Elasticsearch runs beside the measurement, with its data in the same folder.
"""

import os
import shutil
import subprocess
import sys
from itertools import takewhile
from pathlib import Path

from elasticsearch_node import fetch_jars, free_port, start

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("DATA_DIR", ROOT / "var"))
PYTHON = ROOT / ".venv" / "bin" / "python"


def manage(folder: Path, *arguments: str, **more: str) -> None:
    ours = {"DATA_DIR": str(folder), "DEMO": "0", "DJANGO_SETTINGS_MODULE": "portal.settings.dev", **more}
    subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, env=os.environ | ours, check=True)


def make_portal(folder: Path, size: str) -> None:
    """Under another name until it is whole, so that an interrupted one is never measured."""
    unfinished = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    shutil.copy(DATA / "secret-key", unfinished)
    shutil.copytree(DATA / "analysis", unfinished / "analysis")
    manage(unfinished, "migrate", "--verbosity", "0")
    founder = ("--municipality", "Målekommune", "--admin", "bench@example.org")
    manage(unfinished, "found_site", *founder, ADMIN_PASSWORD=os.urandom(16).hex())
    manage(unfinished, "generate_corpus", size, "--no-index")
    unfinished.rename(folder)


def measure(folder: Path, *options: str) -> None:
    jars, port = DATA / "elasticsearch" / "jars", free_port()
    fetch_jars(jars)
    home = folder / "elasticsearch"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    node = start(home, jars, port)
    try:
        manage(folder, "bench_search", *options, SEARCH_URL=f"http://127.0.0.1:{port}", SEARCH_INDEX_PREFIX="bench")
    finally:
        node.terminate()
        node.wait(30)


if __name__ == "__main__":
    sizes = list(takewhile(str.isdecimal, sys.argv[1:])) or ["10000"]
    for size in sizes:
        folder = DATA / "bench" / size
        if not folder.exists():
            make_portal(folder, size)
        print(f"\n### {int(size):,} things", flush=True)
        measure(folder, *sys.argv[1 + len(sizes) :])
