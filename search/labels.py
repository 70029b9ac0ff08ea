"""What a facet's values are called in the reader's language: one query for all that are shown."""

from collections.abc import Iterable, Mapping
from functools import cache

from django.db.models import CharField, F, Model, Q, QuerySet, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.models import StatusStep
from partnerships.models import Goal, Organisation, Partnership, Place, Sector, Topic
from partnerships.prepared import Given, Prepared
from partnerships.visibility import knows_of
from search.documents import BEFORE
from search.sources import SOURCES

STORED: dict[str, tuple[type[Model], str, str]] = {
    "topic": (Topic, "name_da", "name_en"),
    "sector": (Sector, "name_da", "name_en"),
    "place": (Place, "name_da", "name_en"),
    "goal": (Goal, "title_da", "title_en"),
    "organisation": (Organisation, "name", "name_en"),
    "partnership": (Partnership, "name", "name_en"),
}
FACET_LABELS = {
    "kind": _("Type"),
    "topic": _("Topic"),
    "sector": _("Sector"),
    "status": _("Status"),
    "place": _("Place"),
    "year": _("Year"),
    "organisation": _("Organisation"),
    "partnership": _("Partnership"),
    "goal": _("Goal"),
    "lang": _("Language"),
    "filetype": _("File type"),
}
LANGUAGE_NAMES = {"da": "Dansk", "en": "English"}
FILE_TYPES = {
    **{"pdf": "PDF", "doc": "Word", "docx": "Word", "xls": "Excel", "xlsx": "Excel", "ppt": "PowerPoint"},
    **{"pptx": "PowerPoint", "odt": "OpenDocument", "ods": "OpenDocument", "odp": "OpenDocument", "jpg": "JPEG"},
}
Labels = Mapping[tuple[str, str], str]


def facet_label(name: str) -> str:
    return str(FACET_LABELS[name])


def labels(wanted: Mapping[str, Iterable[str]], language: str, joined: Iterable[int] = ()) -> Labels:
    """(facet, value) → words. A value nobody knows keeps its own name, so that it can be taken out of the address; so does
    a hidden partnership, unless the reader has `joined` it."""
    found = {(name, value): value for name, values in wanted.items() for value in values}
    found |= {(name, value): known for name, value in found if (known := _fixed(name, value))}
    stored = {name: wanted.get(name, ()) for name in STORED}
    given = {**stored, "joined": joined}
    for name, slug, danish, english in _names().rows(given) if any(stored.values()) else ():
        found[(name, slug)] = (english or danish) if language == "en" else danish
    return found


@cache
def _names() -> Prepared:
    first, *others = map(_stored, STORED)
    return Prepared.of(first.union(*others, all=True))


def _stored(name: str) -> QuerySet:
    model, danish, english = STORED[name]
    named = model.objects.public() if model is Organisation else model.objects.all()
    rows = named.filter(slug__in=[Given(name)]).order_by()
    if model is Partnership:
        rows = rows.filter(knows_of(None) | Q(pk__in=[Given("joined")]))
    return rows.annotate(facet=Value(name, CharField()), da=F(danish), en=F(english)).values_list(
        "facet", "slug", "da", "en"
    )


def _fixed(name: str, value: str) -> str:
    match name:
        case "kind":
            return str(SOURCES[value].plural) if value in SOURCES else ""
        case "status":
            return str(dict(StatusStep.Code.choices).get(value, ""))
        case "lang":
            return LANGUAGE_NAMES.get(value, "")
        case "filetype":
            return FILE_TYPES.get(value, value.upper())
        case "year" if value == BEFORE:
            return gettext("Before 2001")
    return ""
