"""The last two administrators who leave everything in the same moment: one goes, the other is told to name a successor first."""

import pytest

from partnerships.models import Membership, Profile, Seat
from partnerships.services.leaving import leave_everything
from tests.factories import make_membership, make_organisation, make_partnership, make_person, make_seat
from tests.partnerships.test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


def of_an_organisation(first, second):
    company = make_organisation(administrator=first)
    make_membership(second, company, role="administrator")
    make_membership(make_person("Mie Medarbejder"), company)
    return lambda: Membership.objects.filter(organisation=company, status="active", role="administrator").count()


def of_a_partnership(first, second):
    partnership = make_partnership(administrator=first)
    make_seat(second, partnership)
    return lambda: Seat.objects.current().filter(partnership=partnership, role="administrator").count()


@pytest.mark.parametrize("of", [of_an_organisation, of_a_partnership])
def test_of_the_last_two_administrators_one_stays(of):
    both = make_person("Anna Andersen"), make_person("Bo Bertelsen")
    left = of(*both)
    assert left() == 2
    one_won(at_once(*(lambda one=one: leave_everything(profile=one, actor=one.user) for one in both)))
    assert left() == 1
    assert Profile.objects.filter(pk__in=[one.pk for one in both], user=None).count() == 1
