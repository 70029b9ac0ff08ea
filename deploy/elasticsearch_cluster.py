"""Several real Elasticsearch nodes that form one cluster on this machine, for drills in which some of them die."""

import json
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from deploy.elasticsearch_node import NodeFailed, free_port, spawn

HEAP = "256m"
UP_SECONDS = 180


class Cluster:
    """Nodes are named by their HTTP port."""

    def __init__(self, folder: Path, jars: Path, size: int = 3) -> None:
        self.folder, self.jars = folder, jars
        self.transports = {free_port(): free_port() for _ in range(size)}
        self.running: dict[int, subprocess.Popen] = {}

    def __enter__(self) -> "Cluster":
        for port in self.transports:
            self.start(port)
        self.wait_for(len(self.transports))
        return self

    def __exit__(self, *error: object) -> None:
        for process in self.running.values():
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in self.running.values():
            process.wait(30)

    @property
    def addresses(self) -> str:
        return ",".join(f"http://127.0.0.1:{port}" for port in self.transports)

    def start(self, port: int) -> None:
        """A node that was killed finds its data again."""
        home = self.folder / str(port)
        shutil.rmtree(home / "tmp", ignore_errors=True)
        self.running[port] = spawn(home, self.jars, port, heap=HEAP, **self._settings(port))

    def _settings(self, port: int) -> dict[str, str]:
        return {
            "discovery__type": "",
            "discovery__seed_hosts": ",".join(f"127.0.0.1:{other}" for other in self.transports.values()),
            "cluster__initial_master_nodes": ",".join(f"node-{other}" for other in self.transports),
            "transport__port": str(self.transports[port]),
        }

    def kill(self, port: int) -> None:
        process = self.running.pop(port)
        process.kill()
        process.wait()

    def wait_for(self, nodes: int, status: str = "green") -> None:
        """Until so many nodes know of each other and every copy of every index has a place."""
        until = time.monotonic() + UP_SECONDS
        asked = f"/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=5s"
        while time.monotonic() < until:
            for port in self.running:
                try:
                    if not self.ask(asked, port)["timed_out"]:
                        return
                except (URLError, OSError):
                    time.sleep(0.5)
        raise NodeFailed(f"The cluster did not come to {nodes} nodes; see {self.folder}/*/log.")

    def ask(self, path: str, port: int | None = None) -> dict[str, Any]:
        with urlopen(f"http://127.0.0.1:{port or next(iter(self.running))}{path}", timeout=10) as answer:
            return json.load(answer)

    def master(self) -> int:
        state = self.ask("/_cluster/state/master_node,nodes")
        return _port(state, state["master_node"])

    def holder(self, alias: str, besides: int) -> int:
        """A node that holds a copy of the index behind this alias, and is another than `besides`; the primary first."""
        state = self.ask(f"/_cluster/state/nodes,routing_table/{alias}")
        shards = [shard for index in state["routing_table"]["indices"].values() for shard in index["shards"]["0"]]
        shards.sort(key=lambda shard: not shard["primary"])
        return next(port for shard in shards if (port := _port(state, shard["node"])) != besides)


def _port(state: dict[str, Any], node: str) -> int:
    return int(state["nodes"][node]["name"].removeprefix("node-"))
