"""Gathers what the code says to people, and keeps the Danish catalogue in step with it; needs no gettext on the machine."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation.template import templatize

FOLDERS = ("portal", "search", "cms", "partnerships", "templates")
FUNCTIONS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ("msgid",)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), ("msgid", "msgid_plural")),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ("msgctxt", "msgid")),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ("msgctxt", "msgid", "msgid_plural")),
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\b(n?p?gettext|_)\(\s*({_LITERAL}(?:\s*,\s*{_LITERAL})*)", re.DOTALL)
# Texts of the packages that their own Danish catalogues lack; nothing in our code names them.
OF_OTHERS = "of a package"
Message = tuple[str, str]


class Command(BaseCommand):
    help = "Brings portal/locale/da in step with the texts in code and templates; --check fails where one is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check: bool, **options: Any) -> None:
        path = settings.BASE_DIR / "portal/locale/da/LC_MESSAGES/django.po"
        known = polib.pofile(str(path))
        faults = _in_step(known, texts())
        if check and faults:
            raise CommandError("\n".join(["The Danish catalogue is not in step:", *faults]))
        if not check:
            known.save(str(path))
            self.stdout.write("\n".join(faults) or "✓ the Danish catalogue is in step")


def texts() -> dict[Message, str]:
    """(context, message) → its plural, or nothing."""
    found: dict[Message, str] = {}
    for folder in FOLDERS:
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                found |= dict(_of_code(path))
            elif path.suffix in (".html", ".txt") and folder == "templates":
                found |= dict(_of_template(path))
    return found


def _of_code(path: Path) -> Iterator[tuple[Message, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            values = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if name in FUNCTIONS and len(values) >= len(FUNCTIONS[name]):
                yield _message(name, values)


def _of_template(path: Path) -> Iterator[tuple[Message, str]]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for match in _IN_TEMPLATE.finditer(source):
        values = [ast.literal_eval(text) for text in re.findall(_LITERAL, match.group(2), re.DOTALL)]
        yield _message(match.group(1), values)


def _message(name: str, values: list[str]) -> tuple[Message, str]:
    parts = dict(zip(FUNCTIONS[name], values, strict=False))
    return (parts.get("msgctxt", ""), parts["msgid"]), parts.get("msgid_plural", "")


def _in_step(known: polib.POFile, wanted: dict[Message, str]) -> list[str]:
    """Takes out what nobody says any more, adds what is new, and names what has no Danish."""
    faults = []
    for entry in list(known):
        if OF_OTHERS not in entry.comment and (entry.msgctxt or "", entry.msgid) not in wanted:
            known.remove(entry)
            faults.append(f"no longer said: {entry.msgid}")
    there = {(entry.msgctxt or "", entry.msgid): entry for entry in known}
    for (context, msgid), plural in wanted.items():
        if (context, msgid) not in there:
            known.append(_empty(context, msgid, plural))
    faults += [f"without Danish: {entry.msgid}" for entry in known if not entry.translated() or entry.fuzzy]
    return faults


def _empty(context: str, msgid: str, plural: str) -> polib.POEntry:
    entry = polib.POEntry(msgid=msgid, msgctxt=context or None)
    if plural:
        entry.msgid_plural, entry.msgstr_plural = plural, {0: "", 1: ""}
    return entry
