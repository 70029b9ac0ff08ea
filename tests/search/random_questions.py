"""Questions made by chance: words, phrases, slips of the hand, exclusions, filters, spans of days, orders."""

import random
from datetime import date

from search.query import Query
from tests.search.random_portal import ENGLISH, SECRET, STATUSES, WORDS

KINDS = ("story", "update", "post", "document", "person", "organisation", "partnership")


def question(chance: random.Random, filters: dict, secrets: float = 0.3) -> Query:
    """`filters` gives the values that there are; a part of the questions asks for what nobody should find."""
    words = SECRET if chance.random() < secrets else WORDS
    return Query(
        text=_text(chance, words),
        language="en" if chance.random() < 0.2 else "da",
        filters=dict(_filters(chance, filters)) if chance.random() < 0.4 else {},
        since=_day(chance) if chance.random() < 0.1 else None,
        until=_day(chance) if chance.random() < 0.1 else None,
        sort=chance.choice(["relevance", "relevance", "newest", "name"]),
        exact=chance.random() < 0.1,
    )


def _text(chance, words):
    one, two, three = (chance.choice(words), *chance.sample([*WORDS, *ENGLISH], 2))
    return chance.choice(
        [
            one,
            one,
            one[: chance.randint(2, 5)],
            _slip(chance, one),
            f"{one} {two}",
            f"{one} {two} {three} {chance.choice(WORDS)}",
            f'"{two} {one}"',
            f"{two} -{one}",
            f"-{one}",
            f"{two} {_slip(chance, one)}",
            "",
        ]
    )


def _slip(chance, word):
    at = chance.randrange(1, len(word))
    return word[:at] + chance.choice(["", "q", word[at] * 2]) + word[at + 1 :]


def _filters(chance, known):
    for name in chance.sample(sorted(known), chance.choice([1, 1, 2])):
        if known[name]:
            yield name, tuple(chance.sample(list(known[name]), min(len(known[name]), chance.choice([1, 1, 2]))))


def _day(chance):
    return date(chance.randint(2008, 2026), chance.randint(1, 12), 1)


def filters_of(portal) -> dict:
    slugs = {name: [thing.slug for thing in things] for name, things in _things(portal).items()}
    return {
        **slugs,
        "kind": KINDS,
        "status": STATUSES,
        "lang": ("da", "en"),
        "filetype": ("pdf", "docx"),
        "year": ("2011-2020", "-2000", "2021-2030", "2015"),
    }


def _things(portal):
    return {
        "topic": portal.topics,
        "place": portal.places,
        "goal": portal.goals,
        "organisation": portal.organisations,
        "partnership": [portal.ours, portal.theirs],
    }
