"""Members of a partnership: leaving, acting for, proposals that are heard, terms that end. Both sides are told of each."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from partnerships import clock, visibility
from partnerships.models import HistoryEntry, Participation, Seat
from partnerships.services import participation as services
from partnerships.services import proposals, representing, seats, vacancies
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.standing import taking_part
from tests.factories import (
    make_facilitator,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    make_tier,
)

pytestmark = pytest.mark.django_db


def days(n):
    return clock.today() + timedelta(days=n)


class Town:
    """A partnership that Anna administers, with Carla's company in it, where Bo works."""

    def __init__(self):
        self.anna, self.carla, self.bo = make_person("Anna"), make_person("Carla"), make_person("Bo")
        self.network = make_partnership("Vandnetværket", administrator=self.anna)
        self.company = make_organisation("Fjordbryg ApS", administrator=self.carla)
        make_membership(self.bo, self.company)
        self.member = make_participation(self.company, self.network)
        self.other_tier = make_tier(self.network, "Observatør", kind="observer")

    def now(self):
        return Participation.objects.get(pk=self.member.pk)

    def name(self, who, **more):
        more.setdefault("actor", self.carla.user)
        return representing.name_representative(participation=self.member, profile=who, **more)

    def propose_exclusion(self, **more):
        more = {"actor": self.anna.user, "reason": "Kontingentet mangler.", **more}
        return proposals.propose_exclusion(participation=self.member, **more)


@pytest.fixture
def town():
    return Town()


@pytest.fixture
def sent(django_capture_on_commit_callbacks, mailoutbox):
    """Does it, and gives what came of it and whom the mails went to."""

    def doing(act, **values):
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            done = act(**values)
        return done, sorted(letter.to[0] for letter in mailoutbox)

    return doing


def verbs(member):
    return list(HistoryEntry.objects.filter(participation=member).values_list("verb", flat=True))


# Leaving


def test_leaving_today_ends_what_is_held_for_it_and_tells_the_other_side(town, sent, mailoutbox):
    seat = town.name(town.bo)
    left, told = sent(services.leave, participation=town.member, actor=town.carla.user, reason="Vi flytter.")
    seat.refresh_from_db()
    assert left.until == seat.until == clock.today()
    assert told == [town.anna.user.email]
    assert "Vi flytter." in mailoutbox[0].body
    assert HistoryEntry.objects.get(verb="participation_left").note.endswith("Vi flytter.")


def test_leaving_on_a_later_day_holds_until_then_and_may_be_taken_back(town):
    services.leave(participation=town.member, actor=town.carla.user, last_day=days(30))
    assert town.now().is_current
    stayed = services.stay(participation=town.member, actor=town.carla.user)
    assert stayed.until is None
    with pytest.raises(WrongState):
        services.stay(participation=town.member, actor=town.carla.user)


@pytest.mark.parametrize("day", [-1, 400])
def test_one_leaves_from_today_and_within_a_year(town, day):
    with pytest.raises(Invalid) as refused:
        services.leave(participation=town.member, actor=town.carla.user, last_day=days(day))
    assert refused.value.field == "last_day"


def test_only_the_members_administrators_leave_for_it(town):
    for other in (town.bo, town.anna, make_facilitator()):
        with pytest.raises(NotAllowed):
            services.leave(participation=town.member, actor=other.user)


def test_who_has_left_cannot_leave_again_and_may_join_again_the_day_after(town):
    services.leave(participation=town.member, actor=town.carla.user)
    with pytest.raises(WrongState):
        services.leave(participation=town.member, actor=town.carla.user)
    begin = {"partnership": town.network, "organisation": town.company, "tier": town.network.tiers.first()}
    with pytest.raises(WrongState):
        services.begin_participation(**begin, actor=town.anna.user)
    with clock.at(clock.now() + timedelta(days=1)):
        again = services.begin_participation(**begin, actor=town.anna.user)
        assert again.is_current
        assert town.now().has_ended


# A person by themselves


def test_a_person_takes_part_by_themselves_with_a_members_rights(town):
    ida = make_person("Ida", consents=True)
    begun = services.begin_participation(
        partnership=town.network, profile=ida, tier=town.other_tier, actor=town.anna.user
    )
    assert visibility.joined_by(ida.user).filter(pk=town.network.pk).exists()
    assert [row.profile for standing in taking_part(town.network).tiers for row in standing.people] == [ida]
    services.leave(participation=begun, actor=ida.user)
    with clock.at(clock.now() + timedelta(days=1)):
        assert not visibility.joined_by(ida.user).filter(pk=town.network.pk).exists()


def test_a_person_who_has_not_agreed_is_counted_and_not_named(town):
    services.begin_participation(
        partnership=town.network, profile=make_person("Ib"), tier=town.other_tier, actor=town.anna.user
    )
    standing = next(one for one in taking_part(town.network).tiers if one.tier == town.other_tier)
    assert (standing.people, standing.unnamed, standing.total) == ([], 1, 1)


