"""What a service does with text that somebody typed: clean names, and source beside rendered HTML."""

import re
import unicodedata

from django.db import models
from django.utils.translation import gettext as _

from partnerships.text import markup
from partnerships.text.personal_numbers import found_in

from .refusals import Invalid

EMPTY_LINES = re.compile(r"\n{3,}")


def line(text: str, *, field: str, longest: int, required: bool = False) -> str:
    """One line of plain text: composed, without control characters, white space folded."""
    return _measured(_line(text), field, longest, required)


def lines(text: str, *, field: str, longest: int, required: bool = False) -> str:
    """Plain text that keeps its line breaks, with one empty line at most between two paragraphs."""
    clean = "\n".join(_line(row) for row in text.splitlines()).strip()
    return _measured(EMPTY_LINES.sub("\n\n", clean), field, longest, required)


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())


def _measured(clean: str, field: str, longest: int, required: bool) -> str:
    if required and not clean:
        raise Invalid(_("Write something here."), field=field)
    if len(clean) > longest:
        raise Invalid(_("Write at most %(count)s characters.") % {"count": longest}, field=field)
    _without_personal_numbers(_line(clean), field)
    return clean


def markdown(thing: models.Model, field: str, source: str, *, required: bool = False, asked_as: str = "") -> None:
    """Sets `field` to the cleaned source and `field_html` to what is shown of it; `asked_as` where the form says another."""
    asked = asked_as or field
    longest = thing._meta.get_field(field).max_length
    try:
        clean = markup.clean_source(source)
        if longest and len(clean) > longest:
            raise Invalid(_("Write at most %(count)s characters.") % {"count": longest}, field=asked)
        html = markup.render(clean)
    except markup.TextRefused as refused:
        raise Invalid(str(refused), field=asked) from refused
    if required and not _says_something(html):
        raise Invalid(_("Write something here."), field=asked)
    _without_personal_numbers(clean, asked)
    setattr(thing, field, clean)
    setattr(thing, f"{field}_html", html)


def _without_personal_numbers(text: str, field: str) -> None:
    """What could be somebody's number is not kept; who meant something else is told how to write it."""
    found = sorted(found_in(text), key=lambda number: not number.certain)
    if not found:
        return
    if found[0].certain:
        message = _("There is a civil registration number in the text: %(number)s. Take it out.")
    else:
        message = _(
            "This may be a civil registration number: %(number)s. Take it out, "
            "or if it is something else, put a slash before the last four digits."
        )
    raise Invalid(message % {"number": found[0].masked}, field=field)


def _says_something(html: str) -> bool:
    """Whether anything is left to read: spaces of no width, an empty list or a link without words say nothing."""
    return any(char.isprintable() and not char.isspace() for char in markup.plain_text(html))
