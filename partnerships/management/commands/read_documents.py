import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from partnerships.models import DocumentReading
from partnerships.services import documents


class Command(BaseCommand):
    help = "Takes the text out of uploaded documents, so that they are found; run it beside the web processes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, every: float, once: bool, verbosity: int, **options: Any) -> None:
        documents.ask_for_the_missing()
        while True:
            done = documents.read_waiting()
            if once:
                break
            time.sleep(every)
        if verbosity:
            self.stdout.write(f"✓ documents: {done} read, {DocumentReading.objects.parked().count()} given up")
