from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compiles the translations that are newer than their compiled file; needs no gettext on the machine."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        compile_catalogues(settings.LOCALE_PATHS)
