"""Two who register in the same moment: an address name for each, a company number for one, and never a fault."""

import pytest

from partnerships.models import Organisation
from partnerships.services import agreements, organisations, roles
from partnerships.services.refusals import Invalid
from tests.factories import make_editor, make_membership, make_organisation, make_partnership, make_person
from tests.partnerships.test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


def registers(person, **fields):
    return lambda: organisations.register(actor=person.user, name="Fjordbryg", kind="company", **fields)


def test_namesakes_get_an_address_each():
    made = at_once(*(registers(make_person(name)) for name in ("Anna", "Bo", "Ida")))
    assert len({one.slug for one in made}) == Organisation.objects.count() == 3


def test_a_company_number_is_had_by_one_and_the_other_is_told():
    one_won(at_once(*(registers(make_person(name), company_number="61056416") for name in ("Anna", "Bo"))))
    assert Organisation.objects.count() == 1


def test_of_two_administrators_who_lower_each_other_one_stays():
    first, second = make_person("Anna"), make_person("Bo")
    company = make_organisation(administrator=first)
    other = make_membership(second, company, role="administrator")
    own = company.memberships.get(profile=first)
    at_once(
        lambda: roles.change_role(membership=other, actor=first.user, role="member"),
        lambda: roles.change_role(membership=own, actor=second.user, role="member"),
    )
    assert company.memberships.filter(role="administrator").count() == 1


@pytest.mark.parametrize("name", ["parent", "successor"])
def test_two_who_tie_far_apart_close_no_circle(name):
    """First to second, third to fourth; the second leads to the third already, and the fourth to the first."""
    first, second, third, fourth = (make_organisation(str(number)) for number in range(4))
    for one, other in ((second, third), (fourth, first)):
        setattr(one, name, other)
        one.save()
    editor = make_editor().user
    one_won(
        at_once(
            lambda: organisations.update(organisation=first, actor=editor, **{name: second}),
            lambda: organisations.update(organisation=third, actor=editor, **{name: fourth}),
        ),
        Invalid,
    )
    assert Organisation.objects.exclude(**{name: None}).count() == 3


def test_two_partnerships_do_not_follow_each_other_nor_stand_above_each_other():
    bo = make_person("Bo")
    one, other = make_partnership("Vand", administrator=bo), make_partnership("Halm", administrator=bo)
    for name in ("parent", "successor"):
        one_won(
            at_once(
                lambda name=name: agreements.update(partnership=one, actor=bo.user, **{name: other}),
                lambda name=name: agreements.update(partnership=other, actor=bo.user, **{name: one}),
            ),
            Invalid,
        )
