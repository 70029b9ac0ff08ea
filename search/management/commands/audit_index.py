from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import audit


class Command(BaseCommand):
    help = "Compares the index with the database row by row and mends what differs; run it every night."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--only-look", action="store_true", help="tell what differs and mend nothing")

    def handle(self, *, only_look: bool, **options: Any) -> None:
        drift = audit.compare()
        self.stdout.write(f"{len(drift.missing)} missing, {len(drift.surplus)} surplus, {len(drift.stale)} stale")
        if drift.keys and not only_look:
            self.stdout.write(f"✓ {audit.mend(drift)} rows mended")
