"""One's own request to belong to an organisation is taken back while nobody has answered."""

import pytest
from django.test import Client

from partnerships.models import Membership
from partnerships.services import people
from partnerships.services.refusals import NotAllowed, WrongState
from tests.cms_pages import make_site
from tests.factories import make_membership, make_organisation, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    head, nina = make_person("Carla"), make_person("Nina")
    company = make_organisation(administrator=head)
    return make_membership(nina, company, status="requested"), nina, head


def test_who_asked_withdraws_and_may_ask_again(asked):
    membership, nina, head = asked
    make_site()
    client = Client()
    client.force_login(nina.user)
    page = client.get(membership.get_absolute_url()).content.decode()
    assert "Træk anmodningen tilbage" in page
    client.post(membership.get_absolute_url(), {"act": "withdraw"})
    membership.refresh_from_db()
    assert membership.status == "withdrawn"
    assert membership.history.get().verb == "membership_withdrawn"
    with pytest.raises(WrongState):
        people.accept_member(membership=membership, actor=head.user)
    assert people.ask_to_join(organisation=membership.organisation, actor=nina.user).status == "requested"


def test_nobody_else_withdraws_it(asked):
    membership, _nina, head = asked
    for other in (head, make_person("Ib")):
        with pytest.raises(NotAllowed):
            people.withdraw_request(membership=membership, actor=other.user)
    assert Membership.objects.waiting().get() == membership


@pytest.mark.parametrize("status", ["active", "refused", "ended"])
def test_what_was_answered_is_not_withdrawn(asked, status):
    membership, nina, _head = asked
    Membership.objects.update(status=status, since="2020-01-01")
    with pytest.raises(WrongState):
        people.withdraw_request(membership=membership, actor=nina.user)
