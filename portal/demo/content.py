"""Reads the demo's content: TOML with Markdown in the long fields (portal/demo/content/README.md has its rules)."""

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.utils import timezone
from markdown_it import MarkdownIt

FOLDER = Path(__file__).parent / "content"
_markdown = MarkdownIt("commonmark")


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def each(folder: str) -> list[dict[str, Any]]:
    """Every file of a folder, in the order of its names."""
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / folder).glob("*.toml"))]


def html(markdown: str) -> str:
    """The editors' Markdown as the HTML their rich text fields keep. Trusted: it is our own."""
    return _markdown.render(markdown).strip()


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def moment(text: str) -> datetime:
    """Ten in the morning of that day, where the portal is."""
    return timezone.make_aware(datetime.combine(date.fromisoformat(text), time(10)))
