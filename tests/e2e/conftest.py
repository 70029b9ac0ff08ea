"""A real portal with the demonstration, served as `make run` serves it, and a real browser to look at it."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest
import requests
from django.conf import settings
from playwright.sync_api import sync_playwright
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from tests.demonstration import copied_to, environment_of, manage

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
WIDTHS = (1440, 360)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def made_ready(data: Path, port: int) -> dict[str, str]:
    """The environment in which it runs."""
    copied_to(data, port)
    environment = environment_of(data, f"http://localhost:{port}")
    manage(environment, "collectstatic", "--noinput", "--verbosity", "0")
    manage(environment, "rebuild_index")
    return environment


@pytest.fixture(scope="session")
def portal(django_db_setup, tmp_path_factory):
    """The address of the portal. Its log is printed when the tests end badly."""
    data, port = tmp_path_factory.mktemp("portal"), free_port()
    environment = made_ready(data, port)
    command = ["gunicorn", "portal.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "8"]
    with (data / "log").open("w") as log:
        server = subprocess.Popen(
            [Path(sys.executable).parent / command[0], *command[1:], "--no-control-socket", "--timeout", "120"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=log,
            stderr=log,
        )
    address = f"http://localhost:{port}"
    try:
        wait_for(f"{address}/-/ready")
        yield address
    finally:
        server.terminate()
        server.wait(20)
    faults = [line for line in (data / "log").read_text().splitlines() if "ERROR" in line or "Traceback" in line]
    assert not faults, faults[:10]


def wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing (on Debian: apt-get install chromium)."
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture
def visitor(browser, portal):
    """Opens a page of one's own: visitor(), visitor(width=360), visitor(who="member"), visitor(scripts=False)."""
    contexts = []

    def opened(*, width=1440, who="", language="da", scripts=True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            locale="da-DK" if language == "da" else "en-GB",
            java_script_enabled=scripts,
            base_url=portal,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        if who:
            page.goto("/konto/login/")
            page.locator(f'form:has(input[name="who"][value="{who}"]) button').click()
            page.wait_for_url(lambda url: "login" not in url)
        return page

    yield opened
    for context in contexts:
        context.close()


def signed_in(portal: str, who: str = "") -> requests.Session:
    """An HTTP client, signed in as one of the demo's people. As a browser does, it asks again where the server has just closed
    a connection that was kept open; an answer, whatever it is, is never asked for twice."""
    session = requests.Session()
    session.mount("http://", HTTPAdapter(max_retries=Retry(3, status=0, allowed_methods=["GET"])))
    if who:
        session.get(f"{portal}/konto/login/", timeout=60)
        html = session.get(f"{portal}/konto/login/", timeout=60).text
        token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        answer = session.post(
            f"{portal}/-/demo/sign-in",
            data={"who": who, "csrfmiddlewaretoken": token},
            headers={"Referer": f"{portal}/konto/login/"},
            timeout=60,
        )
        assert answer.status_code == 200, answer.status_code
    return session
