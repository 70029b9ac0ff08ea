"""The look's small words: icons, badges, initials, dates as sources give them, text that stays together."""

import re
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from partnerships.partial_dates import PARTIAL

register = template.Library()

GLYPHS = {"completed": "done", "closed": "ended"}
_TOGETHER = re.compile(
    r"(\d{1,2}\.) (januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
    r"|(\d[\d.,-]*) (°C|%|mio\.|mia\.|kr\.|ton|tons|MW|GWh|m³|km|t\b)"
)


@register.simple_tag
def icon(name: str, css: str = "icon-svg") -> SafeString:
    """An icon of the sprite; words beside it say what it means."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        static("portal/sprite.svg"),
        name,
    )


@register.simple_tag
def status_badge(code: str, label: str = "") -> SafeString:
    """A status is always a glyph and a word."""
    glyph = GLYPHS.get(code, code)
    return format_html('<span class="s-badge s-badge--{}">{}{}</span>', glyph, icon(f"st-{glyph}", ""), label)


@register.simple_tag
def status_glyph(code: str) -> SafeString:
    """A status's glyph alone, for a timeline whose words stand beside it."""
    return icon(f"st-{GLYPHS.get(code, code)}", "")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The present address's parameters with some changed; None takes one out."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page_obj: Page) -> dict[str, Any]:
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page_obj": page_obj, "numbers": list(numbers)}


@register.filter
def initials(name: Any) -> str:
    words = re.findall(r"[^\W\d_]+", str(name))
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def face(key: Any) -> int:
    """One of four colours for a round face, the same for the same thing every time."""
    number = key if isinstance(key, int) else sum(map(ord, str(key)))
    return number % 4 + 1


@register.filter(is_safe=True)
def nobreak(text: Any) -> SafeString:
    """Keeps "12. december" and "24 °C" on one line."""
    kept = _TOGETHER.sub(lambda match: match.group().replace(" ", "\u00a0"), str(conditional_escape(text)))
    return mark_safe(kept)


@register.filter
def partial_date(value: str) -> str:
    """A date as the source gives it: a year, a month or a day, in the reader's language."""
    match = PARTIAL.fullmatch(value or "")
    if match is None:
        return ""
    year, month, day = match.groups()
    if not month:
        return year
    known = date(int(year), int(month), int(day or 1))
    return formats.date_format(known, "DATE_FORMAT" if day else "YEAR_MONTH_FORMAT")


@register.filter
def introducing(label: Any) -> str:
    """A label before what is said of it; a question needs no colon."""
    return str(label) if str(label).endswith("?") else f"{label}:"


@register.filter
def describedby(field: Any, extra: str = "") -> str:
    """The ids that explain a form field: its hint and its errors."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    ids += [f"{field.auto_id}-error"] if field.errors else []
    return " ".join([*ids, extra]).strip()


A_LINE = 160  # What may be so long has a field as wide as a text.
WIDGETS = {"CheckboxInput": "form-checkbox", "RadioSelect": "form-radio", "Select": "form-select"}


@register.simple_tag
def input_of(field: Any) -> SafeString:
    """A form field's input with the look's class and what a screen reader needs."""
    kind = type(field.field.widget).__name__
    given = field.field.widget.attrs.get("class", "")
    wide = "s-w-long" if kind == "TextInput" and (getattr(field.field, "max_length", 0) or 0) >= A_LINE else ""
    attributes = {"class": " ".join(filter(None, (WIDGETS.get(kind, "form-input"), given, wide)))}
    field.field.widget.attrs.pop("placeholder", None)  # Says what the label says, and is gone as soon as one types.
    if field.errors:
        attributes["aria-invalid"] = "true"
    described = describedby(field)
    if described:
        attributes["aria-describedby"] = described
    return field.as_widget(attrs=attributes)


@register.filter
def widget_kind(field: Any) -> str:
    """checkbox, checkboxes, radios or other: the three that are laid out in their own way, and the rest."""
    kind = type(field.field.widget).__name__
    return {"CheckboxInput": "checkbox", "CheckboxSelectMultiple": "checkboxes", "RadioSelect": "radios"}.get(
        kind, "other"
    )


@register.simple_tag
def count_of_errors(form: Any) -> str:
    count = sum(len(errors) for errors in form.errors.values())
    return ngettext("Correct %(n)s mistake and send again", "Correct %(n)s mistakes and send again", count) % {
        "n": count
    }
