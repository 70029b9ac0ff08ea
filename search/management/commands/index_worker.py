import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from search import at_once, indexing, swapping, upkeep
from search.engines.base import EngineFailed


class Command(BaseCommand):
    help = (
        "Keeps the index up to date where several web processes share one, tells at once what is new, and does what "
        "editors asked of the index; run it beside them."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=0.5, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="look once and end")

    def handle(self, *, every: float, once: bool, **options: Any) -> None:
        self._begin()
        while True:
            indexing.catch_up()
            at_once.tell_now()
            upkeep.carry_out()
            if once:
                return
            time.sleep(every)
            close_old_connections()

    def _begin(self) -> None:
        """Where one died in the middle of something."""
        try:
            swapping.believe_the_engine()
        except (EngineFailed, DatabaseError):
            self.stderr.write("What is needed does not answer yet; it is tried again and again.")
