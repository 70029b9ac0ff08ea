"""One Elasticsearch node for all workers of a run: the first that needs it starts it, the last that leaves stops it."""

import fcntl
import json
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.elasticsearch_node import fetch_jars, free_port, start


@contextmanager
def shared_node(folder: Path, jars: Path) -> Iterator[str]:
    """Its address. `folder` is the same for all workers, and new for each run."""
    folder.mkdir(exist_ok=True)
    with _noted(folder) as node:
        if not node:
            fetch_jars(jars)
            port = free_port()
            node.update(pid=start(folder, jars, port).pid, address=f"http://127.0.0.1:{port}", users=0)
        node["users"] += 1
        address = node["address"]
    yield address
    with _noted(folder) as node:
        node["users"] -= 1
        if not node["users"]:
            os.kill(node["pid"], signal.SIGTERM)
            node.clear()


@contextmanager
def _noted(folder: Path) -> Iterator[dict]:
    with open(folder / "node.json", "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        node = json.loads(file.read() or "{}")
        yield node
        file.truncate(0)
        file.write(json.dumps(node))
