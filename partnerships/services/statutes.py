"""Statutes are entered in versions; none is changed afterwards."""

from datetime import date

from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.models import HistoryEntry, Partnership, Statutes

from .files import Looked, looked_at
from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed
from .typed import line, markdown


@transaction.atomic
def enter_statutes(
    *,
    partnership: Partnership,
    actor: models.Model,
    since: date,
    text: str = "",
    note: str = "",
    data: bytes = b"",
    name: str = "",
    numbers_are_others: bool = False,
) -> Statutes:
    """What the members agreed on, from the day it is in force; one version a day, as a text, a file or both."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change it."))
    version = Statutes(partnership=partnership, since=since, entered_by=profile_of(actor))
    version.note = line(note, field="note", longest=300)
    if not text.strip() and not name:
        raise Invalid(_("Write the text or choose a file."), field="text")
    markdown(version, "text", text, required=not name)
    looked = looked_at(data, name, numbers_are_others=numbers_are_others) if name else None
    if looked and not version.text and not _can_be_read_aloud(looked):
        raise Invalid(
            _("A screen reader cannot read this file. Write the text too, or choose a tagged PDF."), field="text"
        )
    _save(version, looked)
    said = [
        f"{since:%Y-%m-%d}",
        *([_("no civil registration numbers in the file")] if looked and numbers_are_others else []),
    ]
    record(HistoryEntry.Verb.STATUTES_ENTERED, actor, partnership=partnership, note=", ".join(said))
    return version


def _can_be_read_aloud(looked: Looked) -> bool:
    """Not a scan, a picture or a PDF without tags."""
    return bool(looked.pages) and looked.tagged is not False


def _save(version: Statutes, looked: Looked | None) -> None:
    """The file lies under a name of its own; where its row cannot be kept, it goes again."""
    if looked:
        version.file_name, version.file_kind, version.file_size = looked.name, looked.kind, len(looked.data)
        version.file.save(looked.name, ContentFile(looked.data), save=False)
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        if looked:
            version.file.storage.delete(version.file.name)
        raise Invalid(_("A version from that day is entered already."), field="since") from error
