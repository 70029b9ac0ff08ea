"""Translations are compiled where they are used, so that no gettext is needed and nothing compiled is kept in the repository."""

import os
from collections.abc import Iterable
from pathlib import Path

import polib


def compile_catalogues(folders: Iterable[Path]) -> None:
    """Only those newer than their compiled file; under another name first, so that nobody reads half of one."""
    for folder in folders:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            compiled = source.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
                unfinished = compiled.with_suffix(f".{os.getpid()}.part")
                polib.pofile(str(source)).save_as_mofile(str(unfinished))
                unfinished.replace(compiled)
