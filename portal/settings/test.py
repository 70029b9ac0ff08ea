"""`make test`: a database file of its own, mail in memory, quick password hashes, everything else as it is served."""

import atexit
import shutil
import tempfile
from pathlib import Path

from portal.catalogues import compile_catalogues

from .base import *
from .base import DATABASES, LOCALE_PATHS, STORAGES

# The translated addresses are Danish words, so the catalogues come before any address is asked for.
compile_catalogues(LOCALE_PATHS)
SCRATCH = Path(tempfile.mkdtemp(prefix="samspil-test-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
MEDIA_ROOT = SCRATCH / "media"
INDEX_DIR = SCRATCH / "index"
SECRET_KEY = "only-for-tests"  # noqa: S105
DEMO = True
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = SCRATCH / "mail"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SERVE_MEDIA = True
ACCOUNT_RATE_LIMITS = False
SEARCH_LOG_SECONDS = 0  # Written when a test says so.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
