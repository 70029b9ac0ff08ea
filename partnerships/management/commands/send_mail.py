import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from partnerships.services import mail_queue


class Command(BaseCommand):
    help = "Sends the mail that is due: what could not be sent at once, and what a killed process left behind."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=10, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        while True:
            sent = mail_queue.send_due()
            if once:
                self.stdout.write(f"✓ mail: {sent} sent")
                return
            time.sleep(every)
            close_old_connections()
