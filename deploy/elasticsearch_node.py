"""A real Elasticsearch node for developing and testing, from the jars that Maven Central has; production runs its own.

    python3 deploy/elasticsearch_node.py jars               fetches the jars (once)
    python3 deploy/elasticsearch_node.py beside COMMAND...  runs a node, and the command with SEARCH_URL set, until it ends

Needs a JDK 17 and Maven, and nothing of Python but the standard library.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent / "elasticsearch"
MISSING = "A JDK 17 and Maven are missing for Elasticsearch (on Debian: apt-get install openjdk-17-jdk-headless maven)."
MODULE = """\
description=HTTP and transport by netty
version={version}
name=transport-netty4
elasticsearch.version={version}
java.version=17
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""
LOG = """\
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %d %p %c{1.}: %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class NodeFailed(RuntimeError):
    """The node could not be made or did not come up; the message says why."""


def need_java() -> None:
    if not (shutil.which("javac") and shutil.which("mvn")):
        raise NodeFailed(MISSING)


def fetch_jars(folder: Path) -> None:
    """Into `folder`, with the launcher compiled beside them; nothing is done where they are already."""
    if (folder / "Node.class").exists():
        return
    need_java()
    unfinished = folder.with_suffix(f".{os.getpid()}.part")
    shutil.rmtree(unfinished, ignore_errors=True)
    _run("mvn", "-q", "-B", "-f", HERE / "pom.xml", "dependency:copy-dependencies", f"-DoutputDirectory={unfinished}")
    _run("javac", "-cp", f"{unfinished}/*", "-d", unfinished, HERE / "Node.java")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)


def _run(*command: str | Path) -> None:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise NodeFailed(f"{command[0]} failed.\n{done.stdout}{done.stderr}".rstrip())


def _home(folder: Path, jars: Path) -> None:
    """What the server expects to find around it: a log configuration, and its network part as a module."""
    module = folder / "modules" / "transport-netty4"
    for path in (folder / "config", folder / "plugins", folder / "tmp", module):
        path.mkdir(parents=True, exist_ok=True)
    (folder / "config" / "log4j2.properties").write_text(LOG)
    version = next(jars.glob("transport-netty4-*.jar")).stem.removeprefix("transport-netty4-")
    (module / "plugin-descriptor.properties").write_text(MODULE.format(version=version))
    for jar in (*jars.glob("netty-*.jar"), *jars.glob("transport-netty4-*.jar")):
        if not (module / jar.name).exists():
            shutil.copy(jar, module)


def command(folder: Path, jars: Path, port: int, heap: str = "512m", **settings: str) -> list[str]:
    """The command that runs a node whose data lie in `folder`."""
    _home(folder, jars)
    class_path = [str(jars), *(str(jar) for jar in jars.glob("*.jar") if "netty" not in jar.name)]
    wanted = {
        "cluster.name": "samspil",
        "node.name": f"node-{port}",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": str(port),
        "transport.port": str(free_port()),
        "action.auto_create_index": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        **{name.replace("__", "."): value for name, value in settings.items()},
    }
    java = ["java", f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    java += [f"-Des.path.home={folder}", f"-Djava.io.tmpdir={folder / 'tmp'}", "-cp", os.pathsep.join(class_path)]
    return [*java, "Node", *(f"{name}={value}" for name, value in wanted.items() if value)]


def start(folder: Path, jars: Path, port: int, **settings: str) -> subprocess.Popen:
    """A running node; its log is `folder`/log."""
    process = spawn(folder, jars, port, **settings)
    wait(process, port, folder / "log")
    return process


def spawn(folder: Path, jars: Path, port: int, **settings: str) -> subprocess.Popen:
    """A node that is about to come up."""
    arguments = command(folder, jars, port, **settings)
    with (folder / "log").open("a") as log:
        return subprocess.Popen(arguments, stdout=log, stderr=log)


def wait(process: subprocess.Popen, port: int, log: Path, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            with urlopen(f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=1s", timeout=3):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    process.kill()
    raise NodeFailed(f"Elasticsearch did not come up:\n{log.read_text()[-3000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def beside(folder: Path, jars: Path, wanted: list[str]) -> int:
    """The node's data stay in `folder`, so a second start finds its index again."""
    port = free_port()
    print("… Elasticsearch", flush=True)
    node = start(folder, jars, port)
    print(f"✓ Elasticsearch: http://127.0.0.1:{port}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    portal = subprocess.Popen(wanted, env=os.environ | {"SEARCH_URL": f"http://127.0.0.1:{port}"})
    try:
        return portal.wait()
    except KeyboardInterrupt:
        return 130
    finally:
        portal.terminate()
        portal.wait()
        node.terminate()
        node.wait()


if __name__ == "__main__":
    data = Path(os.environ.get("DATA_DIR", Path(__file__).resolve().parents[1] / "var")) / "elasticsearch"
    try:
        fetch_jars(data / "jars")
        if sys.argv[1:2] == ["beside"]:
            sys.exit(beside(data / "home", data / "jars", sys.argv[2:]))
    except NodeFailed as error:
        sys.exit(f"✗ {error}")
