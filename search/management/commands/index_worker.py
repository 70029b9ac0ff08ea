import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search import at_once, indexing


class Command(BaseCommand):
    help = "Keeps the index up to date where several web processes share one, and tells at once what is new; run it beside them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0.5, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        while True:
            indexing.catch_up()
            at_once.tell_now()
            if once:
                return
            time.sleep(every)
