from typing import Any

from django.core.management.base import BaseCommand

from search.services import search_log


class Command(BaseCommand):
    help = "Takes searches out of the log that are older than SEARCH_LOG_DAYS; let a timer run it every night."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"✓ search log: {search_log.forget_old()} rows forgotten")
