"""Which acts of the history are news, about what, and in what words. A new one needs an entry here and nothing else.

`about` is asked when it happens; what one follows of it brings the news. `leads_to` names the entry's key whose address
the line links to. Whoever may not see one of the things that the entry points at is not told; `also`: what
else one must be able to see (news/sight.py) of one of its keys, such as more of a partnership than that it exists.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import HistoryEntry

Verb = HistoryEntry.Verb
NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Kind:
    sentence: str | Promise
    about: Callable[[HistoryEntry], Iterable[Model]]
    leads_to: str
    also: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What the sentence names: the same in every language."""
        return tuple(NAMED.findall(str(self.sentence)))


def where_it_happened(entry: HistoryEntry) -> Iterable[Model]:
    return filter(None, (entry.partnership, entry.organisation))


def a_new_partnership(entry: HistoryEntry) -> Iterable[Model]:
    found = entry.partnership
    yield from filter(None, (found, found.responsible))
    for things in (found.topics, found.places, found.goals):
        yield from things.all()


def a_new_organisation(entry: HistoryEntry) -> Iterable[Model]:
    found = entry.organisation
    yield found
    for things in (found.topics, found.places):
        yield from things.all()


WHOLE, MINUTES = {"whole partnership": "partnership"}, {"approved minutes": "meeting"}
NEWS: dict[str, Kind] = {
    Verb.POST_PUBLISHED: Kind(_("New post in %(partnership)s: %(post)s"), where_it_happened, "post"),
    Verb.DOCUMENT_SHARED: Kind(
        _("New document in %(partnership)s: %(room_document)s"), where_it_happened, "room_document"
    ),
    Verb.MEETING_CALLED: Kind(_("Meeting in %(partnership)s: %(meeting)s"), where_it_happened, "meeting"),
    Verb.MEETING_CANCELLED: Kind(
        _("The meeting in %(partnership)s is called off: %(meeting)s"), where_it_happened, "meeting"
    ),
    Verb.MINUTES_APPROVED: Kind(
        _("Minutes and decisions of %(partnership)s: %(meeting)s"), where_it_happened, "meeting", MINUTES
    ),
    Verb.PARTICIPATION_BEGUN: Kind(
        _("%(organisation)s is now a member of %(partnership)s"), where_it_happened, "partnership", WHOLE
    ),
    Verb.PARTICIPATION_ENDED: Kind(
        _("%(organisation)s is no longer a member of %(partnership)s"), where_it_happened, "partnership", WHOLE
    ),
    Verb.PARTNERSHIP_CREATED: Kind(_("New partnership: %(partnership)s"), a_new_partnership, "partnership"),
    Verb.PARTNERSHIP_OPENED: Kind(_("New partnership: %(partnership)s"), a_new_partnership, "partnership"),
    Verb.PARTNERSHIP_PAUSED: Kind(_("%(partnership)s takes a pause"), where_it_happened, "partnership"),
    Verb.PARTNERSHIP_CLOSED: Kind(_("%(partnership)s has ended"), where_it_happened, "partnership"),
    Verb.PARTNERSHIP_MERGED: Kind(_("%(partnership)s goes on in another"), where_it_happened, "partnership"),
    Verb.PARTNERSHIP_REOPENED: Kind(_("%(partnership)s goes on again"), where_it_happened, "partnership"),
    Verb.ORGANISATION_REGISTERED: Kind(_("New organisation: %(organisation)s"), a_new_organisation, "organisation"),
    Verb.ORGANISATION_VERIFIED: Kind(
        _("%(organisation)s was verified by the municipality"), where_it_happened, "organisation"
    ),
}
