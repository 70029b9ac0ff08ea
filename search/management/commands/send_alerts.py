from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.models import SavedSearch
from search.services import alerts


class Command(BaseCommand):
    help = (
        "Tells people what is new in their saved searches: let a timer run it every minute, every day and every week."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        rhythms = parser.add_mutually_exclusive_group(required=True)
        for rhythm in (SavedSearch.Rhythm.AT_ONCE, SavedSearch.Rhythm.DAILY, SavedSearch.Rhythm.WEEKLY):
            rhythms.add_argument(f"--{rhythm.replace('_', '-')}", dest="rhythm", action="store_const", const=rhythm)

    def handle(self, *, rhythm: str, **options: Any) -> None:
        self.stdout.write(f"✓ alerts: {alerts.tell(rhythm)} told")