def test_an_organisation_or_a_person_takes_part_never_both_and_never_neither(town):
    ida = make_person("Ida")
    for wrong in ({}, {"organisation": make_organisation("En anden"), "profile": ida}):
        with pytest.raises(Invalid):
            services.begin_participation(partnership=town.network, tier=town.other_tier, actor=town.anna.user, **wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            Participation.objects.create(partnership=town.network, tier=town.other_tier, since=clock.today(), **wrong)


# Who acts for it


def test_the_organisation_names_who_acts_for_it(town, sent):
    seat, told = sent(town.name, who=town.bo, until=days(365))
    assert (seat.role, seat.since, seat.until) == ("representative", clock.today(), days(365))
    assert told == sorted([town.anna.user.email, town.bo.user.email])
    assert verbs(town.member) == ["representative_named"]


@pytest.mark.parametrize("who", ["bo", "stranger"])
def test_nobody_else_names_them(town, who):
    actor = getattr(town, who, None) or make_person("Fremmed")
    with pytest.raises(NotAllowed):
        town.name(town.bo, actor=actor.user)
    seat = town.name(town.bo)
    with pytest.raises(NotAllowed):
        representing.end_representation(seat=seat, actor=actor.user)


def test_only_one_who_belongs_acts_for_it(town):
    with pytest.raises(Invalid) as refused:
        town.name(make_person("Udenfor"))
    assert refused.value.field == "profile"
    with pytest.raises(Invalid):
        town.name(town.bo, role="board")


def test_one_who_is_replaced_goes_on_to_the_day_before(town):
    make_seat(town.bo, town.network, role="representative", participation=town.member)
    old = Seat.objects.get(participation=town.member)
    new = town.name(town.carla, since=days(10), replaces=old)
    old.refresh_from_db()
    assert (old.until, new.since) == (days(9), days(10))
    current = Seat.objects.current().filter(participation=town.member)
    assert [seat.profile for seat in current] == [town.bo]


def test_what_the_actor_did_not_see_is_not_replaced(town):
    town.name(town.bo)
    with pytest.raises(WrongState, match="imens"):
        town.name(town.carla)
    assert Seat.objects.filter(participation=town.member, until=None).get().profile == town.bo


def test_a_deputy_stands_beside_the_representative(town):
    town.name(town.bo)
    town.name(town.carla, role="deputy")
    assert Seat.objects.current().filter(participation=town.member).count() == 2


def test_nobody_acts_longer_than_the_membership_lasts(town):
    services.leave(participation=town.member, actor=town.carla.user, last_day=days(30))
    assert town.name(town.bo, until=days(90)).until == days(30)


def test_appointing_beside_a_representative_is_refused_in_words(town):
    town.name(town.bo)
    with pytest.raises(WrongState):
        seats.appoint(
            partnership=town.network,
            profile=town.carla,
            role="representative",
            participation=town.member,
            actor=town.anna.user,
        )


# Another kind of membership


@pytest.mark.parametrize(("asks", "agrees"), [("carla", "anna"), ("anna", "carla")])
def test_another_tier_is_asked_by_one_side_and_agreed_by_the_other(town, sent, asks, agrees):
    asked, told = sent(
        proposals.ask_for_tier, participation=town.member, tier=town.other_tier, actor=getattr(town, asks).user
    )
    assert told == [getattr(town, agrees).user.email]
    for wrong in (asks, "bo"):
        with pytest.raises(NotAllowed):
            proposals.agree(proposal=asked, actor=getattr(town, wrong).user)
    proposals.agree(proposal=asked, actor=getattr(town, agrees).user)
    assert town.now().tier == town.other_tier
    assert verbs(town.member)[0] == "tier_changed"
    with pytest.raises(WrongState):
        proposals.agree(proposal=asked, actor=getattr(town, agrees).user)


def test_a_no_says_why_and_changes_nothing(town):
    before = town.member.tier
    asked = proposals.ask_for_tier(participation=town.member, tier=town.other_tier, actor=town.carla.user)
    with pytest.raises(Invalid):
        proposals.reject(proposal=asked, actor=town.anna.user, reason=" ")
    proposals.reject(proposal=asked, actor=town.anna.user, reason="Ikke i år.")
    assert town.now().tier == before


def test_a_tier_is_asked_for_once_at_a_time_and_must_be_another(town):
    proposals.ask_for_tier(participation=town.member, tier=town.other_tier, actor=town.carla.user)
    with pytest.raises(WrongState):
        proposals.ask_for_tier(participation=town.member, tier=town.other_tier, actor=town.anna.user)
    for tier in (town.member.tier, make_partnership("En anden").tiers.get()):
        with pytest.raises(Invalid):
            proposals.ask_for_tier(participation=town.member, tier=tier, actor=town.carla.user)


def test_the_side_that_asked_may_withdraw(town):
    asked = proposals.ask_for_tier(participation=town.member, tier=town.other_tier, actor=town.carla.user)
    with pytest.raises(NotAllowed):
        proposals.withdraw(proposal=asked, actor=town.anna.user)
    assert proposals.withdraw(proposal=asked, actor=town.carla.user).state == "withdrawn"


# Exclusion


def test_a_member_is_heard_before_it_is_excluded(town, sent):
    proposal, told = sent(town.propose_exclusion)
    assert told == [town.carla.user.email]
    assert proposal.answer_by == days(14)
    with pytest.raises(WrongState, match="høres"):
        proposals.agree(proposal=proposal, actor=town.anna.user, reason="Nu.")
    proposals.answer(proposal=proposal, actor=town.carla.user, text="Vi betaler i morgen.")
    _done, told = sent(proposals.agree, proposal=proposal, actor=town.anna.user, reason="For sent.")
    assert town.now().until == clock.today()
    assert told == [town.carla.user.email]
    assert HistoryEntry.objects.get(verb="participation_excluded").note == "For sent."


def test_silence_counts_as_heard_when_the_day_has_passed(town):
    proposal = town.propose_exclusion()
    with clock.at(clock.now() + timedelta(days=14)), pytest.raises(WrongState):
        proposals.agree(proposal=proposal, actor=town.anna.user, reason="Nu.")
    with clock.at(clock.now() + timedelta(days=15)):
        assert proposals.agree(proposal=proposal, actor=town.anna.user, reason="Intet svar.").state == "agreed"


def test_only_the_partnerships_administrators_exclude_and_not_their_own(town):
    both = make_person("Begge")
    make_seat(both, town.network)
    make_membership(both, town.company)
    for other in (town.carla, town.bo, make_facilitator(), both):
        with pytest.raises(NotAllowed):
            town.propose_exclusion(actor=other.user)
    proposal = town.propose_exclusion()
    proposals.answer(proposal=proposal, actor=town.carla.user, text="Nej.")
    for other in (town.carla, both):
        with pytest.raises(NotAllowed):
            proposals.agree(proposal=proposal, actor=other.user, reason="Ja.")


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"answer_by": 13}, {"answer_by": 91}])
def test_an_exclusion_needs_a_reason_and_time_to_answer(town, wrong):
    wrong = {key: days(value) if key == "answer_by" else value for key, value in wrong.items()}
    with pytest.raises(Invalid) as refused:
        town.propose_exclusion(**wrong)
    assert [refused.value.field] == list(wrong)


