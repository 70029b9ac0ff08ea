"""What members share in a partnership's room becomes records that carry the room's own tokens.

A record names only what everyone who may find it may also read: of a public meeting what was made public of its
minutes, of a draft nothing, of a document its latest version.
"""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator

from partnerships.models import Audience, Meeting, Partnership, RoomDocument
from partnerships.text.markup import plain_text
from search import audience
from search.document_records import SAYS_LANGUAGE, SHOWN, language_of, parts
from search.documents import Passage, Record, Text

LANGUAGES = ("da", "en")


def room_documents() -> QuerySet[RoomDocument]:
    rows = RoomDocument.objects.standing().filter(partnership__state__in=Partnership.LIVED, current__isnull=False)
    return rows.select_related("partnership", "current").prefetch_related("current__text_pages")


def of_room_document(document: RoomDocument) -> Record:
    texts = {page.number: page.text for page in document.current.text_pages.all()}
    lang = language_of(" ".join([document.title, *texts.values()])[: SAYS_LANGUAGE * 8])
    return Record(
        kind="room_document",
        pk=document.pk,
        texts=(Text(lang, document.title, Truncator(next(iter(texts.values()), "")).chars(SHOWN)),),
        for_lang=LANGUAGES,
        acl=audience.in_a_room(document),
        day=timezone.localdate(document.updated),
        topics=(document.partnership.name,),
        years=(timezone.localdate(document.updated).year,),
        facets={"filetype": (document.current.kind,), "partnership": (document.partnership.slug,)},
        passages=tuple(Passage(number, part) for number, text in texts.items() for part in parts(text)),
    )


def meetings() -> QuerySet[Meeting]:
    rows = Meeting.objects.standing().filter(partnership__state__in=Partnership.LIVED).select_related("partnership")
    return rows.prefetch_related("decisions")


def of_meeting(meeting: Meeting) -> Record:
    day = timezone.localdate(meeting.begins)
    return Record(
        kind="meeting",
        pk=meeting.pk,
        texts=(
            Text("da", meeting.title, meeting.place, " ".join([plain_text(meeting.agenda_html), *_outcome(meeting)])),
        ),
        for_lang=LANGUAGES,
        acl=audience.in_a_room(meeting),
        day=day,
        topics=(meeting.partnership.name,),
        years=(day.year,),
        facets={"partnership": (meeting.partnership.slug,)},
    )


def _outcome(meeting: Meeting) -> list[str]:
    if meeting.minutes_approved is None:
        return []
    for_all = meeting.audience == Audience.PUBLIC
    minutes = plain_text(meeting.minutes_html) if meeting.minutes_public or not for_all else ""
    decisions = [decision.text for decision in meeting.decisions.all() if decision.is_public or not for_all]
    return [minutes, *decisions]
