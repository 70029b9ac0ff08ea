"""Who knows: people and organisations behind what was found, each with the reason in words.

What is found votes by its rank, Σ weight / (60 + rank), so that no engine's scores matter. A person is counted only
while they agree to be shown, and only through things this viewer may find.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.urls import reverse

from partnerships.models import Organisation
from search.links import Link, links
from search.query import Expert
from search.reasons import reasons
from search.sources import PAGE_KINDS

MOST = 5
FIRST = 200
DAMPING = 60
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
    """What counts for one of them: the parts they have in what was found."""

    link: Link
    score: float = 0.0
    parts: dict[tuple[str, str], dict[int, str]] = field(default_factory=lambda: defaultdict(dict))


def experts(ids: Iterable[str], language: str) -> tuple[Expert, ...]:
    """Up to five people and five organisations, best first. `ids` are the first of what this viewer found, in order."""
    ranks = {key: rank for rank, key in enumerate(list(ids)[:FIRST])}
    best = sorted(_counted(ranks).values(), key=lambda votes: (-votes.score, votes.link.name))
    people = [votes for votes in best if votes.link.who == "person"][:MOST]
    organisations = [votes for votes in best if votes.link.who == "organisation"][:MOST]
    return tuple(_expert(votes, language) for votes in (*people, *organisations))


def _counted(ranks: Mapping[str, int]) -> dict[tuple[str, int], Votes]:
    counted: dict[tuple[str, int], Votes] = {}
    for link in links(ranks):
        kinds = PAGE_KINDS.values() if link.thing == "page" else [link.thing]
        key = next((key for kind in kinds if (key := f"{kind}:{link.thing_pk}") in ranks), None)
        if key:
            votes = counted.setdefault((link.who, link.pk), Votes(link))
            votes.score += WEIGHTS[link.part] / (DAMPING + ranks[key])
            votes.parts[(link.part, key.partition(":")[0])][link.thing_pk] = link.thing_name
    return counted


def _expert(votes: Votes, language: str) -> Expert:
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
        reasons=reasons(votes.parts, link.who),
    )
