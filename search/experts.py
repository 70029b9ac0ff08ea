"""Who knows: people and organisations behind what was found, each with the reason in words and with evidence.

What is found votes by its rank, Σ weight / (60 + rank), so that no engine's scores matter. A person is counted only
while they agree to be found by search and are there to answer, and only through things this viewer may find. What was
written long ago says less about who knows today; a seat or a profile holds now. Whoever writes of it in their own words
gets a vote more for that.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from partnerships import clock
from partnerships.models import Organisation
from search.documents import days
from search.engines.base import Row
from search.evidence import evidence
from search.links import Link, links
from search.query import Expert, Viewer
from search.reasons import reasons
from search.sources import PAGE_KINDS

MOST = 5
FIRST = 200
DAMPING = 60
HALF_LIFE_DAYS = 4 * 365.25
NEVER_BELOW = 0.3
WRITTEN_ONCE = (*PAGE_KINDS.values(), "post")
OWN_WORDS = 1.0
WEIGHTS = {
    "author": 1.0,
    "self": 1.0,
    "contact": 0.8,
    "owner": 0.8,
    "proposer": 0.8,
    "wrote": 0.8,
    "project_partner": 0.6,
    "partner": 0.6,
    "supplier": 0.6,
    "recipient": 0.6,
    "administrator": 0.6,
    "secretary": 0.6,
    "board": 0.6,
    "funder": 0.4,
    "helper": 0.4,
    "member": 0.3,
}


@dataclass
class Votes:
    """What counts for one of them: for each thing, the heaviest part they have in it."""

    link: Link
    bonus: float = 0.0
    by_thing: dict[str, tuple[float, Link]] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return self.bonus + sum(worth for worth, _ in self.by_thing.values())

    def count(self, key: str, worth: float, link: Link) -> None:
        if key not in self.by_thing or worth > self.by_thing[key][0]:
            self.by_thing[key] = (worth, link)


def experts(
    rows: Iterable[Row],
    viewer: Viewer,
    language: str,
    own_words: Iterable[Row] = (),
    *,
    itself: str = "",
    most: int = MOST,
) -> tuple[Expert, ...]:
    """The first people and organisations, best first. `rows` are the first of what this viewer found, in order.

    Where it is asked beside a thing, `itself`, those who have a part in it come before all others.
    """
    best = sorted(by_votes(rows, viewer, own_words), key=lambda votes: itself not in votes.by_thing)
    people = [votes for votes in best if votes.link.who == "person"][:most]
    organisations = [votes for votes in best if votes.link.who == "organisation"][:most]
    return tuple(expert(votes, language) for votes in (*people, *organisations))


def by_votes(rows: Iterable[Row], viewer: Viewer, own_words: Iterable[Row] = ()) -> list[Votes]:
    """All who have a part in it, best first. `own_words` are the profiles that say it themselves, in order."""
    worth = {row.id: _recency(row) / (DAMPING + rank) for rank, row in enumerate(list(rows)[:FIRST])}
    bonus = {row.id: OWN_WORDS / (DAMPING + rank) for rank, row in enumerate(own_words)}
    return sorted(_counted(worth, bonus, viewer).values(), key=_order)


def _order(votes: Votes) -> tuple:
    return (-round(votes.score, 9), votes.link.name, votes.link.pk)


def _recency(row: Row) -> float:
    """Halves every four years, for what is written once and then stands as it was."""
    if row.id.partition(":")[0] not in WRITTEN_ONCE:
        return 1.0
    return max(NEVER_BELOW, 0.5 ** (max(days(clock.today()) - row.day, 0) / HALF_LIFE_DAYS))


def _counted(worth: Mapping[str, float], bonus: Mapping[str, float], viewer: Viewer) -> dict[tuple[str, int], Votes]:
    counted: dict[tuple[str, int], Votes] = {}
    keys = {*worth, *bonus}
    for key, link in links(keys, viewer) if keys else ():
        votes = counted.setdefault((link.who, link.pk), Votes(link))
        votes.count(key, WEIGHTS[link.part] * worth.get(key, 0.0), link)
        votes.bonus += bonus.get(key, 0.0) if link.part == "self" else 0.0
    return counted


def expert(votes: Votes, language: str) -> Expert:
    link = votes.link
    english = language == "en"
    about = (english and link.about_en) or link.about
    return Expert(
        id=f"{link.who}:{link.pk}",
        kind=link.who,
        pk=link.pk,
        name=(english and link.name_en) or link.name,
        role=str(Organisation.Kind(about).label) if link.who == "organisation" else about,
        url=reverse(f"partnerships:{link.who}", args=[link.slug]),
        reasons=reasons(_parts(votes, language), link.who),
        evidence=evidence(votes.by_thing, language),
    )


def _parts(votes: Votes, language: str) -> Mapping[tuple[str, str], Mapping[int, str]]:
    """(role, kind of thing) → the things. A partnership's name says more than a number, a page's stands as evidence."""
    parts: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for key, (_worth, link) in votes.by_thing.items():
        name = (language == "en" and link.title_en) or link.title
        parts[(link.part, key.partition(":")[0])][link.thing_pk] = name if link.thing == "partnership" else ""
    return parts
