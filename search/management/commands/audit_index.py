from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.services import upkeep


class Command(BaseCommand):
    help = "Compares the index with the database row by row and mends what differs; run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-look", action="store_true", help="tell what differs and mend nothing")

    def handle(self, *, only_look: bool, **options: Any) -> None:
        run = upkeep.run_audit(mend=not only_look)
        self.stdout.write(f"{run.missing} missing, {run.surplus} surplus, {run.stale} stale")
        if run.differing and not only_look:
            self.stdout.write(f"✓ {run.mended} rows mended")
