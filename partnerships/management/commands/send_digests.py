from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from partnerships.models import Rhythm
from partnerships.services import digests, following_notices


class Command(BaseCommand):
    help = "Tells people what is new about what they follow: let a timer run it every minute, every day and every week."

    def add_arguments(self, parser: ArgumentParser) -> None:
        rhythms = parser.add_mutually_exclusive_group(required=True)
        for rhythm in (Rhythm.AT_ONCE, Rhythm.DAILY, Rhythm.WEEKLY):
            rhythms.add_argument(f"--{rhythm.replace('_', '-')}", dest="rhythm", action="store_const", const=rhythm)

    def handle(self, *, rhythm: str, **options: Any) -> None:
        noted = following_notices.note_what_is_new()
        self.stdout.write(f"✓ digests: {digests.tell(rhythm)} put, {noted} notices")
