"""Somebody of the organisation takes on what another left behind."""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils.translation import gettext as _

from partnerships import permissions
from partnerships.handover.gone import may_take_on
from partnerships.handover.kinds import Item
from partnerships.handover.queue import queue_of
from partnerships.models import HistoryEntry, Organisation, Profile
from partnerships.told import handing_over as told

from .history import record
from .refusals import Invalid, NotAllowed, WrongState

Verb = HistoryEntry.Verb


@transaction.atomic
def hand_over(
    *, organisation: Organisation, items: Iterable[str], successor: Profile, actor: models.Model
) -> list[Item]:
    """All of `items` (keys of the queue) or none. Of two administrators at once the second reads what the first left."""
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not permissions.may_administer_organisation(actor, organisation):
        raise NotAllowed(_("Only the organisation's administrators may do that."))
    if not may_take_on(organisation).filter(pk=successor.pk).exists():
        raise Invalid(_("Choose somebody of the organisation who is there and can log in."), field="successor")
    given = _chosen(organisation, actor, items)
    for item in given:
        item.kind.give(item.row, successor, actor)
        _record(item, organisation, successor, actor)
    told.handed_over(organisation, successor, given, actor)
    return given


def _chosen(organisation: Organisation, actor: models.Model, keys: Iterable[str]) -> list[Item]:
    wanted = set(keys)
    if not wanted:
        raise Invalid(_("Choose what is handed over."), field="items")
    waiting = {item.key: item for left in queue_of(organisation, actor) for item in left.items}
    if wanted - waiting.keys():
        raise WrongState(_("Some of it has been handed over meanwhile. Look again at what is left."))
    return [waiting[key] for key in waiting if key in wanted]


def _record(item: Item, organisation: Organisation, successor: Profile, actor: models.Model) -> None:
    """In the history of the thing too, where it has one."""
    things = {"organisation": organisation, "profile": successor}
    if item.kind.history:
        things[item.kind.history] = item.row
    if hasattr(item.row, "partnership"):
        things["partnership"] = item.row.partnership
    record(Verb.HANDED_OVER, actor, note=item.title[:200], **things)
