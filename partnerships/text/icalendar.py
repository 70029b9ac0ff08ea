"""Calendars as RFC 5545 writes them: the few lines that a meeting needs. Times are in UTC, which every program turns into
its reader's own, summer time and all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LONGEST_LINE = 75
PRODUCT = "-//Samspil//DA"


@dataclass(frozen=True)
class Event:
    """`sequence` grows with every change that was told; of two with one `uid` the higher one counts."""

    uid: str
    stamp: datetime
    begins: datetime
    ends: datetime
    title: str
    sequence: int = 0
    cancelled: bool = False
    place: str = ""
    text: str = ""
    url: str = ""


def calendar(name: str, events: Iterable[Event]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H"]
    for event in events:
        lines += _event(event)
    return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{moment(event.stamp)}"
    yield f"LAST-MODIFIED:{moment(event.stamp)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield f"DTSTART:{moment(event.begins)}"
    yield f"DTEND:{moment(event.ends)}"
    yield f"SUMMARY:{escaped(event.title)}"
    for name, value in (("LOCATION", event.place), ("DESCRIPTION", event.text)):
        if value:
            yield f"{name}:{escaped(value)}"
    if event.url:
        yield f"URL:{event.url}"
    yield "END:VEVENT"


def moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    plain = "".join(char for char in text.replace("\r\n", "\n") if char == "\n" or char.isprintable())
    for char in "\\;,":
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> str:
    """At most 75 octets a line; the rest follows after a space, and no letter is cut in two."""
    parts, length = [""], 0
    for char in line:
        size = len(char.encode())
        if length + size > LONGEST_LINE:
            parts.append(" ")
            length = 1
        parts[-1] += char
        length += size
    return "\r\n".join(parts)
