"""THE list of what can be found. Each source gives the rows that may stand in the index, and their record.

A row that is not in `rows` is not in the index: unpublished, closed, without consent, taken down.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.db.models import Exists, Model, OuterRef, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.models import Page

from cms.models import CaseStoryPage, PlanSectionPage, SharedPage, SolutionIdeaPage, UpdatePage
from cms.openness import open_pages
from partnerships.models import (
    Document,
    Meeting,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Post,
    Profile,
    RoomDocument,
    Seek,
)
from partnerships.models.organisations import of_public
from search import records
from search.document_records import documents, of_document
from search.documents import Record
from search.page_ties import tie
from search.room_records import meetings, of_meeting, of_room_document, room_documents

AT_ONCE = 500


def _nothing(rows: Sequence[Any]) -> None:
    """What these rows are tied to came with them."""


@dataclass(frozen=True)
class Source:
    kind: str
    label: Promise
    plural: Promise
    model: type[Model]
    rows: Callable[[], QuerySet]
    record: Callable[[Any], Record]
    has_passages: bool = False
    tie: Callable[[Sequence[Any]], None] = _nothing

    def records(self, keys: Iterable[int] | None = None) -> Iterator[Record]:
        rows = self.rows() if keys is None else self.rows().filter(pk__in=list(keys))
        waiting = rows.order_by("pk").iterator(chunk_size=AT_ONCE)
        while some := list(islice(waiting, AT_ONCE)):
            self.tie(some)
            yield from map(self.record, some)


def _pages(model: type[SharedPage]) -> QuerySet:
    other = open_pages().filter(translation_key=OuterRef("translation_key")).exclude(locale_id=OuterRef("locale_id"))
    pages = model.objects.visible_to(None).annotate(translated=Exists(other))
    return pages.select_related("locale", "sector")


def _current(model: type[Model], related: str, name: str, to_attr: str) -> Prefetch:
    rows = model.objects.current().select_related(name)
    return Prefetch(related, rows.filter(of_public()) if name == "organisation" else rows, to_attr=to_attr)


def _organisations() -> QuerySet:
    shown = Participation.objects.current().filter(partnership__in=Partnership.objects.shown_whole_to(None))
    partners = Prefetch("participations", shown.select_related("partnership"), to_attr="current_participations")
    return Organisation.objects.public().prefetch_related("topics", "places", "sectors", "former_names", partners)


def _people() -> QuerySet:
    belong = _current(Membership, "memberships", "organisation", "current_memberships")
    return Profile.objects.findable().prefetch_related("topics", belong)


def _partnerships() -> QuerySet:
    members = _current(Participation, "participations", "organisation", "current_participations")
    seeks = Prefetch("seeks", Seek.objects.current())
    lived = Partnership.objects.filter(state__in=Partnership.LIVED)
    return lived.prefetch_related("topics", "places", "goals", members, seeks)


def _posts() -> QuerySet:
    lived = Post.objects.standing().filter(partnership__state__in=Partnership.LIVED)
    return lived.select_related("partnership", "organisation")


def _page_source(kind: str, label: Promise, plural: Promise, model: type[SharedPage]) -> Source:
    return Source(kind, label, plural, model, partial(_pages, model), partial(records.of_page, kind), tie=tie)


SOURCES = {
    source.kind: source
    for source in (
        _page_source("story", _("Case"), _("Cases"), CaseStoryPage),
        _page_source("idea", _("Solution idea"), _("Solution ideas"), SolutionIdeaPage),
        _page_source("update", pgettext_lazy("piece of news", "Update"), _("Updates"), UpdatePage),
        _page_source("plan", _("Plan section"), _("Plan sections"), PlanSectionPage),
        Source("partnership", _("Partnership"), _("Partnerships"), Partnership, _partnerships, records.of_partnership),
        Source(
            "organisation", _("Organisation"), _("Organisations"), Organisation, _organisations, records.of_organisation
        ),
        Source("person", _("Person"), _("People"), Profile, _people, records.of_person),
        Source("post", _("Post"), _("Posts"), Post, _posts, records.of_post),
        Source("document", _("Document"), _("Documents"), Document, documents, of_document, has_passages=True),
        Source(
            "room_document",
            _("Document in a partnership"),
            _("Documents in partnerships"),
            RoomDocument,
            room_documents,
            of_room_document,
            has_passages=True,
        ),
        Source("meeting", _("Meeting"), _("Meetings"), Meeting, meetings, of_meeting),
    )
}
PAGE_KINDS = {source.model: source.kind for source in SOURCES.values() if issubclass(source.model, SharedPage)}


def key_of(thing: Model) -> str:
    """The id under which a thing stands in the index, or nothing where it is not searched."""
    model = thing.specific_class if isinstance(thing, Page) else type(thing)
    kind = next((source.kind for source in SOURCES.values() if source.model is model), "")
    return f"{kind}:{thing.pk}" if kind else ""
