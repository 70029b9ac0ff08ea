"""Short lists that editors write as lines of text, with semicolons between the parts."""

from django.db import models


def rows_in(text: str, *names: str) -> list[dict[str, str]]:
    """One row a line, its parts between semicolons."""
    rows = [[part.strip() for part in line.split(";")] for line in text.splitlines() if line.strip()]
    return [dict(zip(names, [*row, *[""] * len(names)], strict=False)) for row in rows]


def as_typed(rows: models.QuerySet, *names: str) -> str:
    """The same lines, as they are read back. A semicolon inside a part becomes a comma, or it would begin the next part."""
    return "\n".join(
        "; ".join(str(value or "").replace(";", ",") for value in row).rstrip("; ") for row in rows.values_list(*names)
    )
