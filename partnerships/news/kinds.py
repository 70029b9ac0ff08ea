"""Which acts of the history are news, about what, and in what words. A new one needs an entry here and nothing else.

`about` is asked when it happens; what one follows of it brings the news. `leads_to` names the entry's key whose address
the line links to. Whoever may not see one of the things that the entry points at is not told; `whole`: nor who knows of
the partnership and is not shown what it tells of itself, such as its members.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partnerships.models import HistoryEntry

Verb = HistoryEntry.Verb


@dataclass(frozen=True)
class Kind:
    sentence: str | Promise
    about: Callable[[HistoryEntry], Iterable[Model]]
    leads_to: str
    whole: bool = False


def where_it_happened(entry: HistoryEntry) -> Iterable[Model]:
    return filter(None, (entry.partnership, entry.organisation))


def a_new_partnership(entry: HistoryEntry) -> Iterable[Model]:
    found = entry.partnership
    yield from (found, found.responsible)
    for things in (found.topics, found.places, found.goals):
        yield from things.all()


def a_new_organisation(entry: HistoryEntry) -> Iterable[Model]:
    found = entry.organisation
    yield found
    for things in (found.topics, found.places):
        yield from things.all()


NEWS: dict[str, Kind] = {
    Verb.POST_PUBLISHED: Kind(_("New post in %(partnership)s: %(post)s"), where_it_happened, "post"),
    Verb.PARTICIPATION_BEGUN: Kind(
        _("%(organisation)s is now a member of %(partnership)s"), where_it_happened, "partnership", whole=True
    ),
    Verb.PARTICIPATION_ENDED: Kind(
        _("%(organisation)s is no longer a member of %(partnership)s"), where_it_happened, "partnership", whole=True
    ),
    Verb.PARTNERSHIP_CREATED: Kind(_("New partnership: %(partnership)s"), a_new_partnership, "partnership"),
    Verb.ORGANISATION_REGISTERED: Kind(_("New organisation: %(organisation)s"), a_new_organisation, "organisation"),
    Verb.ORGANISATION_VERIFIED: Kind(
        _("%(organisation)s was verified by the municipality"), where_it_happened, "organisation"
    ),
}
