"""Every way in which something can change, turned into outbox rows in the transaction of the change.

All ways of publishing end in a page's save; besides come moves, restrictions, translations, relations, and the names
that a thing lends to others: when a topic or an organisation is renamed, what shows the name is written anew.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import page_published, page_unpublished, post_page_move

from cms.models import DocumentLink, SharedPage
from partnerships.models import (
    Consent,
    Document,
    DocumentReading,
    FormerName,
    Goal,
    Meeting,
    MeetingDecision,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Place,
    Post,
    Profile,
    RoomDocument,
    Sector,
    Seek,
    Topic,
)
from search import indexing, outbox
from search.sources import PAGE_KINDS, key_of

M2M = (
    Organisation.topics,
    Organisation.places,
    Organisation.sectors,
    Profile.topics,
    Partnership.topics,
    Partnership.places,
    Partnership.goals,
)


def connect() -> None:
    """Called once, when the app is ready."""
    for model, handler in HANDLERS.items():
        post_save.connect(handler, sender=model, dispatch_uid=f"search-{model.__name__}")
        post_delete.connect(handler, sender=model, dispatch_uid=f"search-{model.__name__}")
    for model in (Page, *PAGE_KINDS):
        post_save.connect(_page, sender=model, dispatch_uid=f"search-page-{model.__name__}")
        post_delete.connect(_page, sender=model, dispatch_uid=f"search-page-{model.__name__}")
    for relation in M2M:
        m2m_changed.connect(_related, sender=relation.through, dispatch_uid=f"search-{relation.through.__name__}")
    for signal in (page_published, page_unpublished):
        signal.connect(_page, dispatch_uid="search-page")
    post_page_move.connect(_below, dispatch_uid="search-moved")
    for signal in (post_save, post_delete):
        signal.connect(_restriction, sender=PageViewRestriction, dispatch_uid="search-restriction")
        signal.connect(_collection_restriction, sender=CollectionViewRestriction, dispatch_uid="search-collection")
        signal.connect(_collection, sender=Collection, dispatch_uid="search-collection")


def _changed(keys: Iterable[str]) -> None:
    outbox.put(keys)
    transaction.on_commit(indexing.catch_up, robust=True)


def page_keys(pages: QuerySet[SharedPage]) -> Iterable[str]:
    kinds = {model._meta.model_name: kind for model, kind in PAGE_KINDS.items()}
    for pk, name in pages.order_by().values_list("pk", "content_type__model").distinct():
        yield f"{kinds[name]}:{pk}"


def _page(instance: Page, **kwargs: Any) -> None:
    """A page and its translations: whether one is live says which languages the others stand for."""
    siblings = SharedPage.objects.filter(translation_key=instance.translation_key)
    named = DocumentLink.objects.filter(page_id=instance.pk)
    _changed([key_of(instance), *page_keys(siblings), *_keys(named, "document", "document_id")])


def _below(instance: Page, **kwargs: Any) -> None:
    keys = SharedPage.objects.filter(path__startswith=instance.path).values("translation_key")
    named = DocumentLink.objects.filter(page__path__startswith=instance.path)
    pages = page_keys(SharedPage.objects.filter(translation_key__in=keys))
    _changed([*pages, *_keys(named, "document", "document_id")])


def _restriction(instance: PageViewRestriction, **kwargs: Any) -> None:
    _below(instance.page)


def _collection(instance: Collection, **kwargs: Any) -> None:
    """What is closed above is closed below."""
    _changed(_keys(Document.objects.filter(collection__path__startswith=instance.path), "document"))


def _collection_restriction(instance: CollectionViewRestriction, **kwargs: Any) -> None:
    _collection(instance.collection)


def _document(instance: Document, **kwargs: Any) -> None:
    _changed([key_of(instance)])


def _of_document(instance: DocumentLink | DocumentReading, **kwargs: Any) -> None:
    """A page names it or no longer does; its text was read."""
    _changed([f"document:{instance.document_id}"])


def _related(instance: Model, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action.startswith("post_") and not reverse:
        _changed([key_of(instance)])


def _keys(rows: QuerySet, kind: str, field: str = "pk") -> list[str]:
    return [f"{kind}:{pk}" for pk in rows.order_by().values_list(field, flat=True).distinct()]


def _organisation(instance: Organisation, **kwargs: Any) -> None:
    """Its name stands on its pages, its people, its posts and its partnerships."""
    _changed(
        [
            key_of(instance),
            *page_keys(SharedPage.objects.filter(organisation_links__organisation=instance)),
            *_keys(Membership.objects.filter(organisation=instance), "person", "profile_id"),
            *_keys(Participation.objects.filter(organisation=instance), "partnership", "partnership_id"),
            *_keys(Post.objects.filter(organisation=instance), "post"),
        ]
    )


def _former_name(instance: FormerName, **kwargs: Any) -> None:
    _changed([f"organisation:{instance.organisation_id}"])


def _profile(instance: Profile, **kwargs: Any) -> None:
    _changed([key_of(instance), *page_keys(SharedPage.objects.filter(person_links__person=instance))])


def _consent(instance: Consent, **kwargs: Any) -> None:
    """Withdrawing clears the pages that named the person, too."""
    _profile(instance.profile)


def _membership(instance: Membership, **kwargs: Any) -> None:
    _changed([f"person:{instance.profile_id}"])


def _participation(instance: Participation, **kwargs: Any) -> None:
    of = f"organisation:{instance.organisation_id}" if instance.organisation_id else f"person:{instance.profile_id}"
    _changed([of, f"partnership:{instance.partnership_id}"])


def _partnership(instance: Partnership, **kwargs: Any) -> None:
    _changed(
        [
            key_of(instance),
            *page_keys(SharedPage.objects.filter(partnerships=instance)),
            *_keys(
                Participation.objects.of_organisations().filter(partnership=instance), "organisation", "organisation_id"
            ),
            *_keys(Post.objects.filter(partnership=instance), "post"),
            *_keys(RoomDocument.objects.filter(partnership=instance), "room_document"),
            *_keys(Meeting.objects.filter(partnership=instance), "meeting"),
        ]
    )


def _seek(instance: Seek, **kwargs: Any) -> None:
    _changed([f"partnership:{instance.partnership_id}"])


def _post(instance: Post | RoomDocument | Meeting, **kwargs: Any) -> None:
    _changed([key_of(instance)])


def _meeting_decision(instance: MeetingDecision, **kwargs: Any) -> None:
    _changed([f"meeting:{instance.meeting_id}"])


def _term(instance: Model, **kwargs: Any) -> None:
    """A word of the vocabulary stands in everything that is sorted by it."""
    name = {Topic: "topics", Place: "places", Goal: "goals", Sector: "sectors"}[type(instance)]
    keys = list(page_keys(SharedPage.objects.filter(**{"sector" if name == "sectors" else name: instance})))
    for model, kind in ((Organisation, "organisation"), (Profile, "person"), (Partnership, "partnership")):
        if name in {field.name for field in model._meta.get_fields()}:
            keys += _keys(model.objects.filter(**{name: instance}), kind)
    _changed(keys)


HANDLERS = {
    Organisation: _organisation,
    FormerName: _former_name,
    Profile: _profile,
    Consent: _consent,
    Membership: _membership,
    Participation: _participation,
    Partnership: _partnership,
    Seek: _seek,
    Post: _post,
    RoomDocument: _post,
    Meeting: _post,
    MeetingDecision: _meeting_decision,
    Document: _document,
    DocumentLink: _of_document,
    DocumentReading: _of_document,
    Topic: _term,
    Place: _term,
    Goal: _term,
    Sector: _term,
}
