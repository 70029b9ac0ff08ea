"""The text of an uploaded file, page by page, read where a hostile one harms nothing.

The reading is done by a process of its own (file_reader.py), which limits its memory and its time of computing before it
looks at the file, knows no secret of this one, and is killed when it takes too long.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from partnerships.text import office_reader

KINDS = frozenset({"pdf", "docx"}) | office_reader.KINDS
MOST_BYTES = 30_000_000
SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]


class ReadingFailed(RuntimeError):
    """The reader died or took too long: perhaps the machine was busy, so it may be tried again."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """`reason` says why there is no text. `count` is how many pages the file has, of which the first were read.

    `tagged` is known of a PDF only; `beside` is what stands outside the pages and is not searched.
    """

    pages: tuple[str, ...] = ()
    count: int = 0
    reason: str = ""
    tagged: bool | None = field(default=None, compare=False)
    beside: tuple[str, ...] = field(default=(), compare=False)


def extracted(data: bytes, kind: str, *, seconds: float = SECONDS) -> Extracted:
    """A file that is encrypted, broken or a trap gives no text and a reason, never an error."""
    if kind not in KINDS:
        return Extracted(reason="other_kind")
    if len(data) > MOST_BYTES:
        return Extracted(reason="too_large")
    command = [sys.executable, "-m", "partnerships.text.file_reader", kind, str(int(seconds) + 1)]
    surroundings = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in as bytes.
            command, input=data, capture_output=True, timeout=seconds, cwd=ROOT, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ReadingFailed(f"not read in {seconds} seconds") from error
    if done.returncode:
        raise ReadingFailed(f"the reader ended with {done.returncode}")
    said = json.loads(done.stdout)
    return Extracted(
        tuple(said["pages"]), said["count"], said["reason"], said.get("tagged"), tuple(said.get("beside", ()))
    )
