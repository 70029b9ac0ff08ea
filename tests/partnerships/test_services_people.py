"""Profiles, consents, and belonging to an organisation."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core import mail
from django.db import IntegrityError, transaction

from cms.editors import EDITORS, FACILITATORS
from partnerships import clock, permissions
from partnerships.consent_texts import CONSENTS
from partnerships.models import Consent, HistoryEntry, Membership, Profile, Seat
from partnerships.services import consents, people
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db


def in_group(name, group):
    person = make_person(name)
    person.user.groups.add(Group.objects.get(name=group))
    return person


def verbs(**things):
    return list(HistoryEntry.objects.filter(**things).order_by("pk").values_list("verb", flat=True))


# Profiles


def test_account_gets_one_profile_however_often_it_asks():
    user = make_user()
    first = people.create_profile(user=user, name="Søren Ærlig")
    assert people.create_profile(user=user, name="En Anden") == first
    assert (first.name, first.slug) == ("Søren Ærlig", "soeren-aerlig")
    assert verbs(profile=first) == ["profile_created"]


def test_two_of_the_same_name_have_addresses_of_their_own():
    slugs = [people.create_profile(user=make_user(), name="Anne Jensen").slug for _ in range(3)]
    assert slugs == ["anne-jensen", "anne-jensen-2", "anne-jensen-3"]


def test_profile_is_changed_by_its_owner_and_it_is_recorded():
    person, topic = make_person(), make_topic()
    people.update_profile(
        profile=person,
        actor=person.user,
        name=" Carla\u0000  Ny ",
        headline="Ingeniør",
        expertise="Damp",
        topics=[topic],
    )
    person.refresh_from_db()
    assert (person.name, person.headline, person.expertise) == ("Carla Ny", "Ingeniør", "Damp")
    assert list(person.topics.all()) == [topic]
    assert verbs(profile=person) == ["profile_changed"]


def test_editor_may_correct_a_profile_and_is_named_in_its_history():
    person, editor = make_person(), in_group("Erik", EDITORS)
    people.update_profile(profile=person, actor=editor.user, name="Rettet")
    assert HistoryEntry.objects.get(profile=person).actor_name == "Erik"


@pytest.mark.parametrize("name", ["", "  ", "\x00\ud800", "x" * 121])
def test_name_that_is_empty_or_too_long_is_invalid(name):
    person = make_person()
    with pytest.raises(Invalid) as refused:
        people.update_profile(profile=person, actor=person.user, name=name)
    assert refused.value.field == "name"


def test_nobody_signed_in_is_no_owner_of_a_profile_without_a_sign_in():
    person, nobody = make_person(user=False), AnonymousUser()
    with pytest.raises(NotAllowed):
        people.update_profile(profile=person, actor=nobody, name="Overtaget")
    with pytest.raises(NotAllowed):
        consents.give_consent(profile=person, actor=nobody, purpose="contact")
    with pytest.raises(NotAllowed):
        consents.withdraw_consent(profile=person, actor=nobody, purpose="contact")
    membership = make_membership(person, make_organisation(administrator=make_person()))
    with pytest.raises(NotAllowed):
        people.end_membership(membership=membership, actor=nobody)


def test_editor_enters_a_person_who_is_not_shown_until_they_agree():
    editor = in_group("Erik", EDITORS)
    person = people.enter_person(actor=editor.user, name="Dorte Fagperson", expertise="Biogas")
    assert person.user is None
    assert not Profile.objects.consenting().filter(pk=person.pk).exists()
    for other in (make_person(), make_facilitator()):
        with pytest.raises(NotAllowed):
            people.enter_person(actor=other.user, name="Nogen")


# Consents


def test_consent_keeps_version_and_time_and_shows_the_person():
    person = make_person()
    consent = consents.give_consent(profile=person, actor=person.user, purpose="contact")
    assert consent.text_version == CONSENTS["contact"].version
    assert abs((clock.now() - consent.given).total_seconds()) < 60
    assert Profile.objects.consenting().get() == person
    assert verbs(profile=person) == ["consent_given"]


def test_saying_yes_twice_leaves_one_row():
    person = make_person()
    first = consents.give_consent(profile=person, actor=person.user, purpose="contact")
    assert consents.give_consent(profile=person, actor=person.user, purpose="contact") == first
    assert verbs(profile=person) == ["consent_given"]


def test_withdrawing_hides_at_once_and_keeps_the_row_as_proof():
    person = make_person()
    given = consents.give_consent(profile=person, actor=person.user, purpose="contact")
    consents.withdraw_consent(profile=person, actor=person.user, purpose="contact")
    given.refresh_from_db()
    assert given.withdrawn is not None
    assert not Profile.objects.consenting().exists()
    consents.withdraw_consent(profile=person, actor=person.user, purpose="contact")
    assert verbs(profile=person) == ["consent_given", "consent_withdrawn"]


def test_yes_after_a_no_is_a_row_of_its_own():
    person = make_person()
    for _ in range(2):
        consents.give_consent(profile=person, actor=person.user, purpose="contact")
        consents.withdraw_consent(profile=person, actor=person.user, purpose="contact")
    consents.give_consent(profile=person, actor=person.user, purpose="contact")
    assert Consent.objects.filter(profile=person).count() == 3
    assert Consent.objects.current().filter(profile=person).count() == 1


def test_nobody_else_says_yes_or_no_for_one():
    person = make_person()
    for other in (make_person(), in_group("Erik", EDITORS), make_facilitator()):
        with pytest.raises(NotAllowed):
            consents.give_consent(profile=person, actor=other.user, purpose="contact")
        with pytest.raises(NotAllowed):
            consents.withdraw_consent(profile=person, actor=other.user, purpose="contact")


def test_unknown_purpose_is_invalid():
    person = make_person()
    with pytest.raises(Invalid):
        consents.give_consent(profile=person, actor=person.user, purpose="marketing")


def test_database_holds_one_current_consent_per_purpose():
    person = make_person(consents=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(profile=person, purpose="contact", text_version="2", given=clock.now())


# Belonging to an organisation


def test_request_waits_and_its_administrators_are_asked_by_mail(django_capture_on_commit_callbacks):
    head, newcomer, facilitator = make_person("Carla"), make_person("Nina Ny"), in_group("Fanny", FACILITATORS)
    company = make_organisation(administrator=head)
    with django_capture_on_commit_callbacks(execute=True):
        asked = people.ask_to_join(organisation=company, actor=newcomer.user, message="Jeg arbejder i gæringen.")
        assert mail.outbox == []
    assert (asked.status, asked.message) == ("requested", "Jeg arbejder i gæringen.")
    assert [letter.to for letter in mail.outbox] == [[head.user.email]]
    assert facilitator.user.email not in str([letter.to for letter in mail.outbox])
    assert verbs(membership=asked) == ["membership_requested"]


@pytest.mark.parametrize("by", ["group", "own permission"])
def test_without_an_administrator_the_facilitator_is_asked_and_decides(by, django_capture_on_commit_callbacks):
    facilitator = in_group("Fanny", FACILITATORS) if by == "group" else make_facilitator()
    association = make_organisation("Grundejerforening", kind="association")
    newcomer = make_person("Nina Ny")
    with django_capture_on_commit_callbacks(execute=True):
        asked = people.ask_to_join(organisation=association, actor=newcomer.user)
    assert [letter.to for letter in mail.outbox] == [[facilitator.user.email]]
    people.accept_member(membership=asked, actor=facilitator.user, role="administrator")
    assert Membership.objects.current().get(organisation=association).role == "administrator"


def test_administrator_who_cannot_sign_in_counts_as_none(django_capture_on_commit_callbacks):
    facilitator = in_group("Fanny", FACILITATORS)
    company = make_organisation(administrator=make_person("Uden Konto", user=False))
    with django_capture_on_commit_callbacks(execute=True):
        asked = people.ask_to_join(organisation=company, actor=make_person("Nina").user)
    assert [letter.to for letter in mail.outbox] == [[facilitator.user.email]]
    assert people.accept_member(membership=asked, actor=facilitator.user).status == "active"


def test_asking_twice_leaves_one_request_and_one_mail(django_capture_on_commit_callbacks):
    head, newcomer = make_person("Carla"), make_person("Nina")
    company = make_organisation(administrator=head)
    with django_capture_on_commit_callbacks(execute=True):
        people.ask_to_join(organisation=company, actor=newcomer.user)
        with pytest.raises(WrongState):
            people.ask_to_join(organisation=company, actor=newcomer.user)
    assert Membership.objects.waiting().count() == 1
    assert len(mail.outbox) == 1


def test_one_who_belongs_already_cannot_ask():
    head = make_person()
    company = make_organisation(administrator=head)
    with pytest.raises(WrongState):
        people.ask_to_join(organisation=company, actor=head.user)


def test_who_is_let_in_belongs_from_today_and_is_told(django_capture_on_commit_callbacks):
    head, newcomer = make_person("Carla"), make_person("Nina")
    company = make_organisation(administrator=head)
    asked = people.ask_to_join(organisation=company, actor=newcomer.user)
    with django_capture_on_commit_callbacks(execute=True):
        membership = people.accept_member(membership=asked, actor=head.user, role="editor")
    assert (membership.status, membership.role, membership.since) == ("active", "editor", clock.today())
    assert (membership.decided_by, membership.pk) == (head, asked.pk)
    assert [letter.to for letter in mail.outbox] == [[newcomer.user.email]]
    assert verbs(membership=membership) == ["membership_requested", "membership_accepted"]


def test_unknown_role_is_invalid():
    head = make_person()
    asked = make_membership(make_person(), make_organisation(administrator=head), status="requested")
    with pytest.raises(Invalid):
        people.accept_member(membership=asked, actor=head.user, role="owner")
    asked.refresh_from_db()
    assert asked.status == "requested"


@pytest.mark.parametrize("reason", ["", " \n"])
def test_turning_somebody_away_needs_a_reason(reason):
    head = make_person()
    asked = make_membership(make_person(), make_organisation(administrator=head), status="requested")
    with pytest.raises(Invalid) as refused:
        people.refuse_member(membership=asked, actor=head.user, reason=reason)
    assert refused.value.field == "reason"


def test_who_was_turned_away_reads_why_and_may_ask_again(django_capture_on_commit_callbacks):
    head, newcomer = make_person("Carla"), make_person("Nina")
    company = make_organisation(administrator=head)
    asked = people.ask_to_join(organisation=company, actor=newcomer.user)
    with django_capture_on_commit_callbacks(execute=True):
        people.refuse_member(membership=asked, actor=head.user, reason="Vi kender dig ikke.")
    assert "Vi kender dig ikke." in mail.outbox[0].body
    again = people.ask_to_join(organisation=company, actor=newcomer.user)
    assert again.pk != asked.pk
    assert verbs(membership=asked) == ["membership_requested", "membership_refused"]


@pytest.mark.parametrize("second", ["accept", "refuse"])
def test_second_answer_comes_too_late_and_sends_nothing(second, django_capture_on_commit_callbacks):
    head = make_person()
    asked = make_membership(make_person(), make_organisation(administrator=head), status="requested")
    people.accept_member(membership=asked, actor=head.user)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WrongState):
        if second == "accept":
            people.accept_member(membership=asked, actor=head.user)
        else:
            people.refuse_member(membership=asked, actor=head.user, reason="Alligevel ikke.")
    assert mail.outbox == []
    assert verbs(membership=asked) == ["membership_accepted"]


def test_one_may_leave_and_an_administrator_may_end_it():
    head, one, another = make_person("Carla"), make_person("Mie"), make_person("Per")
    company = make_organisation(administrator=head)
    people.end_membership(membership=make_membership(one, company), actor=one.user)
    people.end_membership(membership=make_membership(another, company), actor=head.user)
    assert Membership.objects.current().get(organisation=company).profile == head


def test_who_leaves_no_longer_acts_for_the_organisation_and_keeps_what_is_their_own():
    head, one = make_person("Carla"), make_person("Mie")
    company, other = make_organisation(administrator=head), make_organisation("En anden")
    partnership = make_partnership()
    ours, theirs = make_participation(company, partnership), make_participation(other, partnership)
    make_seat(one, partnership, role="representative", participation=ours)
    soon, later = (clock.today() + timedelta(days=days) for days in (9, 30))
    make_seat(one, partnership, role="deputy", participation=ours, since=soon, until=later)
    kept = [make_seat(one, partnership, role="deputy", participation=theirs), make_seat(one, partnership, role="board")]
    colleague = make_seat(head, partnership, role="deputy", participation=ours)
    people.end_membership(membership=make_membership(one, company), actor=one.user)
    assert set(Seat.objects.exclude(until__lt=clock.today())) == {*kept, colleague}
    assert set(Seat.objects.current()) == {*kept, colleague}


def test_who_left_is_no_longer_let_into_the_room():
    head, one = make_person("Carla"), make_person("Mie")
    company, partnership = make_organisation(administrator=head), make_partnership()
    participation = make_participation(company, partnership)
    make_seat(one, partnership, role="representative", participation=participation)
    membership = make_membership(one, company)
    assert permissions.may_enter_room(one.user, partnership)
    people.end_membership(membership=membership, actor=head.user)
    assert not permissions.may_enter_room(one.user, partnership)
    assert permissions.may_enter_room(head.user, partnership)


def test_leaving_twice_is_recorded_once():
    head, one = make_person("Carla"), make_person("Mie")
    membership = make_membership(one, make_organisation(administrator=head))
    as_the_second_click_saw_it = Membership.objects.get(pk=membership.pk)
    people.end_membership(membership=membership, actor=one.user)
    with pytest.raises(WrongState):
        people.end_membership(membership=as_the_second_click_saw_it, actor=one.user)
    assert verbs(membership=membership) == ["membership_ended"]


def test_request_that_waits_cannot_be_ended():
    head = make_person()
    asked = make_membership(make_person(), make_organisation(administrator=head), status="requested")
    with pytest.raises(WrongState):
        people.end_membership(membership=asked, actor=head.user)


def test_last_administrator_cannot_leave_before_there_is_another():
    head, second = make_person("Carla"), make_person("Mie")
    company = make_organisation(administrator=head)
    own = company.memberships.get()
    with pytest.raises(WrongState):
        people.end_membership(membership=own, actor=head.user)
    make_membership(second, company, role="administrator")
    assert people.end_membership(membership=own, actor=head.user).status == "ended"
    with pytest.raises(WrongState):
        people.end_membership(membership=company.memberships.get(profile=second), actor=second.user)


def test_administrator_who_cannot_sign_in_does_not_let_the_last_one_leave():
    head = make_person("Carla")
    company = make_organisation(administrator=head)
    make_membership(make_person("Uden Konto", user=False), company, role="administrator")
    with pytest.raises(WrongState):
        people.end_membership(membership=company.memberships.get(profile=head), actor=head.user)


def test_nobody_acts_without_signing_in():
    with pytest.raises(NotAllowed):
        people.ask_to_join(organisation=make_organisation(), actor=AnonymousUser())


def test_database_holds_one_open_membership_and_a_first_day():
    person, company = make_person(), make_organisation()
    make_membership(person, company)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(person, company, status="requested")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_membership(make_person(), company, since=None)


def test_what_is_told_in_several_lines_keeps_them():
    person = make_person("Nora")
    typed = "  Jeg måler vand. \r\n\r\n\r\n\r\nOgså  varme.\x07\r\n"
    people.update_profile(profile=person, actor=person.user, name="Nora", expertise=typed)
    person.refresh_from_db()
    assert person.expertise == "Jeg måler vand.\n\nOgså varme."


@pytest.mark.parametrize("typed", ["Ring 010203-1234", "010203\n1234", "010203-\r\n1234"])
def test_a_personal_number_is_found_across_lines(typed):
    person = make_person("Nora")
    with pytest.raises(Invalid):
        people.update_profile(profile=person, actor=person.user, name="Nora", expertise=typed)
