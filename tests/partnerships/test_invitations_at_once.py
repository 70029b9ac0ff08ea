"""The same invitation answered twice in one moment, and invited twice: one wins, the other is told."""

import pytest
from django.core import mail

from partnerships.models import HistoryEntry, Invitation, Membership
from partnerships.services import answering, invitations
from tests.factories import make_invitation, make_organisation, make_person

from .test_at_once import at_once, one_won

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("database_as_migrated"),
]


@pytest.fixture
def invited():
    nina = make_person("Nina")
    nina.user.emailaddress_set.create(email=nina.user.email, verified=True, primary=True)
    company = make_organisation(administrator=make_person("Carla"))
    return make_invitation(company, nina.user.email, invited_by=make_person("Ib")), nina.user


@pytest.mark.parametrize("other", ["accept_invitation", "decline_invitation"])
def test_one_invitation_is_answered_once(invited, other):
    invitation, nina = invited
    also = Invitation.objects.get(pk=invitation.pk)
    one_won(
        at_once(
            lambda: answering.accept_invitation(invitation=invitation, actor=nina),
            lambda: getattr(answering, other)(invitation=also, actor=nina),
        )
    )
    state = Invitation.objects.get().state
    assert Membership.objects.filter(profile__user=nina).count() == (state == "accepted")
    assert HistoryEntry.objects.filter(verb__in=["invitation_accepted", "invitation_declined"]).count() == 1
    assert len(mail.outbox) == 1


def test_accepting_and_withdrawing_leave_one_of_the_two(invited):
    invitation, nina = invited
    head = invitation.organisation.memberships.get(role="administrator").profile.user
    also = Invitation.objects.get(pk=invitation.pk)
    one_won(
        at_once(
            lambda: answering.accept_invitation(invitation=invitation, actor=nina),
            lambda: invitations.revoke(invitation=also, actor=head),
        )
    )
    accepted = Invitation.objects.get().state == "accepted"
    assert Membership.objects.filter(profile__user=nina).exists() == accepted


def test_two_who_invite_one_address_send_one_mail():
    first, second = make_person("Carla"), make_person("Ib")
    company = make_organisation(administrator=first)
    company.memberships.create(profile=second, role="administrator", status="active", since="2020-01-01")
    one_won(
        at_once(
            *(
                lambda person=person: invitations.invite_colleague(
                    organisation=company, email="nina@example.org", actor=person.user
                )
                for person in (first, second)
            )
        )
    )
    assert Invitation.objects.count() == len(mail.outbox) == 1
