"""Who changed an organisation's page, when, and which fields: read from its history."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partnerships.models import HistoryEntry, Organisation
from partnerships.models.verbs import Verb

PAGE_ACTS = (
    Verb.ORGANISATION_REGISTERED,
    Verb.ORGANISATION_CHANGED,
    Verb.ORGANISATION_VERIFIED,
    Verb.ORGANISATION_UNVERIFIED,
    Verb.ORGANISATION_PUBLISHED,
    Verb.ORGANISATION_TAKEN_DOWN,
    Verb.ORGANISATION_MERGED,
)


def changes_of(organisation: Organisation) -> QuerySet[HistoryEntry]:
    """Newest first."""
    return HistoryEntry.objects.filter(organisation=organisation, verb__in=PAGE_ACTS)


def said_by(entry: HistoryEntry) -> str:
    """The fields of a change in words; what stands beside any other act as it was written."""
    if entry.verb != Verb.ORGANISATION_CHANGED:
        return entry.note
    return ", ".join(_word(name) for name in entry.note.split(", ") if name)


def _word(name: str) -> str:
    if name == "former_names":
        return _("former names")
    known = {
        field.name: field.verbose_name for field in Organisation._meta.get_fields() if hasattr(field, "verbose_name")
    }
    return str(known.get(name, name))
