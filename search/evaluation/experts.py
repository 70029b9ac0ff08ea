"""Whether those who know are found: hide who stands behind one thing, ask its title, and look where they come.

Each question is a published thing whose people agree to be named and have a part in something else too: nobody can be
known by what is hidden alone. The rank of the first of them counts, as mean reciprocal rank. Beside it stand the two
answers that need no search: whoever has a part in most things, and chance.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from cms.models import PersonLink, SharedPage
from partnerships import clock
from partnerships.models import Post, Profile
from search import audience
from search.experts import by_votes
from search.finding import understood, widened
from search.own_words import own_words
from search.query import Query, Viewer
from search.ranking import ranked
from search.sources import key_of


@dataclass(frozen=True, slots=True)
class Question:
    """A thing and those who truly stand behind it."""

    key: str
    title: str
    language: str
    people: frozenset[int]


def leave_one_out(sample: int, seed: int) -> dict[str, float]:
    """Mean reciprocal ranks over at most `sample` things, the same ones for the same seed."""
    chance = random.Random(seed)  # noqa: S311
    known = list(_questions())
    parts = Counter(pk for question in known for pk in question.people)
    fair = [question for question in known if any(parts[pk] > 1 for pk in question.people)]
    asked = chance.sample(fair, min(sample, len(fair)))
    people = sorted(Profile.objects.findable().values_list("pk", flat=True))
    ranks: dict[str, list[float]] = defaultdict(list)
    for question in asked:
        ranks["vote"].append(_reciprocal(voted(question), question.people))
        ranks["most_documents"].append(_reciprocal(_most(parts, people, question), question.people))
        ranks["random"].append(_reciprocal(chance.sample(people, len(people)), question.people))
    means = {name: sum(found) / len(found) for name, found in ranks.items()}
    return {"queries": float(len(asked)), "vote": 0.0, "most_documents": 0.0, "random": 0.0, **means}


def voted(question: Question) -> list[int]:
    """People by their votes, without the thing that was asked about: as a visitor would get them."""
    viewer: Viewer = audience.viewer(AnonymousUser())
    query = Query(text=question.title, language=question.language)
    asked = understood(query)
    request, found, _notice = widened(query, asked, viewer)
    rows = [row for row in ranked(found.rows, clock.today()) if row.id != question.key]
    best = by_votes(rows, viewer, own_words(request, asked))
    return [votes.link.pk for votes in best if votes.link.who == "person"]


def _most(parts: Counter[int], people: Iterable[int], question: Question) -> list[int]:
    """By how much they stand behind; what is hidden does not count."""
    return sorted(people, key=lambda pk: (-(parts[pk] - (pk in question.people)), pk))


def _reciprocal(ranking: Iterable[int], wanted: frozenset[int]) -> float:
    return next((1 / rank for rank, pk in enumerate(ranking, start=1) if pk in wanted), 0.0)


def _questions() -> Iterator[Question]:
    """Pages with their people, and public posts with their authors, in the order of their keys.

    A page and its translations are one thing: it is asked once, and knowing it in two languages is no second part.
    """
    agree = Profile.objects.findable().order_by().values("pk")
    behind: dict[int, set[int]] = defaultdict(set)
    for page, person in PersonLink.objects.filter(person__in=agree).values_list("page_id", "person_id"):
        behind[page].add(person)
    pages = SharedPage.objects.visible_to(AnonymousUser()).filter(pk__in=behind).order_by("pk")
    asked = set()
    for page in pages.select_related("content_type", "locale").defer_streamfields():
        if page.translation_key not in asked:
            yield Question(key_of(page), page.title, page.locale.language_code, frozenset(behind[page.pk]))
        asked.add(page.translation_key)
    for post in Post.objects.public().filter(author__in=agree).order_by("pk"):
        yield Question(f"post:{post.pk}", post.title, "da", frozenset({post.author_id}))
