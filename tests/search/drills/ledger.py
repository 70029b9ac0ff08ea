"""What was done to the portal, kept outside of it: a line before each act, and one after its transaction was committed."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Ledger:
    """`stands` says under which word each thing must be found, or that it must not (None); of `doubtful` things the
    last act was announced and never confirmed, because somebody was killed: either may be true."""

    path: str
    stands: dict = field(default_factory=dict)
    doubtful: set = field(default_factory=set)
    words: dict = field(default_factory=dict)
    confirmed: int = 0
    last: int = 0

    def __post_init__(self):
        kept = Path(self.path)
        lines = kept.read_text(encoding="utf-8").splitlines() if kept.exists() else []
        announced = None
        for line in map(json.loads, lines):
            self.last = line["number"]
            if not line["done"]:
                self._doubt(announced)
                announced = line
            else:
                self._settle(line)
                announced = None
        self._doubt(announced)

    def _doubt(self, line):
        if line and line["key"]:
            self.doubtful.add(line["key"])

    def _settle(self, line):
        self.confirmed += 1
        self.stands[line["key"]] = line["word"]
        if line["word"]:
            self.words[line["word"]] = line["key"]

    def announce(self, number, key, word):
        """A thing that is not there yet has no key."""
        self.last = number
        self._write({"number": number, "key": key, "word": word, "done": False})

    def confirm(self, number, key, word):
        line = {"number": number, "key": key, "word": word, "done": True}
        self._write(line)
        self._settle(line)

    def _write(self, line):
        with open(self.path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def certain(self, kind, *, found):
        """Keys of this kind that are surely to be found (or surely not)."""
        return [
            key
            for key, word in self.stands.items()
            if key.startswith(f"{kind}:") and bool(word) == found and key not in self.doubtful
        ]
