"""Two administrators who hand over the same thing in the same moment: one names the successor, the other is told."""

import pytest

from partnerships.handover.queue import queue_of
from partnerships.models import HistoryEntry, Membership, OutgoingMail
from tests.partnerships.test_at_once import at_once, one_won

from .town import Town

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


def test_of_two_at_once_one_names_the_successor_and_nothing_is_done_twice():
    town = Town()
    Membership.objects.filter(profile=town.next).update(role="administrator")
    town.does_everything()
    town.leaves()
    keys = town.keys()
    one_won(
        at_once(
            lambda: town.hands(keys, successor=town.next, actor=town.head),
            lambda: town.hands(keys, successor=town.head, actor=town.next),
        )
    )
    town.post.refresh_from_db()
    assert queue_of(town.company, town.head.user) == []
    assert HistoryEntry.objects.filter(verb="handed_over", post=town.post).get().profile == town.post.keeper
    assert OutgoingMail.objects.filter(kind="handed_over").count() == 1
