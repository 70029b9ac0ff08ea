"""A municipality's own server. Refuses to start while a secret or an address is missing."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import env


def required(name: str) -> str:
    """Names every variable a server cannot do without, so that it fails at the start and not at the first visitor."""
    value = env(name, default="")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: production does not start without it.")
    return value


SECRET_KEY = required("SECRET_KEY")
SITE_URL = required("SITE_URL").rstrip("/")
for name in ("DATABASE_URL", "ALLOWED_HOSTS", "EMAIL_URL", "DEFAULT_FROM_EMAIL"):
    required(name)

PRODUCTION = True
SERVE_MEDIA = False
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXIES", default=0) else None
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
