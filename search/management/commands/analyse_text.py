import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand

from search.analysis.current import current_analyser
from search.word_rules import follow_rules


class Command(BaseCommand):
    help = "Shows what words turn into: the terms that are indexed, in order of weight, and the parts of a compound."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("words", nargs="*", help="without any, standard input is read: one word a line")
        parser.add_argument("--lang", choices=["da", "en"], default="da")
        parser.add_argument("--json", action="store_true", help="a list with one object a word")

    def handle(self, *, words: list[str], lang: str, **options: Any) -> None:
        follow_rules()
        analysed = [self._analysed(word, lang) for word in words or _lines(sys.stdin)]
        if options["json"]:
            self.stdout.write(json.dumps(analysed, ensure_ascii=False))
            return
        for one in analysed:
            self.stdout.write(f"{one['token']}\t{' '.join(one['terms'])}\t{' + '.join(one['parts'])}")

    def _analysed(self, word: str, lang: str) -> dict[str, Any]:
        analyser = current_analyser()
        terms = analyser.text(word, lang)
        return {
            "token": word,
            "terms": list(dict.fromkeys([*terms.main, *terms.extra])),
            "parts": [part.surface for part in analyser.split(word)] if lang == "da" else [],
        }


def _lines(lines: Iterable[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
