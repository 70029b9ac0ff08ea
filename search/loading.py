"""The things found, loaded anew from the database under the viewer's rights: the index is never believed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from cms.models import SharedPage
from cms.selectors import address
from partnerships.models import Meeting, Organisation, Partnership, Post, Profile, RoomDocument
from search.document_hits import address_at, card, room_card, shown_documents
from search.engines.base import Row
from search.highlight import marked, snippet
from search.labels import Labels
from search.passages import Place
from search.query import Hit, Viewer
from search.sources import PAGE_KINDS, SOURCES


def load(rows: Iterable[Row], viewer: Viewer, *, names_only: bool = False) -> dict[str, Model]:
    """id → thing, for those the viewer may see; one query for all pages and one for each other kind."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        kind, _, pk = row.id.partition(":")
        by_kind["page" if kind in PAGE_KINDS.values() else kind].append(int(pk))
    kinds = {model._meta.model_name: kind for model, kind in PAGE_KINDS.items()}
    things = {}
    for kind, pks in by_kind.items():
        visible = _visible(kind, viewer)
        for thing in (_names(kind, visible) if names_only else visible).filter(pk__in=pks):
            own_kind = kinds[thing.content_type.model] if kind == "page" else kind
            things[f"{own_kind}:{thing.pk}"] = thing
    return things


NAMES = {
    "page": ("title", "url_path", "locale__language_code", "content_type__model"),
    "organisation": ("name", "name_en", "slug"),
    "partnership": ("name", "name_en", "slug"),
    "person": ("name", "slug"),
    "post": ("title", "partnership__slug"),
    "room_document": ("title", "partnership__slug"),
    "meeting": ("title", "partnership__slug"),
}


def _names(kind: str, visible: QuerySet) -> QuerySet:
    """Only what a name and an address are made of: asked for at every key that somebody types."""
    if kind not in NAMES:
        return visible
    related = {name.partition("__")[0] for name in NAMES[kind] if "__" in name}
    joined = visible.select_related(None).select_related(*related) if related else visible
    return joined.prefetch_related(None).only(*NAMES[kind])


def _visible(kind: str, viewer: Viewer) -> QuerySet:
    match kind:
        case "page":
            pages = SharedPage.objects.visible_to(viewer.user).select_related("locale", "content_type", "picture")
            return pages.only(*NAMES["page"], "translation_key", "picture").prefetch_related("picture__renditions")
        case "organisation":
            return Organisation.objects.public()
        case "partnership":
            return Partnership.objects.visible_to(viewer.user)
        case "person":
            return Profile.objects.findable()
        case "document":
            return shown_documents()
        case "room_document":
            return RoomDocument.objects.visible_to(viewer.user).select_related("partnership", "current")
        case "meeting":
            return Meeting.objects.visible_to(viewer.user).select_related("partnership")
        case _:
            return Post.objects.visible_to(viewer.user).select_related("partnership")


def facts_of(row: Row) -> dict[str, Any]:
    """What the index keeps of a hit beside its texts: address names of its status, sector and place, and its years."""
    return json.loads(row.source)


def hit(
    row: Row, thing: Model, *, language: str, terms: frozenset[str], labels: Labels, place: Place | None = None
) -> Hit:
    kept = facts_of(row)
    lang, _title, summary, body = _in(language, kept["texts"])
    kind = row.id.partition(":")[0]
    name = named(thing)
    return Hit(
        id=row.id,
        kind=kind,
        kind_label=str(SOURCES[kind].label),
        lang=lang,
        thing=thing,
        name=name,
        url=url_of(thing) if kind != "document" else address_at(thing, place),
        title=marked(name, lang, terms),
        text=snippet("", place.text, lang, terms) if place else snippet(summary, body, lang, terms),
        facts={
            **{fact: labels[(fact, values[0])] for fact, values in kept["facts"].items() if values},
            "status_code": next(iter(kept["facts"]["status"]), ""),
            "years": "-".join(str(year) for year in sorted(set(kept["years"]))),
            "formerly": _formerly(kind, kept, lang, terms),
            "day": row.day,
            **(card(thing, place, language) if kind == "document" else {}),
            **(room_card(thing, place) if kind == "room_document" else {}),
        },
    )


def _in(language: str, texts: list[list[str]]) -> list[str]:
    """The text in the reader's language, with the other's words where that leaves something out."""
    chosen = next((text for text in texts if text[0] == language), texts[0])
    return [chosen[0], *(own or other for own, other in zip(chosen[1:], texts[0][1:], strict=True))]


def named(thing: Model) -> str:
    """In the reader's language, where the thing has a name in it."""
    return thing.title if isinstance(thing, SharedPage | Post) else str(thing)


def url_of(thing: Model) -> str:
    return address(thing, thing.locale.language_code) if isinstance(thing, SharedPage) else thing.get_absolute_url()


def _formerly(kind: str, kept: Mapping[str, Any], lang: str, terms: frozenset[str]) -> str:
    """The former name that was asked for, marked."""
    if kind != "organisation":
        return ""
    names = (marked(name, lang, terms) for name in kept["names"])
    return next((name for name in names if "<mark>" in name), "")
