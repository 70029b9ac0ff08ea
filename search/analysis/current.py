"""The analyser this process uses, read once from the data folder."""

from functools import cache
from pathlib import Path

from django.conf import settings

from .compounds import Splitter
from .table import FILE_NAME, read_table
from .terms import Analyser


class DictionaryMissing(RuntimeError):
    """Said in one line, with the command that helps."""


def table_path() -> Path:
    """Beside the index, because both are made from something else and may be thrown away."""
    return Path(settings.ANALYSIS_DIR) / FILE_NAME


def current_analyser() -> Analyser:
    """Reads the table at the first use, not when Django starts: building it is itself a command."""
    return _load(table_path())


@cache
def _load(path: Path) -> Analyser:
    if not path.exists():
        raise DictionaryMissing(
            f"The table of Danish compounds is missing ({path}). Run: python manage.py build_dictionary"
        )
    return Analyser(Splitter(read_table(path)))
