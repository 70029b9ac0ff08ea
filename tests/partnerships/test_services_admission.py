"""Applying and deciding, as the two sides notice it."""

import html
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from partnerships import clock, working_days
from partnerships.models import Application, Decision, HistoryEntry, Organisation, Participation
from partnerships.services import admission, deciding, participation
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_application,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def carla():
    """Administers the company that wants to join."""
    return make_person("Carla Mønster")


@pytest.fixture
def bo():
    """Administers the partnership."""
    return make_person("Bo Formand")


@pytest.fixture
def company(carla):
    return make_organisation("Fjordbryg ApS", administrator=carla)


@pytest.fixture
def partnership(bo):
    return make_partnership("Vandnetværket", administrator=bo, answer_days=10)


def apply(partnership, company, person, **changes):
    fields = {"tier": partnership.tiers.first(), "message": "Vi vil **gerne** være med.", **changes}
    return admission.apply(partnership=partnership, organisation=company, actor=person.user, **fields)


def acts(application):
    return list(application.history.order_by("pk").values_list("verb", flat=True))


def test_application_keeps_message_tier_and_the_promised_day(partnership, company, carla):
    application = apply(partnership, company, carla)
    assert application.state == "sent"
    assert application.applicant == carla
    assert application.message == "Vi vil **gerne** være med."
    assert "<strong>gerne</strong>" in application.message_html
    assert application.promised == working_days.after(clock.today(), 10)


def test_applying_is_recorded_with_both_sides(partnership, company, carla):
    application = apply(partnership, company, carla)
    entry = HistoryEntry.objects.get(application=application)
    assert (entry.verb, entry.actor, entry.actor_name) == ("application_sent", carla.user, "Carla Mønster")
    assert (entry.partnership, entry.organisation) == (partnership, company)


