from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import audit, indexing
from search.services import alerts


class Command(BaseCommand):
    help = "Builds a new generation of the index beside the one that answers, and lets it take over."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed", action="store_true", help="only where there is none, or analysis has changed"
        )
        parser.add_argument("--take-over", action="store_true", help="drop a build whose process is known to be dead")
        parser.add_argument("--back", action="store_true", help="let the generation before answer again, and mend it")

    def handle(self, *, if_needed: bool, back: bool, take_over: bool, **options: Any) -> None:
        if back:
            self._back()
            return
        if if_needed and not indexing.is_needed():
            written = indexing.catch_up()
            self.stdout.write(f"✓ search index: {f'{written} rows written' if written else 'nothing new'}")
            return
        try:
            generation = indexing.rebuild(self._say, take_over=take_over)
        except indexing.RebuildRunning as error:
            raise CommandError(str(error)) from error
        alerts.compare()
        self.stdout.write(f"✓ search index: {generation.rows} rows")

    def _back(self) -> None:
        try:
            generation = indexing.roll_back()
        except indexing.NothingBefore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"✓ {generation.name} answers; {audit.mend(audit.compare())} rows mended")

    def _say(self, done: int, total: int) -> None:
        self.stdout.write(f"  … search index: {done} of {total} rows")
        self.stdout.flush()
