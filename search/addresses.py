"""A search is its address: parameters in, and the same parameters with one thing changed out."""

from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from search.query import FACETS, LAST_PAGE, LONGEST_TEXT, MOST_WORDS, SORTS, Query

MOST_VALUES = 50
LONGEST_VALUE = 120


def query_from(parameters: QueryDict, language: str) -> Query:
    """What cannot be understood is left out; nothing that somebody may type is an error."""
    typed = _plain(parameters.get("q", ""))
    text = " ".join(typed[:LONGEST_TEXT].split()[:MOST_WORDS])
    sort = parameters.get("sort", "")
    return Query(
        text=text,
        language=language,
        filters={name: values for name in FACETS if (values := _values(parameters, name))},
        since=_day(parameters.get("from", "")),
        until=_day(parameters.get("to", "")),
        sort=sort if sort in SORTS else SORTS[0],
        page=_page(parameters.get("page", "")),
        was_cut=len(" ".join(typed.split())) > len(text),
        exact=parameters.get("exact") == "1",
    )


def address_of(query: Query, **changes: object) -> str:
    """The parameters of this search with some changed; a change begins at the first page again."""
    pairs: list[tuple[str, str]] = []
    text = str(changes.get("q", query.text))
    pairs += [("q", text)] if text else []
    filters = {**query.filters, **{name: value for name, value in changes.items() if name in FACETS}}
    pairs += [(name, value) for name, values in filters.items() for value in values]
    period = (("from", changes.get("since", query.since)), ("to", changes.get("until", query.until)))
    pairs += [(name, day.isoformat()) for name, day in period if isinstance(day, date)]
    pairs += [("exact", "1")] if changes.get("exact", query.exact) else []
    sort = changes.get("sort", query.sort)
    pairs += [("sort", str(sort))] if sort != SORTS[0] else []
    page = changes.get("page", 1)
    pairs += [("page", str(page))] if page != 1 else []
    return f"?{urlencode(pairs)}"


def _plain(text: str) -> str:
    """Without what a database or an engine would refuse to store."""
    return "".join(char for char in text if char == " " or char.isprintable() or char.isspace()).replace("\x00", "")


def _values(parameters: QueryDict, name: str) -> tuple[str, ...]:
    given = (_plain(value)[:LONGEST_VALUE] for value in parameters.getlist(name)[:MOST_VALUES])
    return tuple(dict.fromkeys(value for value in given if value))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _page(text: str) -> int:
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 6 else 1