def test_promise_counts_from_the_day_where_the_portal_is(partnership, company, carla):
    late_in_the_evening_in_utc = datetime(2026, 3, 9, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    with clock.at(late_in_the_evening_in_utc):
        assert apply(partnership, company, carla).promised == date(2026, 3, 24)


def test_mail_leaves_only_after_the_commit(partnership, company, carla, bo, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        application = apply(partnership, company, carla)
        assert mail.outbox == []
    assert {tuple(letter.to) for letter in mail.outbox} == {(bo.user.email,), (carla.user.email,)}
    to_decide = next(letter for letter in mail.outbox if letter.to == [bo.user.email])
    assert "Fjordbryg ApS" in to_decide.subject + to_decide.body
    assert "next=" in to_decide.body
    assert str(application.pk) in to_decide.body


def test_no_mail_when_applying_is_refused(partnership, company, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(NotAllowed):
        apply(partnership, company, make_person("Fremmed"))
    assert mail.outbox == []
    assert not Application.objects.exists()


@pytest.mark.parametrize("message", ["", "   ", "\u200b\x00"])
def test_application_without_words_is_invalid(partnership, company, carla, message):
    with pytest.raises(Invalid) as refused:
        apply(partnership, company, carla, message=message)
    assert refused.value.field == "message"
    assert not HistoryEntry.objects.filter(verb="application_sent").exists()


def test_tier_of_another_partnership_is_invalid(partnership, company, carla):
    with pytest.raises(Invalid) as refused:
        apply(partnership, company, carla, tier=make_partnership("Halm").tiers.first())
    assert refused.value.field == "tier"


@pytest.mark.parametrize("closed", [{"applications_open": False}, {"until": yesterday()}])
def test_partnership_that_is_closed_or_over_takes_no_application(bo, company, carla, closed):
    with pytest.raises(WrongState):
        apply(make_partnership("Lukket", administrator=bo, **closed), company, carla)


def test_member_cannot_apply_but_a_former_member_can(partnership, company, carla):
    participation = make_participation(company, partnership)
    with pytest.raises(WrongState):
        apply(partnership, company, carla)
    participation.until = yesterday()
    participation.save()
    assert apply(partnership, company, carla).state == "sent"


def test_sending_twice_leaves_one_application_and_one_mail_each(
    partnership, company, carla, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        apply(partnership, company, carla)
        with pytest.raises(WrongState):
            apply(partnership, company, carla)
    assert Application.objects.count() == 1
    assert len(mail.outbox) == 2


def test_accepted_organisation_is_a_member_from_today_with_its_tier(partnership, company, carla, bo):
    application = apply(partnership, company, carla)
    decision = admission.accept(application=application, actor=bo.user, message="Velkommen!")
    application.refresh_from_db()
    assert application.state == "accepted"
    assert (decision.outcome, decision.decided_by, decision.reason) == ("accepted", bo, "Velkommen!")
    participation = Participation.objects.current().get(partnership=partnership, organisation=company)
    assert (participation.since, participation.until, participation.tier) == (clock.today(), None, application.tier)
    assert acts(application) == ["application_sent", "application_accepted"]
    assert HistoryEntry.objects.filter(verb="participation_begun", organisation=company).count() == 1


def test_refusal_says_why_and_makes_no_member(partnership, company, carla, bo):
    application = apply(partnership, company, carla)
    decision = admission.refuse(application=application, actor=bo.user, reason="Vi mangler *tal*.")
    assert decision.reason_html == "<p>Vi mangler <em>tal</em>.</p>\n"
    assert not Participation.objects.filter(organisation=company).exists()
    entry = application.history.get(verb="application_refused")
    assert entry.note == "Vi mangler *tal*."


@pytest.mark.parametrize("reason", ["", " \n ", "\x00"])
def test_refusal_without_a_reason_is_invalid_and_changes_nothing(partnership, company, carla, bo, reason):
    application = apply(partnership, company, carla)
    with pytest.raises(Invalid) as refused:
        admission.refuse(application=application, actor=bo.user, reason=reason)
    assert refused.value.field == "reason"
    application.refresh_from_db()
    assert application.state == "sent"
    assert not Decision.objects.exists()


def test_decision_is_told_to_the_applicant_and_to_the_organisations_administrators(
    partnership, company, carla, bo, django_capture_on_commit_callbacks
):
    editor = make_person("Emil Redaktør")
    make_membership(editor, company, role="editor")
    make_membership(make_person("Mie Medarbejder"), company)
    application = apply(partnership, company, editor)
    with django_capture_on_commit_callbacks(execute=True):
        admission.refuse(application=application, actor=bo.user, reason="Ikke i år.")
    assert {letter.to[0] for letter in mail.outbox} == {editor.user.email, carla.user.email}
    assert all("Ikke i år." in letter.body for letter in mail.outbox)


def test_history_of_every_try_stays_when_one_applies_again(partnership, company, carla, bo):
    first = apply(partnership, company, carla)
    admission.refuse(application=first, actor=bo.user, reason="Ikke i år.")
    second = apply(partnership, company, carla)
    admission.accept(application=second, actor=bo.user)
    first.refresh_from_db()
    assert first.state == "refused"
    assert first.decision.reason == "Ikke i år."
    assert acts(first) == ["application_sent", "application_refused"]
    assert acts(second) == ["application_sent", "application_accepted"]


@pytest.mark.parametrize("again", ["accept", "refuse"])
def test_second_click_leaves_one_decision_one_member_and_no_second_mail(
    partnership, company, carla, bo, again, django_capture_on_commit_callbacks
):
    application = apply(partnership, company, carla)
    as_the_second_click_saw_it = Application.objects.get(pk=application.pk)
    with django_capture_on_commit_callbacks(execute=True):
        admission.accept(application=application, actor=bo.user)
    sent = len(mail.outbox)
    extra = {"reason": "Nej."} if again == "refuse" else {}
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WrongState):
        getattr(admission, again)(application=as_the_second_click_saw_it, actor=bo.user, **extra)
    assert Decision.objects.get().outcome == "accepted"
    assert Participation.objects.filter(organisation=company).count() == 1
    assert len(mail.outbox) == sent == 1


def test_nobody_decides_on_their_own_application(partnership, bo):
    own = make_organisation("Formandens Firma", administrator=bo)
    application = apply(partnership, own, bo)
    for verb, extra in ((admission.accept, {}), (admission.refuse, {"reason": "Nej."})):
        with pytest.raises(NotAllowed):
            verb(application=application, actor=bo.user, **extra)
    other = make_person("Ny Formand")
    make_seat(other, partnership)
    assert admission.accept(application=application, actor=other.user).decided_by == other


def test_withdrawn_application_waits_no_more_and_cannot_be_decided(partnership, company, carla, bo):
    application = apply(partnership, company, carla)
    admission.withdraw(application=application, actor=carla.user)
    assert not Application.objects.waiting().exists()
    assert acts(application) == ["application_sent", "application_withdrawn"]
    with pytest.raises(WrongState):
        admission.accept(application=application, actor=bo.user)
    with pytest.raises(WrongState):
        admission.withdraw(application=application, actor=carla.user)
    assert not Decision.objects.exists()


def test_accepting_one_who_became_a_member_meanwhile_changes_nothing(
    partnership, company, carla, bo, django_capture_on_commit_callbacks
):
    application = apply(partnership, company, carla)
    participation.begin_participation(
        partnership=partnership, organisation=company, tier=application.tier, actor=bo.user
    )
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WrongState):
        admission.accept(application=application, actor=bo.user)
    application.refresh_from_db()
    assert application.state == "sent"
    assert not Decision.objects.exists()
    assert mail.outbox == []


def test_accepting_one_whose_term_still_runs_makes_no_second_term(partnership, company, carla, bo):
    application = apply(partnership, company, carla)
    make_participation(company, partnership, until=clock.today() + timedelta(days=30))
    with pytest.raises(WrongState):
        admission.accept(application=application, actor=bo.user)
    assert Participation.objects.filter(organisation=company).count() == 1


def test_nobody_is_let_into_a_partnership_that_ended_meanwhile(partnership, company, carla, bo):
    application = make_application(partnership, company, carla)
    partnership.until = yesterday()
    partnership.save()
    with pytest.raises(WrongState):
        admission.accept(application=application, actor=bo.user)
    application.refresh_from_db()
    assert not Participation.objects.filter(organisation=company).exists()
    assert not Decision.objects.exists()
    admission.refuse(application=application, actor=bo.user, reason="Vi er holdt op.")


def test_history_is_undone_with_the_act(partnership, company, carla, bo, monkeypatch):
    application = apply(partnership, company, carla)
    before = HistoryEntry.objects.count()

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(deciding, "enter_as_member", fails)
    with pytest.raises(RuntimeError):
        admission.accept(application=application, actor=bo.user)
    assert HistoryEntry.objects.count() == before
    assert not Decision.objects.exists()


def test_mail_server_that_is_down_does_not_undo_the_act(
    partnership, company, carla, bo, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1
    with django_capture_on_commit_callbacks(execute=True):
        application = apply(partnership, company, carla)
    assert Application.objects.get(pk=application.pk).state == "sent"


def test_overdue_is_an_unanswered_application_after_its_promised_day(partnership, company, carla):
    late = make_application(partnership, company, carla, promised=yesterday())
    assert late.is_overdue
    late.state = "accepted"
    assert not late.is_overdue
    on_the_day = make_application(
        partnership, Organisation.objects.get(name="Kalundborg Kommune"), carla, promised=clock.today()
    )
    assert not on_the_day.is_overdue


def test_the_mail_of_a_refusal_is_seen_as_it_will_be_and_nothing_is_sent_or_kept(
    client, partnership, company, carla, bo, django_capture_on_commit_callbacks
):
    application = make_application(partnership, company, carla)
    client.force_login(bo.user)
    day = clock.today() + timedelta(days=30)
    typed = {"act": "refuse", "ground": "full", "reason": "Der er **ikke** plads i år.", "again_from": day.isoformat()}
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(application.get_absolute_url(), {**typed, "preview": "mail"})
    seen = page.context["mail"]
    assert mail.outbox == [] and not Decision.objects.exists()
    assert application.history.count() == 0 and Application.objects.get(pk=application.pk).state == "sent"
    assert page.context["may_decide"] is True
    assert html.escape(seen.subject) in page.content.decode()
    for field in ("reason", "ground", "again_from"):
        assert page.context["refuse"][field].value() == typed[field]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(application.get_absolute_url(), typed)
    letter = next(letter for letter in mail.outbox if letter.to == [carla.user.email])
    assert (letter.subject, letter.body.strip()) == (seen.subject, seen.text.strip())


def test_the_mail_is_written_in_its_readers_language_and_a_mistake_is_told_before(
    client, partnership, company, carla, bo
):
    carla.mail_language = "en"
    carla.save()
    application = make_application(partnership, company, carla)
    client.force_login(bo.user)
    typed = {"act": "refuse", "preview": "mail", "ground": "full", "reason": "No room."}
    seen = client.post(application.get_absolute_url(), typed).content.decode()
    assert "Refusal of your application" in seen and '<div class="s-mail__sheet" lang="en">' in seen
    for wrong in ({"reason": " "}, {"reason": "Ring 010203-1234"}, {"again_from": "2001-01-01"}):
        page = client.post(application.get_absolute_url(), {**typed, **wrong})
        assert "mail" not in page.context and page.context["refuse"].errors


def test_only_who_may_refuse_sees_the_mail(client, partnership, company, carla):
    application = make_application(partnership, company, carla)
    for person in (carla, make_person()):
        with pytest.raises(NotAllowed):
            admission.preview_refusal(application=application, actor=person.user, reason="Nej.")
    decided = make_application(partnership, make_organisation(), make_person(), state="withdrawn")
    with pytest.raises(WrongState):
        bo = partnership.seats.get().profile
        admission.preview_refusal(application=decided, actor=bo.user, reason="Nej.")
