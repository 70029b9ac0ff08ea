"""While the engine does not answer: titles and names from the database, under the same rights, and a notice that says so."""

from django.db.models import Model, Q, QuerySet
from django.utils.html import escape
from django.utils.translation import gettext as _

from cms.document_links import open_documents
from cms.models import SharedPage
from cms.selectors import address, in_reading_language
from partnerships.listing import named_like
from partnerships.models import Meeting, Organisation, Partnership, Post, Profile, RoomDocument
from search.documents import days
from search.query import PER_PAGE, Hit, Query, Results, Viewer
from search.records import day_of
from search.sources import SOURCES, key_of

MOST_OF_A_KIND = 50


def from_the_database(query: Query, viewer: Viewer, size: int = PER_PAGE) -> Results:
    hits = [
        _hit(thing, query.language)
        for rows in _rows(" ".join(query.text.split()), query.language, viewer)
        for thing in rows[:MOST_OF_A_KIND]
    ]
    kinds = query.filters.get("kind", ())
    hits = [found for found in hits if not kinds or found.kind in kinds]
    first = (query.page - 1) * size
    notice = _("Search is not working fully just now. These are matches in titles and names only.")
    return Results(query=query, total=len(hits), hits=tuple(hits[first : first + size]), notice=notice)


def _rows(text: str, language: str, viewer: Viewer) -> list[QuerySet]:
    in_titles = Q()
    for word in text.split():
        in_titles &= Q(title__icontains=word) | Q(title__icontains=word.capitalize())
    pages = SharedPage.objects.visible_to(viewer.user).filter(in_titles)
    named = named_like(text) if text else Q()
    return [
        in_reading_language(pages, language).select_related("locale").order_by("-first_published_at").specific(),
        Partnership.objects.visible_to(viewer.user).filter(named),
        Organisation.objects.public().filter(named),
        Profile.objects.findable().filter(named),
        Post.objects.visible_to(viewer.user).filter(in_titles).select_related("partnership"),
        open_documents().filter(in_titles),
        RoomDocument.objects.visible_to(viewer.user).filter(in_titles).select_related("partnership"),
        Meeting.objects.visible_to(viewer.user).filter(in_titles).select_related("partnership"),
    ]


def _hit(thing: Model, language: str) -> Hit:
    key = key_of(thing)
    kind = key.partition(":")[0]
    is_page = isinstance(thing, SharedPage)
    lang = thing.locale.language_code if is_page else language
    name = thing.title if isinstance(thing, SharedPage | Post) else str(thing)
    return Hit(
        id=key,
        kind=kind,
        kind_label=str(SOURCES[kind].label),
        lang=lang,
        thing=thing,
        name=name,
        url=address(thing, lang) if is_page else thing.get_absolute_url(),
        title=escape(name),
        text=escape(thing.summary) if is_page else "",
        facts={"day": days(day_of(thing))},
    )
