"""Records made by chance, for engines that have no database beside them, and the changes they go through."""

import random
from datetime import date, timedelta

from search.documents import Passage, Record, Text
from tests.search.random_portal import ENGLISH, STATUSES, WORDS

PUBLIC = frozenset({"public"})
AUDIENCES = (PUBLIC, PUBLIC, PUBLIC, frozenset({"p:1"}), frozenset({"pa:1"}), frozenset({"p:2"}))
VIEWERS = (PUBLIC, PUBLIC | {"p:1"}, PUBLIC | {"p:1", "pa:1"}, PUBLIC | {"p:2"})
KINDS = ("story", "update", "post", "document", "person", "organisation", "partnership")
FILTERS = {
    "kind": KINDS,
    "status": STATUSES,
    "topic": ("heat", "water", "waste"),
    "place": ("north", "south"),
    "goal": ("one", "two"),
    "sector": ("energy",),
    "organisation": ("fjordbryg", "havbryg"),
    "partnership": ("vandnet",),
    "lang": ("da", "en"),
    "filetype": ("pdf", "docx"),
    "year": ("2011-2020", "-2000", "2021-2030", "2015"),
}
NAMES = ("Fjordbryg", "Havbryg", "Anna Jensen", "Gipsværket")


def records(chance: random.Random, most: int) -> dict[str, Record]:
    made = [record(chance, pk) for pk in range(1, most + 1)]
    return {one.id: one for one in made}


def record(chance: random.Random, pk: int) -> Record:
    kind, lang = chance.choice(KINDS), chance.choice(["da", "da", "da", "en"])
    return Record(
        kind=kind,
        pk=pk,
        texts=_texts(chance, kind, lang),
        for_lang=chance.choice([("da", "en"), ("da", "en"), (lang,)]),
        acl=chance.choice(AUDIENCES),
        day=date(2005, 1, 1) + timedelta(days=chance.randrange(7_000)),
        names=_some(chance, NAMES, 2) if kind == "organisation" else (),
        topics=_some(chance, [*WORDS, *NAMES], 3),
        years=tuple(range(year := chance.randint(1995, 2025), year + chance.randint(0, 3))),
        facets={name: _some(chance, FILTERS[name], 2) for name in FILTERS if name not in ("kind", "lang", "year")},
        passages=tuple(Passage(page, _words(chance, lang, 60)) for page in (1, 2)) if kind == "document" else (),
    )


def changed(chance: random.Random, known: dict[str, Record]) -> tuple[list[Record], list[str]]:
    """A tenth is written anew, a twentieth is gone, and as many come."""
    keys = sorted(known)
    chance.shuffle(keys)
    gone, other = keys[: len(keys) // 20], keys[len(keys) // 20 :]
    new = [_again(chance, known[key]) for key in other[: len(keys) // 10]]
    return new + [record(chance, 10_000 + number) for number in range(len(gone))], gone


def _again(chance, old):
    while True:
        new = record(chance, old.pk)
        if new.kind == old.kind:
            return new


def _texts(chance, kind, lang):
    titles = _words(chance, lang, 4) if chance.random() < 0.8 else chance.choice(NAMES)
    own = Text(lang, titles.capitalize(), _words(chance, lang, 12), _words(chance, lang, 50))
    both = lang == "da" and kind == "partnership"
    return (own, Text("en", *(_words(chance, "en", most) for most in (3, 8, 20)))) if both else (own,)


def _words(chance, lang, most):
    known = ENGLISH if lang == "en" else WORDS
    return " ".join(chance.choices(known, [1 / rank for rank in range(1, len(known) + 1)], k=chance.randint(1, most)))


def _some(chance, values, most):
    return tuple(chance.sample(list(values), min(len(values), chance.randint(0, most))))
