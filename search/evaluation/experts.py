"""Who knows, by leaving one out: one document's people are forgotten, its title is asked, and they should be named.

Beside the portal's vote of ranks stand two that know nothing of the question: those with the most documents first, and
chance. What the corpus says of who knows what is told in search/evaluation/portal_plan.py.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cms.models import PersonLink, SharedPage
from partnerships.models import Post, Profile
from search.evaluation.temporary import ranking
from search.experts import DAMPING, FIRST, WEIGHTS
from search.sources import key_of


def leave_one_out(sample: int, seed: int) -> dict[str, float]:
    """Mean reciprocal rank of the first of a document's people, on the index that this process searches."""
    rng = random.Random(seed)  # noqa: S311
    agreed = set(Profile.objects.consenting().values_list("pk", flat=True))
    pages = _of_pages(agreed)
    parts = {**pages, **_of_posts(agreed), **{f"person:{pk}": {pk: "self"} for pk in agreed}}
    asked = rng.sample(sorted(pages), min(sample, len(pages)))
    titles = dict(
        SharedPage.objects.filter(pk__in=[int(key.partition(":")[2]) for key in asked]).values_list("pk", "title")
    )
    everyone = sorted(agreed)
    wrote = Counter(person for named in parts.values() for person in named)
    ranks: dict[str, list[float]] = defaultdict(list)
    for key in asked:
        true = set(parts[key])
        found = [other for other in ranking(titles[int(key.partition(":")[2])], "da") if other != key]
        most = sorted(everyone, key=lambda person: (-(wrote[person] - (person in true)), person))
        ranks["vote"].append(reciprocal_rank(_votes(found, parts), true))
        ranks["most_documents"].append(reciprocal_rank(most, true))
        ranks["random"].append(reciprocal_rank(rng.sample(everyone, len(everyone)), true))
    return {name: round(sum(each) / len(each), 4) if each else 0.0 for name, each in ranks.items()}


def reciprocal_rank(ranked: Sequence[int], true: set[int]) -> float:
    return next((1 / rank for rank, person in enumerate(ranked, start=1) if person in true), 0.0)


def _of_pages(agreed: set[int]) -> dict[str, dict[int, str]]:
    """Page → person → role, of those who agree to be shown."""
    keys = {page.pk: key_of(page) for page in SharedPage.objects.visible_to(None).select_related("content_type")}
    parts: dict[str, dict[int, str]] = defaultdict(dict)
    for page, person, role in PersonLink.objects.values_list("page_id", "person_id", "role"):
        if person in agreed and keys.get(page):
            parts[keys[page]][person] = role
    return dict(parts)


def _of_posts(agreed: set[int]) -> dict[str, dict[int, str]]:
    """Everybody's public posts."""
    posts = Post.objects.public().values_list("pk", "author_id")
    return {f"post:{pk}": {author: "wrote"} for pk, author in posts if author in agreed}


def _votes(found: Iterable[str], parts: Mapping[str, Mapping[int, str]]) -> list[int]:
    votes: Counter[int] = Counter()
    for rank, key in zip(range(FIRST), found, strict=False):
        for person, role in parts.get(key, {}).items():
            votes[person] += WEIGHTS[role] / (DAMPING + rank)
    return sorted(votes, key=lambda person: (-votes[person], person))
