"""The analyser this process uses: the table read once from the data folder, under the editors' rules in force."""

from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from .compounds import Table
from .rules import RuledSplitter, Rules
from .table import FILE_NAME, read_table
from .terms import Analyser


class DictionaryMissing(RuntimeError):
    """Said in one line, with the command that helps."""


def table_path() -> Path:
    """Beside the index, because both are made from something else and may be thrown away."""
    return Path(settings.ANALYSIS_DIR) / FILE_NAME


def current_analyser() -> Analyser:
    """Reads the table at the first use, not when Django starts: building it is itself a command."""
    return _analyser(settings.ANALYSIS_DIR, _in_force)


def put_in_force(rules: Rules) -> None:
    """From now on this process analyses by these rules; what was remembered under others is not used."""
    global _in_force
    _in_force = rules


_in_force = Rules()


@lru_cache(maxsize=4)
def _analyser(folder: Path, rules: Rules) -> Analyser:
    return Analyser(RuledSplitter(_table(folder), rules))


@cache
def _table(folder: Path) -> Table:
    path = Path(folder) / FILE_NAME
    if not path.exists():
        raise DictionaryMissing(
            f"The table of Danish compounds is missing ({path}). Run: python manage.py build_dictionary"
        )
    return read_table(path)
