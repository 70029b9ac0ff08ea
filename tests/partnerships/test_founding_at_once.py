"""Two who found, open, end or merge in the same moment: both get an address, one answer stands."""

import pytest

from partnerships.models import Partnership, Seat
from partnerships.services import founding, lifecycle, succession
from partnerships.services.refusals import WrongState
from tests.factories import make_facilitator, make_organisation, make_partnership, make_person, make_seat

from .test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


def proposing(person, town):
    typed = {"name": "Halm", "purpose": "Vi deler halm.", "mailbox": "halm@example.org", "responsible": town}
    return lambda: founding.propose(actor=person.user, **typed)


def test_two_who_propose_the_same_name_both_get_an_address():
    town = make_organisation("Byen", kind="authority")
    made = at_once(proposing(make_person("Ida"), town), proposing(make_person("Bo"), town))
    assert sorted(one.slug for one in made) == ["halm", "halm-2"]


def test_a_proposal_is_opened_or_declined_and_never_both():
    proposal = proposing(make_person("Ida"), make_organisation("Byen", kind="authority"))()
    first, second = make_facilitator("Fanny"), make_facilitator("Finn")
    one_won(
        at_once(
            lambda: founding.open_proposal(partnership=proposal, actor=first.user),
            lambda: founding.decline(partnership=proposal, actor=second.user, reason="Nej."),
        )
    )
    is_open = Partnership.objects.get().state == "open"
    assert Seat.objects.count() == is_open and proposal.steps.count() == 2


def test_two_that_merge_into_each_other_leave_one_that_goes_on():
    bo = make_person("Bo")
    one, other = make_partnership("Vand", administrator=bo), make_partnership("Halm", administrator=bo)
    one_won(
        at_once(
            lambda: lifecycle.merge(partnership=one, into=other, actor=bo.user, reason="Fordi."),
            lambda: lifecycle.merge(partnership=other, into=one, actor=bo.user, reason="Fordi."),
        )
    )
    assert sorted(Partnership.objects.values_list("state", flat=True)) == ["merged", "open"]


def test_a_seat_that_two_replace_goes_to_one():
    bo, facilitator = make_person("Bo"), make_facilitator()
    partnership = make_partnership(administrator=bo)
    seat = partnership.seats.get()
    heirs = [make_person("Ida"), make_person("Carla")]
    one_won(
        at_once(
            *(lambda heir=heir: succession.replace(seat=seat, profile=heir, actor=facilitator.user) for heir in heirs)
        )
    )
    assert Seat.objects.filter(until=None).count() == 1


@pytest.mark.django_db
def test_the_last_administrator_is_replaced_in_one_step_and_never_just_gone():
    from partnerships.services import seats

    bo, ida = make_person("Bo"), make_person("Ida")
    partnership = make_partnership(administrator=bo)
    make_seat(ida, partnership, role="board")
    with pytest.raises(WrongState):
        seats.end_seat(seat=partnership.seats.get(profile=bo), actor=bo.user)
    succession.replace(seat=partnership.seats.get(profile=bo), profile=ida, actor=bo.user)
    held = Seat.objects.filter(until=None, role="administrator")
    assert [seat.profile for seat in held] == [ida]
