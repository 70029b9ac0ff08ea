"""A search in words: what was typed, and the filters by their names."""

from django.utils import formats
from django.utils.translation import gettext as _

from search.labels import labels
from search.query import Query


def in_words(query: Query) -> str:
    """“varme”, Case, Asnæs"""
    names = labels({name: set(values) for name, values in query.filters.items()}, query.language)
    parts = [f"“{query.text}”"] if query.text else []
    parts += [names[(name, value)] for name, values in query.filters.items() for value in values]
    parts += [_("from %(date)s") % {"date": _day(query.since)}] if query.since else []
    parts += [_("until %(date)s") % {"date": _day(query.until)}] if query.until else []
    return ", ".join(parts) or _("Everything in Samspil")


def name_for(query: Query) -> str:
    """What a saved search may be called: words alone need no quotation marks."""
    return (in_words(query) if query.chosen or not query.text else query.text)[:120]


def _day(day: object) -> str:
    return formats.date_format(day, "DATE_FORMAT")
