"""Statutes are entered in versions; none is changed afterwards."""

from datetime import date

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.models import HistoryEntry, Partnership, Statutes

from .history import record
from .people import profile_of
from .refusals import Invalid, NotAllowed
from .typed import line, markdown


@transaction.atomic
def enter_statutes(
    *, partnership: Partnership, actor: models.Model, since: date, text: str, note: str = ""
) -> Statutes:
    """What the members agreed on, from the day it is in force; one version a day."""
    if not permissions.may_run_partnership(actor, partnership):
        raise NotAllowed(_("Only the partnership's administrators may change it."))
    version = Statutes(partnership=partnership, since=since, entered_by=profile_of(actor))
    version.note = line(note, field="note", longest=300)
    markdown(version, "text", text, required=True)
    try:
        with transaction.atomic():
            version.save()
    except IntegrityError as error:
        raise Invalid(_("A version from that day is entered already."), field="since") from error
    record(HistoryEntry.Verb.STATUTES_ENTERED, actor, partnership=partnership, note=f"{since:%Y-%m-%d}")
    return version
