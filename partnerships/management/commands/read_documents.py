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

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        documents.ask_for_the_missing()
        while True:
            done = documents.read_waiting()
            if once:
                parked = DocumentReading.objects.parked().count()
                self.stdout.write(f"✓ documents: {done} read, {parked} given up")
                return
            time.sleep(every)
