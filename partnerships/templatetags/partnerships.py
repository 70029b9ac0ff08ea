"""What several pages of partners show: the decision clock, and lists of names as a sentence."""

from collections.abc import Iterable
from datetime import date, datetime

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.translation import gettext as _

from partnerships import clock
from partnerships.answer_times import AnswerTime
from partnerships.models import Application, HistoryEntry
from partnerships.page_history import said_by

register = template.Library()
BAR = 300


def _along(days: float, promised: int) -> int:
    """A day as a place on the bar, which ends with the promised day."""
    return round(BAR * min(max(days, 0), promised) / max(promised, 1))


@register.inclusion_tag("partnerships/_clock.html")
def promise_clock(say: str, promised_days: int, usual: AnswerTime | None = None) -> dict[str, object]:
    """Before something is sent: the promise, and the usual time where enough answers are measured."""
    filled = _along(usual.days, promised_days) if usual else 0
    pin = _along(usual.days, promised_days) if usual else None
    return {"say": say, "filled": filled, "pin": pin, "usual": usual, "promised_days": promised_days, "sent": None}


@register.inclusion_tag("partnerships/_clock.html")
def application_clock(application: Application, usual: AnswerTime | None = None) -> dict[str, object]:
    """While an answer is waited for: the elapsed days against the promised ones."""
    sent = day_of(application.sent)
    promised_days = max((application.promised - sent).days, 1)
    day = (clock.today() - sent).days
    return {
        "application": application,
        "filled": _along(day, promised_days),
        "pin": _along(usual.days, promised_days) if usual else None,
        "usual": usual,
        "promised_days": promised_days,
        "sent": sent,
        "day": day,
        "late": application.is_overdue,
    }


@register.filter
def day_of(moment: datetime) -> date:
    return timezone.localdate(moment)


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def trail(context: Context, here: object, *steps: object) -> dict[str, object]:
    """The way here: text and address by turns, then the page itself."""
    return {"here": here, "trail": list(zip(steps[::2], steps[1::2], strict=True)), "home_url": context.get("home_url")}


@register.simple_tag(takes_context=True)
def address_without(context: Context, name: str, value: str) -> str:
    """The present address with one value of one filter taken out, from the first page on."""
    query = context["request"].GET.copy()
    query.setlist(name, [kept for kept in query.getlist(name) if kept != value])
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.filter
def changed_fields(entry: HistoryEntry) -> str:
    """What was changed, in words."""
    return said_by(entry)


@register.filter
def in_words(things: Iterable[object]) -> str:
    """One, two and three."""
    names = [str(thing) for thing in things]
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@register.filter
def days_since(day: date) -> int:
    return (clock.today() - day).days


@register.filter
def days_until(day: date | None) -> int | None:
    """Negative when it has passed, nothing where no day was promised."""
    return None if day is None else (day - clock.today()).days
