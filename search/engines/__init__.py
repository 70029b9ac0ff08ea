"""The engine this process uses, chosen by environment variables; nobody else asks which it is."""

from functools import cache

from django.conf import settings

from .base import Engine
from .embedded import EmbeddedEngine


@cache
def current_engine() -> Engine:
    return EmbeddedEngine(settings.INDEX_DIR)
