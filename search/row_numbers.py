"""A row's id as one number: an engine reads numbers of hundreds of rows at once, without looking into any.

A number says the kind by its place in KINDS and the key in the database. An index keeps it, so a new kind comes last.
"""

KINDS = (
    "story",
    "idea",
    "update",
    "plan",
    "partnership",
    "organisation",
    "person",
    "post",
    "document",
    "room_document",
    "meeting",
)
A_KIND = 1 << 40
NO_NUMBER = -1
"""Of what is no row of its own, such as a passage."""


def number_of(key: str) -> int:
    kind, _, pk = key.partition(":")
    return KINDS.index(kind) * A_KIND + int(pk) if kind in KINDS and pk.isdecimal() else NO_NUMBER


def key_of(number: int) -> str:
    return f"{KINDS[number // A_KIND]}:{number % A_KIND}"
