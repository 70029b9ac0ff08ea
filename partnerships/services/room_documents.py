"""Documents that members share: each file is a version, looked through before it is kept, and none is overwritten."""

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import clock, permissions
from partnerships.models import Audience, DocumentVersion, HistoryEntry, Partnership, RoomDocument, VersionPage

from .files import Looked, looked_at
from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed, WrongState
from .typed import line

Verb = HistoryEntry.Verb


class Untagged(WrongState):
    """A PDF that a screen reader cannot read in order is made public only by somebody who was told so."""


@transaction.atomic
def share_document(
    *,
    partnership: Partnership,
    actor: models.Model,
    title: str,
    data: bytes,
    name: str,
    audience: str = Audience.MEMBERS,
    numbers_are_others: bool = False,
) -> RoomDocument:
    """An untagged PDF begins among the members, whatever was chosen; `open_to_all` asks about it."""
    if not permissions.may_share_document(actor, partnership):
        raise NotAllowed(_("Only members may share documents here."))
    _may_be_read_by(actor, partnership, audience)
    looked = looked_at(data, name, numbers_are_others=numbers_are_others)
    title = line(title or looked.name.rpartition(".")[0], field="title", longest=160, required=True)
    document = RoomDocument(partnership=partnership, author=profile_of(actor), title=title, created=clock.now())
    document.audience = _audience_of(audience, looked.tagged)
    document.updated = document.created
    document.save()
    _add(document, actor, looked, "", numbers_are_others)
    record(Verb.DOCUMENT_SHARED, actor, partnership=partnership, room_document=document)
    return document


@transaction.atomic
def add_version(
    *, document: RoomDocument, actor: models.Model, data: bytes, name: str, why: str, numbers_are_others: bool = False
) -> DocumentVersion:
    """Of two at once both are kept, one after the other. An untagged PDF takes a public document back to the members."""
    if not permissions.may_add_version(actor, document):
        raise NotAllowed(_("Only members may add a version."))
    looked = looked_at(data, name, numbers_are_others=numbers_are_others)
    document = _standing(document)
    if document.current and document.current.digest == looked.digest:
        raise Invalid(_("This is the same file as the latest version."), field="file")
    version = _add(document, actor, looked, line(why, field="why", longest=300, required=True), numbers_are_others)
    document.audience, document.updated = _audience_of(document.audience, looked.tagged), clock.now()
    document.save(update_fields=["audience", "updated"])
    record(
        Verb.DOCUMENT_VERSION_ADDED, actor, partnership=document.partnership, room_document=document, note=version.why
    )
    return version


@transaction.atomic
def change_document(*, document: RoomDocument, actor: models.Model, title: str, audience: str) -> RoomDocument:
    """Its title, and which members read it; `open_to_all` makes it public."""
    document = _mine(document, actor)
    _may_be_read_by(actor, document.partnership, audience)
    if audience == Audience.PUBLIC != document.audience:
        raise Invalid(_("Choose who may read it."), field="audience")
    document.title = line(title, field="title", longest=160, required=True)
    document.audience = audience
    document.save(update_fields=["title", "audience"])
    record(Verb.DOCUMENT_CHANGED, actor, partnership=document.partnership, room_document=document)
    return document


@transaction.atomic
def open_to_all(*, document: RoomDocument, actor: models.Model, although_untagged: bool = False) -> RoomDocument:
    document = _mine(document, actor)
    if document.audience == Audience.PUBLIC:
        raise WrongState(_("Everyone may read it already."))
    if document.current.tagged is False and not although_untagged:
        raise Untagged(_("This PDF is not tagged. Say that you share it all the same, or upload a tagged one."))
    return _for(document, actor, Audience.PUBLIC)


@transaction.atomic
def close_to_members(*, document: RoomDocument, actor: models.Model) -> RoomDocument:
    document = _mine(document, actor)
    if document.audience != Audience.PUBLIC:
        raise WrongState(_("Only members read it already."))
    return _for(document, actor, Audience.MEMBERS)


@transaction.atomic
def remove_document(*, document: RoomDocument, actor: models.Model) -> RoomDocument:
    """It is gone for everyone; rows and files stay for the history."""
    document = _mine(document, actor)
    document.removed = clock.now()
    document.save(update_fields=["removed"])
    record(Verb.DOCUMENT_REMOVED, actor, partnership=document.partnership, room_document=document)
    return document


def _for(document: RoomDocument, actor: models.Model, audience: str) -> RoomDocument:
    document.audience = audience
    document.save(update_fields=["audience"])
    note = document.get_audience_display()
    record(Verb.DOCUMENT_CHANGED, actor, partnership=document.partnership, room_document=document, note=note)
    return document


def _mine(document: RoomDocument, actor: models.Model) -> RoomDocument:
    if not permissions.may_change_document(actor, document):
        raise NotAllowed(_("Only who shared it or an administrator may change it."))
    return _standing(document)


def _standing(document: RoomDocument) -> RoomDocument:
    """The row as it is now, held until the transaction ends, so that versions get their numbers one by one."""
    now = RoomDocument.objects.select_for_update(of=("self",)).select_related("partnership", "author")
    now = now.get(pk=document.pk)
    if now.removed:
        raise WrongState(_("The document has been taken down."))
    return now


def _may_be_read_by(actor: models.Model, partnership: Partnership, audience: str) -> None:
    if audience not in Audience.values:
        raise Invalid(_("Choose who may read it."), field="audience")
    if not permissions.may_share_with(actor, partnership, audience):
        raise NotAllowed(_("Only administrators may write to administrators."), field="audience")


def _audience_of(wanted: str, tagged: bool | None) -> str:
    return Audience.MEMBERS if wanted == Audience.PUBLIC and tagged is False else wanted


def _add(document: RoomDocument, actor: models.Model, looked: Looked, why: str, vouched: bool) -> DocumentVersion:
    """The file lies under a name of its own; where its row cannot be kept, it goes again."""
    version = DocumentVersion(
        document=document,
        number=(document.versions.aggregate(last=models.Max("number"))["last"] or 0) + 1,
        name=looked.name,
        kind=looked.kind,
        size=len(looked.data),
        digest=looked.digest,
        pages=looked.count if looked.kind not in ("txt", "csv") else 0,
        unread=looked.unread,
        tagged=looked.tagged,
        why=why,
        author=profile_of(actor),
        created=clock.now(),
    )
    version.file.save(looked.name, ContentFile(looked.data), save=False)
    try:
        with transaction.atomic():
            version.save()
            _keep_text(version, looked.pages)
            document.current = version
            document.save(update_fields=["current"])
    except Exception:
        version.file.storage.delete(version.file.name)
        raise
    if vouched:
        note = _("%(person)s: no civil registration numbers in it") % {"person": version.author.name}
        record(Verb.DOCUMENT_CHANGED, actor, partnership=document.partnership, room_document=document, note=note)
    return version


def _keep_text(version: DocumentVersion, pages: tuple[str, ...]) -> None:
    rows = (VersionPage(version=version, number=number, text=text) for number, text in enumerate(pages, 1) if text)
    VersionPage.objects.bulk_create(rows)
