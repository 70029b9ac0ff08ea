"""Two in a room who act in the same moment: one wins, or both are kept one after the other."""

import pytest

from partnerships.models import Meeting, RoomDocument
from partnerships.services import meetings, minutes, room_documents
from tests.factories import make_meeting, make_partnership, make_person, make_room_document, make_seat

from .test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


@pytest.fixture
def two():
    return make_person("Anna"), make_person("Bo")


@pytest.fixture
def partnership(two):
    partnership = make_partnership(administrator=two[0])
    make_seat(two[1], partnership)
    return partnership


def test_minutes_are_approved_once(partnership, two):
    meeting = make_meeting(partnership, two[0], in_days=-1, minutes="Vi mødtes.")
    one_won(
        at_once(
            *(
                lambda one=one: minutes.approve_minutes(meeting=Meeting.objects.get(pk=meeting.pk), actor=one.user)
                for one in two
            )
        )
    )
    assert meeting.history.filter(verb="minutes_approved").count() == 1


def test_of_two_who_change_a_meeting_they_both_saw_one_wins(partnership, two):
    meeting = make_meeting(partnership, two[0])
    seen = Meeting.objects.get(pk=meeting.pk)
    said = {"begins": seen.begins, "ends": seen.ends, "seen": seen.updated}
    won = one_won(
        at_once(
            *(
                lambda one=one: meetings.change_meeting(meeting=seen, actor=one.user, title=f"Af {one.name}", **said)
                for one in two
            )
        )
    )
    assert Meeting.objects.get(pk=meeting.pk).title == won.title


def test_a_meeting_is_not_answered_after_it_was_called_off(partnership, two):
    """Whoever comes first, what is kept is true: an answer before, or a refusal after."""
    meeting = make_meeting(partnership, two[0])
    kept, refused = at_once(
        lambda: meetings.cancel_meeting(meeting=meeting, actor=two[0].user, reason="Aflyst."),
        lambda: meetings.answer(meeting=meeting, actor=two[1].user, answer="yes"),
    )
    assert not isinstance(kept, Exception)
    assert meeting.answers.filter(answer="yes").exists() != isinstance(refused, Exception)


def test_two_versions_at_once_are_both_kept_with_numbers_of_their_own(partnership, two):
    document = make_room_document(partnership, two[0])
    done = at_once(
        *(
            lambda one=one: room_documents.add_version(
                document=RoomDocument.objects.get(pk=document.pk),
                actor=one.user,
                data=f"Af {one.name}".encode(),
                name="plan.txt",
                why="Nyt",
            )
            for one in two
        )
    )
    assert sorted(version.number for version in done) == [2, 3]
    document.refresh_from_db()
    assert document.current.number == 3
