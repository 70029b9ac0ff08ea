"""Rows that are taken along as a table. The one place that writes CSV."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]")


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """`name` without its ending. A mark at the front tells spreadsheets that the letters are UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(map(defused, map(_text, row)) for row in rows)
    response = HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def defused(value: str) -> str:
    """A spreadsheet would carry out what begins like a formula."""
    return f"'{value}" if _FORMULA.match(value) else value


def _text(value: object) -> str:
    return "" if value is None else str(value)
