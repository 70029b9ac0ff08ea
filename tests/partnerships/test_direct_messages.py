"""Writing to a person or an organisation without seeing the address; blocking, reporting, deciding."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerships import clock
from partnerships.models import (
    Block,
    DeadAddress,
    DirectMessage,
    HistoryEntry,
    Membership,
    Notification,
    Profile,
    Report,
)
from partnerships.services import consents, direct_messages, reports
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import make_editor, make_facilitator, make_membership, make_organisation, make_person

pytestmark = pytest.mark.django_db


def confirmed(person):
    EmailAddress.objects.create(user=person.user, email=person.user.email, verified=True, primary=True)
    return person


@pytest.fixture
def carla():
    return confirmed(make_person("Carla Mønster", consents=True))


@pytest.fixture
def bo():
    return confirmed(make_person("Bo Prøvesen"))


@pytest.fixture
def company():
    return make_organisation(mailbox="post@fjordbryg.example", administrator=make_person("Ida"))


def write(person, sender, subject="Køling", text="Hvor varmt er vandet?", **more):
    return direct_messages.write_to_person(person=person, actor=sender.user, subject=subject, text=text, **more)


def write_to(organisation, sender, **more):
    typed = {"subject": "Køling", "text": "Hvor varmt er vandet?", **more}
    return direct_messages.write_to_organisation(organisation=organisation, actor=sender.user, **typed)


def sent(django_capture, act):
    with django_capture(execute=True):
        result = act()
    return result, list(mail.outbox)


# Writing


def test_the_receiver_answers_straight_to_the_sender_who_sees_no_address(carla, bo, django_capture_on_commit_callbacks):
    _written, (letter,) = sent(django_capture_on_commit_callbacks, lambda: write(carla, bo))
    assert letter.to == [carla.user.email]
    assert letter.message()["Reply-To"].endswith(f"<{bo.user.email}>")
    assert letter.from_email != bo.user.email
    assert "Hvor varmt er vandet?" in letter.body
    assert carla.user.email not in letter.body
    assert Notification.objects.of(carla.user).get().address == DirectMessage.objects.get().get_absolute_url()


def test_the_sender_gets_a_copy_if_they_ask_and_without_the_receivers_address(
    carla, bo, django_capture_on_commit_callbacks
):
    _written, letters = sent(django_capture_on_commit_callbacks, lambda: write(carla, bo, copy=True))
    own = next(letter for letter in letters if letter.to == [bo.user.email])
    assert len(letters) == 2
    assert carla.user.email not in str(own.message())


def test_an_organisation_gets_it_in_its_shared_mailbox(company, bo, django_capture_on_commit_callbacks):
    _written, (letter,) = sent(django_capture_on_commit_callbacks, lambda: write_to(company, bo))
    assert letter.to == ["post@fjordbryg.example"]
    assert bo.user.email in letter.message()["Reply-To"]


def test_an_organisation_without_a_mailbox_cannot_be_written_to(bo):
    with pytest.raises(NotAllowed):
        write_to(make_organisation(), bo)


@pytest.mark.parametrize("missing", ["the consent", "the page", "an account that is open", "an address that works"])
def test_who_does_not_agree_or_cannot_be_reached_is_not_written_to(missing, carla, bo):
    if missing == "the consent":
        consents.withdraw_consent(profile=carla, actor=carla.user, purpose="write")
    elif missing == "the page":
        consents.withdraw_consent(profile=carla, actor=carla.user, purpose="contact")
    elif missing == "an account that is open":
        carla.user.is_active = False
        carla.user.save()
    else:
        DeadAddress.objects.create(address=carla.user.email, reason="bounced")
    with pytest.raises(NotAllowed):
        write(carla, bo)
    assert not DirectMessage.objects.exists()


def test_without_a_confirmed_address_nothing_is_sent(carla):
    stranger = make_person("Uden Mail")
    EmailAddress.objects.create(user=stranger.user, email=stranger.user.email, verified=False, primary=True)
    EmailAddress.objects.create(user=stranger.user, email="another@example.org", verified=True)
    with pytest.raises(NotAllowed, match="e-mailadresse"):
        write(carla, stranger)


def test_nobody_writes_to_themselves(carla):
    with pytest.raises(NotAllowed):
        write(carla, carla)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"subject": " \x07 "}, "subject"),
        ({"text": ""}, "text"),
        ({"text": "Mit nummer er 010203-1234"}, "text"),
        ({"subject": "010203-1234"}, "subject"),
        ({"text": "x" * 5001}, "text"),
    ],
)
def test_what_is_empty_too_long_or_holds_a_personal_number_is_refused_at_its_field(carla, bo, typed, field):
    with pytest.raises(Invalid) as refused:
        write(carla, bo, **typed)
    assert refused.value.field == field
    assert not DirectMessage.objects.exists()


@pytest.mark.parametrize(
    "evil", ["A\r\nBcc: all@example.org", "A\nX: y", "A\u2028Bcc: x", "A\x85Bcc: x", "=?utf-8?q?a=0AB?="]
)
def test_no_typed_line_breaks_out_of_a_header(carla, bo, evil, django_capture_on_commit_callbacks):
    Profile.objects.filter(pk=bo.pk).update(name=evil)
    bo = Profile.objects.get(pk=bo.pk)
    _written, letters = sent(django_capture_on_commit_callbacks, lambda: write(carla, bo, subject=evil))
    assert [letter.to for letter in letters] == [[carla.user.email]]
    message = letters[0].message()
    assert message["Bcc"] is None
    assert message["X"] is None
    assert letters[0].recipients() == [carla.user.email]
    assert not {"\r", "\n"} & set(letters[0].subject)


def test_a_sender_has_ten_a_day_and_three_to_one(bo, carla):
    for _ in range(direct_messages.FROM_ONE_TO_ONE):
        write(carla, bo)
    with pytest.raises(WrongState):
        write(carla, bo)
    for _ in range(direct_messages.FROM_ONE - direct_messages.FROM_ONE_TO_ONE):
        write(make_person("En Anden", consents=True), bo)
    with pytest.raises(WrongState):
        write(make_person("Den Ellevte", consents=True), bo)
    with clock.at(clock.now() + timedelta(hours=25)):
        assert write(carla, bo).pk


def test_a_receiver_has_twenty_a_day_however_many_write(carla, bo):
    DirectMessage.objects.bulk_create(
        DirectMessage(sender=make_person(f"Nr. {number}"), person=carla) for number in range(direct_messages.TO_ONE)
    )
    with pytest.raises(WrongState):
        write(carla, bo)
    assert write(make_person("En Anden", consents=True), bo).pk


# Blocking


def test_a_blocked_sender_cannot_write_until_it_is_taken_back(carla, bo):
    written = write(carla, bo)
    blocked = direct_messages.block(direct_message=written, actor=carla.user)
    assert direct_messages.block(direct_message=written, actor=carla.user) == blocked
    with pytest.raises(NotAllowed):
        write(carla, bo)
    assert write(make_person("En Anden", consents=True), bo).pk
    direct_messages.unblock(block=blocked, actor=carla.user)
    assert write(carla, bo).pk


def test_only_the_receiver_blocks_and_takes_it_back(carla, bo, company):
    written, to_company = write(carla, bo), write_to(company, bo)
    colleague = make_person("Mie")
    make_membership(colleague, company)
    for direct_message, other in (
        (written, bo),
        (written, make_person()),
        (to_company, colleague),
        (to_company, carla),
    ):
        with pytest.raises(NotAllowed):
            direct_messages.block(direct_message=direct_message, actor=other.user)
    blocked = direct_messages.block(
        direct_message=to_company, actor=company.memberships.get(role="administrator").profile.user
    )
    for other in (bo, colleague):
        with pytest.raises(NotAllowed):
            direct_messages.unblock(block=blocked, actor=other.user)
    assert Block.objects.get() == blocked


def test_who_no_longer_administers_reads_no_more_of_what_was_written(company, bo):
    written, head = write_to(company, bo), company.memberships.get().profile
    assert list(DirectMessage.objects.visible_to(head.user)) == [written]
    Membership.objects.filter(profile=head).update(role="member")
    assert not DirectMessage.objects.visible_to(head.user).exists()
    assert list(DirectMessage.objects.visible_to(bo.user)) == [written]


# Forgetting


def test_words_are_wiped_after_thirty_days_and_the_rest_after_a_year(carla, bo):
    write(carla, bo)
    with clock.at(clock.now() + timedelta(days=29)):
        assert direct_messages.forget_old() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert direct_messages.forget_old() == 1
        assert direct_messages.forget_old() == 0
    kept = DirectMessage.objects.get()
    assert (kept.subject, kept.text) == ("", "")
    with clock.at(clock.now() + timedelta(days=366)):
        direct_messages.forget_old()
    assert not DirectMessage.objects.exists()


def test_the_nightly_command_forgets_too(carla, bo):
    write(carla, bo)
    with clock.at(clock.now() + timedelta(days=31)):
        call_command("forget_mail")
    assert DirectMessage.objects.get().text == ""


def test_what_is_reported_waits_for_its_decision(carla, bo):
    written = write(carla, bo)
    made = reports.report_direct_message(direct_message=written, actor=carla.user, reason="offensive")
    with clock.at(clock.now() + timedelta(days=400)):
        assert direct_messages.forget_old() == 0
        reports.decide_report(report=made, actor=make_facilitator().user, upheld=False, answer="Der er intet galt.")
        direct_messages.forget_old()
    assert not DirectMessage.objects.exists()


def test_history_keeps_that_it_was_sent_and_not_what(carla, bo):
    write(carla, bo)
    entry = HistoryEntry.objects.get(verb="direct_message_sent")
    assert (entry.actor, entry.profile, entry.note) == (bo.user, carla, "")


# Reporting


def test_a_report_reaches_those_who_decide_and_its_decision_who_reported(carla, bo, django_capture_on_commit_callbacks):
    facilitator, editor = make_facilitator(), make_person("Erik")
    editor.user.user_permissions.add(Permission.objects.get(codename="change_profile"))
    make_editor("Kun organisationer")
    written = write(carla, bo)
    made, letters = sent(
        django_capture_on_commit_callbacks,
        lambda: reports.report_direct_message(
            direct_message=written, actor=carla.user, reason="advertising", words="Tredje gang."
        ),
    )
    assert {letter.to[0] for letter in letters} == {facilitator.user.email, editor.user.email}
    assert len(letters) == 2
    mail.outbox.clear()
    decided, letters = sent(
        django_capture_on_commit_callbacks,
        lambda: reports.decide_report(
            report=made, actor=facilitator.user, upheld=True, answer="Det er reklame.", stops_writing=True
        ),
    )
    assert (decided.state, decided.decided_by) == ("upheld", facilitator)
    assert {letter.to[0] for letter in letters} == {carla.user.email, bo.user.email}
    to_bo = next(letter for letter in letters if letter.to == [bo.user.email])
    assert "Carla" not in to_bo.body
    with pytest.raises(NotAllowed, match="Kommunen har besluttet"):
        write(make_person("En Anden", consents=True), bo)


def test_who_is_reported_is_not_told_by_whom_though_they_decide_on_others(
    client, carla, django_capture_on_commit_callbacks
):
    reported = make_facilitator("Fie Meldt")
    reported.consents.create(purpose="contact", text_version="test", given=clock.now())
    _, letters = sent(
        django_capture_on_commit_callbacks,
        lambda: reports.report_profile(profile=reported, actor=carla.user, reason="false"),
    )
    assert letters == []
    client.force_login(reported.user)
    assert "Carla" not in client.get(reverse("reports")).content.decode()


def test_only_the_receiver_reports_a_message_and_once(carla, bo):
    written = write(carla, bo)
    for other in (bo, make_person(), make_facilitator()):
        with pytest.raises(NotAllowed):
            reports.report_direct_message(direct_message=written, actor=other.user, reason="offensive")
    reports.report_direct_message(direct_message=written, actor=carla.user, reason="offensive")
    with pytest.raises(WrongState):
        reports.report_direct_message(direct_message=written, actor=carla.user, reason="offensive")


@pytest.mark.parametrize(("reason", "words"), [("nonsense", ""), ("other", "  "), ("other", "010203-1234")])
def test_a_report_needs_a_reason(carla, bo, reason, words):
    with pytest.raises(Invalid):
        reports.report_profile(profile=carla, actor=bo.user, reason=reason, words=words)


def test_one_reports_a_page_that_one_can_see_and_not_ones_own(carla, bo):
    assert reports.report_profile(profile=carla, actor=bo.user, reason="false").about == carla
    for profile in (bo, make_person("Skjult")):
        with pytest.raises(NotAllowed):
            reports.report_profile(profile=profile, actor=bo.user, reason="false")


def test_facilitator_and_editors_decide_but_nobody_on_their_own(carla, bo):
    facilitator = make_facilitator()
    editor = make_editor()
    editor.user.user_permissions.add(*_may_edit_people())
    made = reports.report_profile(profile=carla, actor=facilitator.user, reason="false")
    for other in (facilitator, carla, bo):
        with pytest.raises(NotAllowed):
            reports.decide_report(report=made, actor=other.user, upheld=True, answer="Ja.")
    with pytest.raises(Invalid):
        reports.decide_report(report=made, actor=editor.user, upheld=True, answer=" ")
    reports.decide_report(report=made, actor=editor.user, upheld=False, answer="Nej.", stops_writing=True)
    made.refresh_from_db()
    assert (made.state, made.stops_writing) == ("dismissed", False)
    with pytest.raises(WrongState):
        reports.decide_report(report=made, actor=make_facilitator().user, upheld=True, answer="Jo.")


def _may_edit_people():
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename="change_profile")


def test_the_database_keeps_one_receiver_and_one_item(carla, bo, company):
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectMessage.objects.create(sender=bo, person=carla, organisation=company)
    with pytest.raises(IntegrityError), transaction.atomic():
        DirectMessage.objects.create(sender=bo)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(reporter=bo, reason="other")


# The pages


def test_the_form_keeps_what_was_typed_and_names_the_field(client, carla, bo):
    client.force_login(bo.user)
    address = reverse("partnerships:person_write", args=[carla.slug])
    answer = client.post(address, {"subject": "Køling", "text": "Ring til 010203-1234"})
    assert answer.context["form"].errors.keys() == {"text"}
    assert "Ring til" in answer.content.decode()
    assert carla.user.email not in answer.content.decode()
    assert client.post(address, {"subject": "Køling", "text": "Hvor varmt?"}).url == carla.get_absolute_url()


def test_who_has_no_confirmed_address_is_told_so_on_the_page(client, carla):
    client.force_login(make_person("Uden Mail").user)
    page = client.get(reverse("partnerships:person_write", args=[carla.slug])).content.decode()
    assert reverse("account_email") in page
    assert "<textarea" not in page


def test_a_persons_page_offers_the_form_only_where_they_agree(client, carla):
    address = reverse("partnerships:person_write", args=[carla.slug])
    assert address in client.get(carla.get_absolute_url()).content.decode()
    consents.withdraw_consent(profile=carla, actor=carla.user, purpose="write")
    assert address not in client.get(carla.get_absolute_url()).content.decode()


def test_the_receiver_blocks_and_reports_from_the_message(client, carla, bo):
    written = write(carla, bo)
    client.force_login(carla.user)
    assert client.post(written.get_absolute_url(), {"act": "block"}).status_code == 302
    report = client.post(reverse("direct_message_report", args=[written.pk]), {"reason": "private"})
    assert report.status_code == 302
    assert Report.objects.get().reporter == carla
    block = Block.objects.get()
    client.post(reverse("direct_messages"), {"block": block.pk})
    assert not Block.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "9" * 40, "-1", "٣"])
def test_a_block_that_is_not_ones_own_is_missing(client, carla, bo, key):
    client.force_login(bo.user)
    assert client.post(reverse("direct_messages"), {"block": key}).status_code == 404


@pytest.mark.parametrize("rows", [20, 200])
def test_messages_and_reports_need_few_queries_however_many(
    client, carla, company, rows, django_assert_max_num_queries
):
    senders = [make_person(f"Nr. {number}") for number in range(20)]
    DirectMessage.objects.bulk_create(
        DirectMessage(sender=senders[number % 20], person=carla, subject="S", text="T") for number in range(rows)
    )
    Report.objects.bulk_create(
        Report(reporter=carla, direct_message=one, reason="other") for one in DirectMessage.objects.all()
    )
    client.force_login(carla.user)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("direct_messages")).status_code == 200
    client.force_login(make_facilitator().user)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("reports")).status_code == 200


def test_ones_own_page_leads_to_no_letter_to_oneself(client):
    bo = make_person("Bo", consents="contact write")
    address = reverse("partnerships:person_write", args=[bo.slug])
    assert address in client.get(bo.get_absolute_url()).content.decode()
    client.force_login(bo.user)
    assert address not in client.get(bo.get_absolute_url()).content.decode()
