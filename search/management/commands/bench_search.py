import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings

from partnerships.models import Topic
from search.engines import current_engine
from search.evaluation import speed, writing_speed
from search.evaluation.filling import FIRST_TOPIC

SECONDS = {"embedded": 2.0, "elastic": 2.0}
HEAD = "| what | ours | engine alone | measured | target | kept |\n| --- | --- | --- | --- | --- | --- |"


class Command(BaseCommand):
    help = (
        "Measures how fast search is, over a portal that generate_corpus made, on the embedded engine and, where "
        "SEARCH_URL is set, on Elasticsearch. It builds the index anew and changes a few titles and back: `make bench` "
        "gives it a folder of its own."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--questions", type=int, default=300)
        parser.add_argument("--seed", type=int, default=1)

        parser.add_argument(
            "--own-time",
            action="store_true",
            help="the embedded engine by this process's own time, on a machine that others use too",
        )

    def handle(self, *, questions: int, seed: int, own_time: bool, **options: Any) -> None:
        if not Topic.objects.filter(slug=FIRST_TOPIC).exists():
            raise CommandError("This is no portal that generate_corpus made, and its titles would be changed.")
        asked = speed.questions(questions, seed)
        for name in ("embedded", *(["elastic"] if settings.SEARCH_URL else [])):
            speed.Times.clock = time.process_time if own_time and name == "embedded" else time.perf_counter
            with _engine(name):
                written = writing_speed.rebuilding()
                figures = [*written, *speed.searching(asked), writing_speed.changing(SECONDS[name])]
                figures += [writing_speed.alerting(asked)] if name == "embedded" else []
            self.stdout.write(f"\n**{name}**\n\n{HEAD}")
            for figure in figures:
                kept = {True: "yes", False: "**no**", None: ""}[figure.kept]
                row = (figure.what, figure.ours, figure.raw, figure.measured, figure.target, kept)
                self.stdout.write(f"| {' | '.join(row)} |")
                self.stdout.flush()


@contextmanager
def _engine(name: str) -> Iterator[None]:
    other = {"SEARCH_URL": ""} if name == "embedded" else {"SEARCH_TIMEOUT": 20.0}
    with override_settings(**other):
        current_engine.cache_clear()
        yield
    current_engine.cache_clear()