def test_only_the_member_answers(town):
    proposal = town.propose_exclusion()
    for other in (town.anna, town.bo):
        with pytest.raises(NotAllowed):
            proposals.answer(proposal=proposal, actor=other.user, text="Nej.")


def test_who_has_left_is_not_excluded_besides(town):
    proposal = town.propose_exclusion()
    services.leave(participation=town.member, actor=town.carla.user)
    proposal.refresh_from_db()
    assert proposal.state == "withdrawn"
    with clock.at(clock.now() + timedelta(days=20)), pytest.raises(WrongState):
        proposals.agree(proposal=proposal, actor=town.anna.user, reason="Ja.")


# Terms


def test_both_sides_are_told_sixty_days_before_a_term_ends_and_when_it_has_once_each(town, sent, mailoutbox):
    town.name(town.bo, until=days(61))
    everyone = sorted(person.user.email for person in (town.anna, town.bo, town.carla))
    assert sent(vacancies.tell_of_terms) == (0, [])
    with clock.at(clock.now() + timedelta(days=1)):
        assert sent(vacancies.tell_of_terms) == (1, everyone)
        assert "Bo" in mailoutbox[0].subject
        assert sent(vacancies.tell_of_terms) == (0, [])
    with clock.at(clock.now() + timedelta(days=61)):
        assert sent(vacancies.tell_of_terms) == (0, [])
    with clock.at(clock.now() + timedelta(days=62)):
        assert sent(vacancies.tell_of_terms) == (1, everyone)
        assert "Ingen handler" in mailoutbox[0].subject
        assert sent(vacancies.tell_of_terms) == (0, [])


@pytest.mark.parametrize("why", ["somebody follows", "the membership ends", "the partnership is over", "long ago"])
def test_nothing_is_told_where_nothing_is_missing(town, sent, why):
    seat = town.name(town.bo, until=days(30))
    if why == "somebody follows":
        town.name(town.carla, since=days(31))
    if why == "the membership ends":
        services.leave(participation=town.member, actor=town.carla.user, last_day=days(30))
    if why == "the partnership is over":
        type(town.network).objects.update(state="closed")
    if why == "long ago":
        Seat.objects.filter(pk=seat.pk).update(since=days(-300), until=days(-90))
    assert sent(vacancies.tell_of_terms) == (0, [])
    with clock.at(clock.now() + timedelta(days=31)):
        assert sent(vacancies.tell_of_terms) == (0, [])


def test_a_term_of_the_board_is_told_the_partnership_and_its_holder(town, sent):
    ida = make_person("Ida")
    make_seat(ida, town.network, role="board", until=days(20))
    assert sent(vacancies.tell_of_terms) == (1, sorted([town.anna.user.email, ida.user.email]))


def test_the_command_says_how_many_it_told_of(town, capsys):
    town.name(town.bo, until=days(20))
    call_command("tell_of_terms")
    assert capsys.readouterr().out.strip() == "1"
