"""The set that was made by hand over the demonstration: what people would type, and where they want to end."""

from collections.abc import Iterator
from pathlib import Path

from cms.models import SharedPage
from partnerships.models import Organisation, Partnership, Profile
from search.evaluation.known_items import QuerySet
from search.sources import key_of

FILE = Path(__file__).with_name("known_items_da.tsv")


def known_items() -> Iterator[tuple[str, str, list[str]]]:
    """Class, text, and the address names of what is looked for."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, text, slugs = line.split("\t")
            yield kind, text, slugs.split()


def hand_made_set() -> QuerySet:
    """Only what is there is asked for; on another content than the demonstration's the set is empty."""
    ids = _ids_by_slug({slug for _, _, slugs in known_items() for slug in slugs})
    texts, judged = {}, {}
    for number, (_, text, slugs) in enumerate(known_items()):
        if wanted := {key: 1 for slug in slugs for key in ids.get(slug, ())}:
            texts[str(number)], judged[str(number)] = (text, "da"), wanted
    return QuerySet(texts, judged)


def _ids_by_slug(slugs: set[str]) -> dict[str, list[str]]:
    ids: dict[str, list[str]] = {}
    pages = SharedPage.objects.visible_to(None).filter(slug__in=slugs).select_related("content_type")
    partners = (model.objects.filter(slug__in=slugs) for model in (Organisation, Partnership))
    for thing in (
        *pages,
        *(thing for things in partners for thing in things),
        *Profile.objects.findable().filter(slug__in=slugs),
    ):
        if key := key_of(thing):
            ids.setdefault(thing.slug, []).append(key)
    return ids
