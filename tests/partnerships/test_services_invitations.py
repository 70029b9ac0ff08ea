"""Inviting by mail: who may, what the mail carries, and what comes of the answer."""

import contextlib
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from partnerships import clock
from partnerships.models import (
    AdmissionRule,
    Application,
    DeadAddress,
    HistoryEntry,
    Invitation,
    Membership,
    Notification,
    OutgoingMail,
    Participation,
    Seat,
)
from partnerships.models.invitations import hash_of
from partnerships.services import answering, invitations, mail_queue
from partnerships.services.many_invitations import invite_each
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_application,
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db


def confirmed(name, email):
    """A person whose account has confirmed this address."""
    person = make_person(name)
    person.user.email = email
    person.user.save()
    person.user.emailaddress_set.create(email=email, verified=True, primary=True)
    return person


@pytest.fixture
def carla():
    return make_person("Carla Mønster")


@pytest.fixture
def company(carla):
    return make_organisation("Fjordbryg ApS", administrator=carla)


@pytest.fixture
def anna():
    return make_person("Anna Eksempel")


@pytest.fixture
def network(anna):
    return make_partnership("Vandnetværket", administrator=anna)


@pytest.fixture
def nina():
    return confirmed("Nina Ny", "nina@example.org")


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Does it, and gives what came of it and the token that the last mail carries."""

    def doing(act, **values):
        with django_capture_on_commit_callbacks(execute=True):
            done = act(**values)
        found = re.search(r"/invitation/([\w-]+)/", mailoutbox[-1].body)
        return done, found and found.group(1)

    return doing


def colleague(company, carla, email="nina@example.org", **more):
    return invitations.invite_colleague(organisation=company, email=email, actor=carla.user, **more)


def member(network, anna, email="nina@example.org", **more):
    tier = more.pop("tier", None) or network.tiers.get()
    return invitations.invite_member(partnership=network, tier=tier, email=email, actor=anna.user, **more)


def test_the_mail_goes_to_the_address_with_a_link_of_its_own(sent, company, carla, mailoutbox):
    invitation, token = sent(
        colleague, company=company, carla=carla, name="Nina Ny", message="Kom med.\nVi mangler dig."
    )
    letter = mailoutbox[0]
    assert letter.to == ["nina@example.org"]
    assert letter.subject == "Du er inviteret til Fjordbryg ApS"
    for text in (letter.body, letter.alternatives[0].content):
        assert f"{settings.SITE_URL}{reverse('partnerships:invitation', args=[token])}" in text
        assert "Carla Mønster" in text
        assert "Vi mangler dig." in text
        assert "Nina Ny" in text
    assert invitation.expires == invitation.sent + timedelta(days=30)


def test_of_the_token_only_a_hash_is_kept(sent, company, carla):
    invitation, token = sent(colleague, company=company, carla=carla)
    assert len(token) * 6 >= 128
    invitation.refresh_from_db()
    assert invitation.token_hash == hash_of(token)
    for model in (Invitation, HistoryEntry, Notification, OutgoingMail):
        assert token not in str(list(model.objects.values()))


def test_a_mail_that_waits_for_the_server_holds_no_token(sent, company, carla, mailoutbox, monkeypatch):
    """Each attempt makes a new one, so that what a dead server left behind opens nothing."""
    monkeypatch.setattr(EmailMultiAlternatives, "send", _out_of_order)
    with contextlib.suppress(IndexError):
        sent(colleague, company=company, carla=carla)
    waiting = OutgoingMail.objects.get()
    assert (waiting.state, waiting.text, waiting.html, waiting.headers) == ("waiting", "", "", {})
    monkeypatch.undo()
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert mail_queue.send_due() == 1
    token = re.search(r"/invitation/([\w-]+)/", mailoutbox[-1].body).group(1)
    assert Invitation.objects.open().with_token(token).exists()


def _out_of_order(*args, **kwargs):
    raise ConnectionRefusedError


def test_what_was_withdrawn_while_its_mail_waited_is_not_sent(sent, company, carla, mailoutbox, monkeypatch):
    monkeypatch.setattr(EmailMultiAlternatives, "send", _out_of_order)
    with contextlib.suppress(IndexError):
        sent(colleague, company=company, carla=carla)
    monkeypatch.undo()
    invitations.revoke(invitation=Invitation.objects.get(), actor=carla.user)
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert mail_queue.send_due() == 0
    assert mailoutbox == []


def test_an_address_whose_mail_comes_back_is_not_invited(company, carla):
    DeadAddress.objects.create(address="nina@example.org", reason="bounced")
    with pytest.raises(WrongState, match="kommer tilbage"):
        colleague(company, carla)


def test_it_speaks_the_language_chosen(sent, company, carla, mailoutbox):
    sent(colleague, company=company, carla=carla, language="en")
    assert mailoutbox[0].subject == "You are invited to Fjordbryg ApS"
    assert "/en/invitation/" in mailoutbox[0].body


def test_who_has_an_account_finds_it_in_the_site_without_the_token(sent, company, carla, nina):
    invitation, token = sent(colleague, company=company, carla=carla)
    notice = Notification.objects.get(recipient=nina.user)
    assert notice.address == invitation.get_absolute_url()
    assert token not in notice.address


def test_a_line_feed_in_a_name_reaches_no_header(sent, carla, mailoutbox):
    company = make_organisation("Ondt\r\nBcc: alle@example.org", administrator=carla)
    sent(colleague, company=company, carla=carla, name="Nina\r\nBcc: alle@example.org")
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["nina@example.org"]


@pytest.mark.parametrize("role", ["member", "editor", None])
def test_only_an_organisations_administrators_invite_colleagues(company, role):
    person = make_person("En anden")
    if role:
        make_membership(person, company, role=role)
    with pytest.raises(NotAllowed):
        colleague(company, person)


def test_the_facilitator_invites_only_where_nobody_administers(company):
    fanny = make_facilitator()
    with pytest.raises(NotAllowed):
        colleague(company, fanny)
    assert colleague(make_organisation("Uden leder"), fanny, role="administrator").role == "administrator"


@pytest.mark.parametrize("role", ["board", "secretary", None])
def test_only_who_runs_a_partnership_invites_to_it(network, role):
    person = make_person("En anden")
    if role:
        make_seat(person, network, role=role)
    with pytest.raises(NotAllowed):
        member(network, person)
    with pytest.raises(NotAllowed):
        invitations.invite_to_seat(partnership=network, role="board", email="a@example.org", actor=person.user)


def test_nobody_is_invited_to_what_has_ended(anna):
    over = make_partnership(administrator=anna, until=yesterday())
    with pytest.raises(WrongState):
        member(over, anna)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "ikke en adresse"}, "email"),
        ({"email": "a@example.org b@example.org"}, "email"),
        ({"role": "konge"}, "role"),
        ({"language": "tlh"}, "language"),
        ({"message": "Mit nummer er 070761-4285"}, "message"),
        ({"name": "x" * 121}, "name"),
    ],
)
def test_what_cannot_be_kept_is_named(company, carla, values, field):
    with pytest.raises(Invalid) as refused:
        colleague(company, carla, **values)
    assert refused.value.field == field


def test_a_tier_of_another_partnership_is_refused(network, anna):
    with pytest.raises(Invalid):
        member(network, anna, tier=make_partnership("En anden").tiers.get())
    with pytest.raises(Invalid):
        invitations.invite_to_seat(partnership=network, role="representative", email="a@example.org", actor=anna.user)


def test_who_belongs_already_is_not_invited(company, carla, nina):
    make_membership(nina, company)
    with pytest.raises(WrongState, match="allerede"):
        colleague(company, carla)


def test_an_address_is_invited_once_to_a_place(company, carla):
    colleague(company, carla)
    with pytest.raises(WrongState, match="inviteret allerede"):
        colleague(company, carla, email="NINA@example.org")
    assert colleague(make_organisation("En anden", administrator=carla), carla)


def test_what_has_expired_is_invited_anew_in_the_same_row(sent, company, carla, nina):
    first, old = sent(colleague, company=company, carla=carla)
    Invitation.objects.update(expires=clock.now())
    again, token = sent(colleague, company=company, carla=carla, role="editor")
    assert (again.pk, again.role) == (first.pk, "editor")
    assert Invitation.objects.open().with_token(token).get() == first
    assert not Invitation.objects.with_token(old).exists()


def test_renewing_kills_the_old_link(sent, company, carla):
    invitation, old = sent(colleague, company=company, carla=carla)
    Invitation.objects.update(expires=clock.now() - timedelta(days=9))
    renewed, new = sent(invitations.renew, invitation=invitation, actor=carla.user)
    assert renewed.is_open
    assert Invitation.objects.open().with_token(new).exists()
    assert not Invitation.objects.with_token(old).exists()


@pytest.mark.parametrize("verb", ["renew", "revoke"])
def test_only_who_may_invite_renews_and_withdraws(company, carla, nina, verb):
    invitation = colleague(company, carla)
    for other in (nina, make_facilitator()):
        with pytest.raises(NotAllowed):
            getattr(invitations, verb)(invitation=invitation, actor=other.user)


def test_a_withdrawn_one_cannot_be_accepted_or_renewed(company, carla, nina):
    invitation = colleague(company, carla)
    invitations.revoke(invitation=invitation, actor=carla.user)
    with pytest.raises(WrongState):
        answering.accept_invitation(invitation=invitation, actor=nina.user)
    with pytest.raises(WrongState):
        invitations.renew(invitation=invitation, actor=carla.user)
    assert not Membership.objects.filter(profile=nina).exists()


def test_a_day_has_a_limit_and_renewed_ones_count(company, carla, settings):
    settings.INVITATIONS_A_DAY = 2
    invitation = colleague(company, carla)
    invitations.renew(invitation=invitation, actor=carla.user)
    with pytest.raises(WrongState, match="2"):
        colleague(company, carla, email="b@example.org")
    with clock.at(clock.now() + timedelta(hours=25)):
        assert colleague(company, carla, email="b@example.org")


def test_a_colleague_who_accepts_belongs_with_the_role_from_today(sent, company, carla, nina, mailoutbox):
    invitation = colleague(company, carla, role="editor")
    membership, _token = sent(answering.accept_invitation, invitation=invitation, actor=nina.user)
    assert (membership.role, membership.status, membership.since) == ("editor", "active", clock.today())
    assert membership.decided_by == carla
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by) == ("accepted", nina)
    assert mailoutbox[-1].to == [carla.user.email]
    assert "Nina Ny har taget imod" in mailoutbox[-1].subject
    assert {"invitation_accepted", "membership_begun"} <= set(HistoryEntry.objects.values_list("verb", flat=True))


def test_it_is_used_once(company, carla, nina):
    invitation = colleague(company, carla)
    answering.accept_invitation(invitation=invitation, actor=nina.user)
    with pytest.raises(WrongState):
        answering.accept_invitation(invitation=invitation, actor=nina.user)
    assert Membership.objects.filter(profile=nina).count() == 1


def test_it_expires_after_thirty_days(company, carla, nina):
    invitation = colleague(company, carla)
    with clock.at(clock.now() + timedelta(days=30, seconds=1)), pytest.raises(WrongState, match="udløbet"):
        answering.accept_invitation(invitation=invitation, actor=nina.user)
    with clock.at(clock.now() + timedelta(days=29)):
        assert answering.accept_invitation(invitation=invitation, actor=nina.user)


def test_only_the_owner_of_the_address_answers(company, carla, nina):
    invitation = colleague(company, carla, email="someone@example.org")
    unconfirmed = make_person("Uno")
    unconfirmed.user.emailaddress_set.create(email="someone@example.org", verified=False, primary=True)
    for other in (nina, carla, unconfirmed):
        for verb in (answering.accept_invitation, answering.decline_invitation):
            with pytest.raises(NotAllowed):
                verb(invitation=invitation, actor=other.user)


def test_an_invitation_lets_in_who_had_asked(company, carla, nina):
    asked = make_membership(nina, company, status="requested")
    answering.accept_invitation(invitation=colleague(company, carla, role="editor"), actor=nina.user)
    asked.refresh_from_db()
    assert (asked.status, asked.role, asked.since) == ("active", "editor", clock.today())


def test_who_was_let_in_meanwhile_keeps_the_role(company, carla, nina):
    invitation = colleague(company, carla)
    held = make_membership(nina, company, role="administrator")
    assert answering.accept_invitation(invitation=invitation, actor=nina.user) == held
    held.refresh_from_db()
    assert held.role == "administrator"


def test_an_organisation_invited_is_a_member_with_the_tier_from_today(network, anna, nina):
    theirs = make_organisation("Ninas Net", administrator=nina)
    place = answering.accept_invitation(invitation=member(network, anna), actor=nina.user, organisation=theirs)
    assert (place.organisation, place.tier, place.since) == (theirs, network.tiers.get(), clock.today())


@pytest.mark.parametrize("role", ["member", None])
def test_one_takes_part_only_for_an_organisation_one_may_act_for(network, anna, nina, role):
    other = make_organisation("En anden")
    if role:
        make_membership(nina, other, role=role)
    invitation = member(network, anna)
    for chosen in (other, None):
        with pytest.raises(Invalid) as refused:
            answering.accept_invitation(invitation=invitation, actor=nina.user, organisation=chosen)
        assert refused.value.field == "organisation"
    invitation.refresh_from_db()
    assert invitation.is_open


def test_an_invitation_that_meets_an_open_application_accepts_it(sent, network, anna, nina, mailoutbox):
    theirs = make_organisation("Ninas Net", administrator=nina)
    application = make_application(network, theirs, nina)
    sent(answering.accept_invitation, invitation=member(network, anna), actor=nina.user, organisation=theirs)
    application.refresh_from_db()
    assert application.state == Application.State.ACCEPTED
    assert application.decision.decided_by == anna
    assert application.history.get().verb == "application_accepted"
    assert Participation.objects.get(organisation=theirs).since == clock.today()
    assert [letter.subject for letter in mailoutbox if letter.to == [nina.user.email]]


def test_an_application_of_another_organisation_stays_open(network, anna, nina):
    theirs = make_organisation("Ninas Net", administrator=nina)
    other = make_application(network, make_organisation("En anden"), anna)
    answering.accept_invitation(invitation=member(network, anna), actor=nina.user, organisation=theirs)
    other.refresh_from_db()
    assert other.state == "sent"


def test_an_organisation_that_is_a_member_already_leaves_the_invitation_open(network, anna, nina):
    theirs = make_organisation("Ninas Net", administrator=nina)
    make_participation(theirs, network)
    invitation = member(network, anna)
    with pytest.raises(WrongState):
        answering.accept_invitation(invitation=invitation, actor=nina.user, organisation=theirs)
    invitation.refresh_from_db()
    assert invitation.is_open


def test_a_person_invited_to_a_seat_holds_it(network, anna, nina):
    invitation = invitations.invite_to_seat(
        partnership=network, role="board", email="nina@example.org", actor=anna.user
    )
    seat = answering.accept_invitation(invitation=invitation, actor=nina.user)
    assert Seat.objects.current().get(profile=nina) == seat
    assert (seat.role, seat.partnership) == ("board", network)
    with pytest.raises(WrongState):
        invitations.invite_to_seat(partnership=network, role="board", email="nina@example.org", actor=anna.user)


def test_declining_ends_it_and_is_told(sent, company, carla, nina, mailoutbox):
    invitation = colleague(company, carla)
    sent(answering.decline_invitation, invitation=invitation, actor=nina.user)
    assert mailoutbox[-1].to == [carla.user.email]
    assert "nej tak" in mailoutbox[-1].subject
    with pytest.raises(WrongState):
        answering.accept_invitation(invitation=invitation, actor=nina.user)


def test_each_pasted_line_gets_its_own_answer(company, carla, nina):
    make_membership(nina, company)
    colleague(company, carla, email="invited@example.org")
    report = invite_each(
        addresses="Bo Berg <bo@example.org>\nnina@example.org\n\ninvited@example.org\nBo\nBO@example.org\n",
        invite=lambda **one: colleague(company, carla, **one),
    )
    assert [(one.line.number, one.said, bool(one.invitation)) for one in report] == [
        (1, "Sendt.", True),
        (2, "Hører allerede til organisationen.", False),
        (4, "Er inviteret allerede.", False),
        (5, "Det er ikke en e-mailadresse.", False),
        (6, "Skrevet to gange.", False),
    ]
    assert report[0].invitation.name == "Bo Berg"


def test_a_list_has_a_longest(company, carla):
    for text in ("a@example.org\n" * 201, "\n \n"):
        with pytest.raises(Invalid):
            invite_each(addresses=text, invite=lambda **one: colleague(company, carla, **one))
    assert not Invitation.objects.exists()


def ruled(network, kind="any_administrator", **fields):
    return AdmissionRule.objects.create(partnership=network, version=1, kind=kind, **fields)


def test_where_people_may_join_alone_the_invited_takes_part_as_a_person(network, anna, nina):
    with pytest.raises(Invalid):
        answering.accept_invitation(invitation=member(network, anna), actor=nina.user)
    ruled(network, persons=True)
    place = answering.accept_invitation(invitation=Invitation.objects.get(), actor=nina.user)
    assert (place.profile, place.organisation) == (nina, None)


@pytest.mark.parametrize("had_applied", [True, False])
def test_where_a_vote_decides_an_invitation_lets_nobody_past_it(network, anna, nina, had_applied):
    rule = ruled(network, "board_vote", vote_days=5)
    make_seat(make_person("Bo"), network, role="board")
    theirs = make_organisation("Ninas Net", administrator=nina)
    if had_applied:
        make_application(network, theirs, nina, rule=rule)
    place = answering.accept_invitation(invitation=member(network, anna), actor=nina.user, organisation=theirs)
    assert place == Application.objects.get()
    assert place.state == "sent"
    assert not Participation.objects.filter(organisation=theirs).exists()
