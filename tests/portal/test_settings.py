"""What a server is started with: production refuses to start half-configured, and every variable is told of once."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SERVER = {
    "SECRET_KEY": "a-long-key-that-only-this-test-knows-4f8b1c6d9e2a7b3c5d0e",
    "SITE_URL": "https://samspil.example.org",
    "DATABASE_URL": "sqlite:////nonexistent/samspil.sqlite3",
    "ALLOWED_HOSTS": "samspil.example.org",
    "EMAIL_URL": "smtp://localhost:25",
    "DEFAULT_FROM_EMAIL": "Samspil <samspil@example.org>",
}


def started(*command, tmp_path, **variables):
    clean = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    where = {"DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings.production"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={**clean, **where, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", SERVER)
def test_production_does_not_start_without(name, tmp_path):
    variables = {key: value for key, value in SERVER.items() if key != name}
    done = started("-c", "from django.conf import settings; settings.DEBUG", tmp_path=tmp_path, **variables)
    assert done.returncode != 0
    assert f"Set {name} in the environment" in done.stderr


def test_production_passes_the_deployment_check_without_a_warning(tmp_path):
    done = started("manage.py", "check", "--deploy", "--fail-level", "WARNING", tmp_path=tmp_path, **SERVER)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_the_demonstration_is_refused_in_production(tmp_path):
    done = started("manage.py", "check", tmp_path=tmp_path, **SERVER, DEMO="1")
    assert done.returncode != 0
    assert "portal.E001" in done.stderr


def test_production_guards_cookies_and_logins(tmp_path):
    """Read from the running settings, not from the file."""
    asks = """
import django; django.setup()
from django.conf import settings as s
from django.urls import NoReverseMatch, reverse
from allauth.account import app_settings
assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY
assert s.SESSION_COOKIE_NAME.startswith("__Host-") and s.CSRF_COOKIE_NAME.startswith("__Host-")
assert s.SESSION_COOKIE_SAMESITE == s.CSRF_COOKIE_SAMESITE == "Lax"
assert s.SECURE_SSL_REDIRECT and s.SECURE_HSTS_SECONDS >= 31_536_000
assert not s.DEBUG and not s.DEMO and s.ALLOWED_HOSTS == ["samspil.example.org"]
wanted = {"login", "login_failed", "signup", "reset_password", "reset_password_from_key", "change_password"}
assert wanted <= set(app_settings.RATE_LIMITS), app_settings.RATE_LIMITS
assert s.MIDDLEWARE.index("django.middleware.security.SecurityMiddleware") == 0
for name in ("demo_sign_in", "mailbox"):
    try:
        reverse(name)
    except NoReverseMatch:
        continue
    raise AssertionError(name)
print("all of it")
"""
    done = started("-c", asks, tmp_path=tmp_path, **SERVER)
    assert done.stdout == "all of it\n", done.stderr


READ = re.compile(r"""(?:\benv(?:\.\w+)?|required|environ\.get|environment\(\)\.get)\(['"]([A-Z_]+)['"]""")
NAMED_IN_A_ROW = re.compile(r"for name in \(([^)]+)\):\s+required")
ASKED = re.compile(r'"([A-Z_]+)": ask\(')
SET = re.compile(r'setdefault\("([A-Z_]+)"')


def read_by(*patterns):
    found = set()
    for pattern in patterns:
        for path in Path(settings.BASE_DIR).glob(pattern):
            text = path.read_text()
            found |= {*READ.findall(text), *ASKED.findall(text), *SET.findall(text)}
            found |= {name for row in NAMED_IN_A_ROW.findall(text) for name in re.findall(r'"([A-Z_]+)"', row)}
    return found - {"PATH"}


def test_every_variable_that_is_read_stands_once_in_the_example_and_no_other():
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    named = [match.group(1) for line in lines if (match := re.match(r"#([A-Z_]+)=", line))]
    assert sorted(named) == sorted(read_by("portal/settings/*.py", "deploy/setup.py", "manage.py"))


def test_every_variable_in_the_example_says_why():
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#[A-Z_]+=", line):
            assert re.match(r"# [A-Z1].{15,}[.;]$", lines[number - 1]), line


def test_a_copied_example_changes_nothing_until_something_is_uncommented():
    lines = (settings.BASE_DIR / ".env.example").read_text().splitlines()
    assert all(not line or line.startswith("#") for line in lines)


def test_no_secret_stands_in_the_repository():
    """Only the tests' key, which signs nothing that outlives a test."""
    for name in ("base", "dev", "production"):
        text = (settings.BASE_DIR / "portal/settings" / f"{name}.py").read_text()
        assert not re.search(r"""SECRET_KEY\s*=\s*['"]""", text)
