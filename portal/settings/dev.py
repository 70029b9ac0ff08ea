"""`make run`: the living demo, or one's own site after `make new`: no service, DEBUG off, mail in a local outbox."""

from .base import *
from .base import DATA_DIR, env

DEMO = env.bool("DEMO", default=True)
SECRET_KEY = env("SECRET_KEY", default="") or (DATA_DIR / "secret-key").read_text().strip()
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
SERVE_MEDIA = True
KEEPS_THE_TIMETABLE = True
READS_DOCUMENTS = True
TELLS_AT_ONCE = True
