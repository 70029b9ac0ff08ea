"""A partnership is proposed, opened or declined; it rests, ends, is merged and goes on."""

import pytest
from django.utils import translation

from partnerships import clock, responsibility
from partnerships.models import ComplaintGuidance, Follow, HistoryEntry, Notification, OutgoingMail, Partnership
from partnerships.services import agreements, founding, lifecycle
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_editor,
    make_facilitator,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
    make_topic,
    make_user,
    yesterday,
)

pytestmark = pytest.mark.django_db
State = Partnership.State


@pytest.fixture
def ida():
    return make_person("Ida Idérig")


@pytest.fixture
def facilitator():
    return make_facilitator()


def propose(person, **changes):
    fields = {"name": "Halmgruppen", "purpose": "Vi deler *halm*.", "mailbox": "halm@example.org"}
    fields["responsible"] = changes.pop("responsible", None) or make_organisation("Byen", kind="association")
    return founding.propose(actor=person.user, **{**fields, **changes})


def mails(kind):
    return list(OutgoingMail.objects.filter(kind=kind).values_list("address", flat=True))


def verbs(partnership):
    return list(HistoryEntry.objects.filter(partnership=partnership).order_by("pk").values_list("verb", flat=True))


# Proposing


def test_anyone_with_a_profile_proposes_and_the_facilitators_are_asked(ida, facilitator):
    partnership = propose(ida, topics=[make_topic()])
    assert (partnership.state, partnership.kind, partnership.visibility) == ("proposed", "network", "public")
    assert partnership.tiers.get().kind == "full" and partnership.topics.count() == 1
    assert mails("partnership_proposed") == [facilitator.user.email]
    assert verbs(partnership) == ["partnership_proposed"]
    assert not partnership.seats.exists()


@pytest.mark.parametrize(
    "typed, field",
    [
        ({"name": " "}, "name"),
        ({"purpose": "Ring til 010203-1234 om halm"}, "purpose"),
        ({"name": "Halm 070761-4285"}, "name"),
        ({"kind": "club"}, "kind"),
        ({"visibility": "secret"}, "visibility"),
    ],
)
def test_what_is_typed_is_looked_at(ida, typed, field):
    with pytest.raises(Invalid) as refused:
        propose(ida, **typed)
    assert refused.value.field == field


def test_a_company_cannot_be_responsible(ida):
    for kind in ("company", "utility"):
        with pytest.raises(Invalid):
            propose(ida, responsible=make_organisation("Firma", kind=kind))


def test_one_person_cannot_fill_the_facilitators_desk(ida, facilitator):
    for _ in range(founding.MOST_WAITING):
        partnership = propose(ida)
    with pytest.raises(WrongState):
        propose(ida)
    founding.decline(partnership=partnership, actor=facilitator.user, reason="Findes allerede.")
    assert propose(ida)


# Answering


def test_opening_makes_the_proposer_its_administrator(ida, facilitator):
    partnership = founding.open_proposal(partnership=propose(ida), actor=facilitator.user)
    assert (partnership.state, partnership.since) == ("open", clock.today())
    assert [(seat.profile, seat.role) for seat in partnership.seats.all()] == [(ida, "administrator")]
    assert mails("proposal_opened") == [ida.user.email]
    assert [step.state for step in partnership.steps.all()] == ["proposed", "open"]


def test_declining_says_why_and_it_may_be_mended_and_sent_again(ida, facilitator):
    partnership = propose(ida)
    founding.decline(partnership=partnership, actor=facilitator.user, reason="Sig, hvem der skal være med.")
    assert mails("proposal_declined") == [ida.user.email]
    assert Notification.objects.get(recipient=ida.user).kind == "proposal_declined"
    with pytest.raises(NotAllowed):
        founding.propose_again(partnership=partnership, actor=facilitator.user, name="Anden")
    again = founding.propose_again(partnership=partnership, actor=ida.user, purpose="Landmænd deler halm.")
    assert (again.state, again.purpose) == ("proposed", "Landmænd deler halm.")
    assert len(mails("partnership_proposed")) == 2
    assert founding.open_proposal(partnership=partnership, actor=facilitator.user).state == "open"


def test_only_the_facilitator_answers_and_only_once(ida, facilitator):
    partnership = propose(ida)
    for person in (ida, make_person(), make_editor()):
        with pytest.raises(NotAllowed):
            founding.open_proposal(partnership=partnership, actor=person.user)
        with pytest.raises(NotAllowed):
            founding.decline(partnership=partnership, actor=person.user, reason="Nej.")
    with pytest.raises(Invalid):
        founding.decline(partnership=partnership, actor=facilitator.user, reason=" ")
    founding.open_proposal(partnership=partnership, actor=facilitator.user)
    for answer in (founding.open_proposal, lambda **who: founding.decline(reason="Nej.", **who)):
        with pytest.raises(WrongState):
            answer(partnership=partnership, actor=facilitator.user)


def test_a_proposal_whose_proposer_has_left_opens_for_nobody(ida, facilitator):
    partnership = propose(ida)
    ida.user.is_active = False
    ida.user.save()
    with pytest.raises(WrongState):
        founding.open_proposal(partnership=partnership, actor=facilitator.user)


# Resting, ending, merging, going on


@pytest.fixture
def bo():
    return make_person("Bo Formand")


@pytest.fixture
def running(bo):
    return make_partnership("Vandnetværket", administrator=bo)


def test_it_rests_goes_on_and_ends_each_time_with_a_day_and_a_reason(running, bo):
    member = make_seat(make_person(), running, role="board")
    paused = lifecycle.pause(partnership=running, actor=bo.user, reason="Sekretæren er på orlov.")
    assert not paused.takes_applications
    assert lifecycle.reopen(partnership=running, actor=bo.user, reason="Hun er tilbage.").takes_applications
    closed = lifecycle.close(partnership=running, actor=bo.user, reason="Målet er nået.")
    assert (closed.state, closed.until, closed.has_ended) == ("closed", clock.today(), True)
    assert [step.reason for step in closed.steps.all()] == [
        "Sekretæren er på orlov.",
        "Hun er tilbage.",
        "Målet er nået.",
    ]
    assert mails("partnership_state") == [member.profile.user.email] * 3
    again = lifecycle.reopen(partnership=running, actor=bo.user, reason="Alligevel.")
    assert (again.until, again.takes_applications) == (None, True)
    assert verbs(running)[-2:] == ["partnership_closed", "partnership_reopened"]


def test_a_state_changes_only_from_where_it_can_and_only_with_a_reason(running, bo):
    for act in (lifecycle.pause, lifecycle.close):
        with pytest.raises(Invalid):
            act(partnership=running, actor=bo.user, reason="")
        with pytest.raises(NotAllowed):
            act(partnership=running, actor=make_person().user, reason="Fordi.")
    with pytest.raises(WrongState):
        lifecycle.reopen(partnership=running, actor=bo.user, reason="Fordi.")
    lifecycle.close(partnership=running, actor=bo.user, reason="Slut.")
    for act in (lifecycle.pause, lifecycle.close):
        with pytest.raises(WrongState):
            act(partnership=running, actor=bo.user, reason="Fordi.")
    assert Partnership.objects.get(pk=running.pk).state == "closed"


def test_nobody_runs_a_partnership_that_is_only_proposed(ida, bo):
    partnership = propose(ida)
    with pytest.raises(NotAllowed):
        lifecycle.close(partnership=partnership, actor=ida.user, reason="Fordi.")
    with pytest.raises(NotAllowed):
        agreements.update(partnership=partnership, actor=ida.user, name="Andet")


@pytest.fixture
def merged(running, bo):
    """The straw group goes on as part of the water network; one company was in both."""
    straw = make_partnership("Halmgruppen", administrator=make_person("Anna Formand"))
    make_seat(bo, straw, role="administrator")
    both, only = make_organisation("Begge"), make_organisation("Kun halm")
    for partnership in (straw, running):
        make_participation(both, partnership)
    member = make_participation(only, straw)
    make_participation(make_organisation("Gået"), straw, until=yesterday())
    make_seat(make_person("Rikke"), straw, role="representative", participation=member)
    make_post(straw, bo, audience="members")
    follower, of_both = make_user(), make_user()
    for user, partnership in ((follower, straw), (of_both, straw), (of_both, running)):
        Follow.objects.create(user=user, partnership=partnership)
    return lifecycle.merge(partnership=straw, into=running, actor=bo.user, reason="Vi er de samme.")


def test_merging_loses_nobody_and_nothing(merged, running):
    assert (merged.state, merged.successor) == ("merged", running)
    assert sorted(row.organisation.name for row in running.participations.current()) == ["Begge", "Kun halm"]
    seats = [(seat.profile.name, seat.role) for seat in running.seats.current().order_by("profile__name")]
    assert seats == [("Anna Formand", "administrator"), ("Bo Formand", "administrator"), ("Rikke", "representative")]
    assert running.seats.get(role="representative").participation.partnership == running
    assert Follow.objects.filter(partnership=running).count() == 2
    assert (merged.posts.count(), merged.participations.current().count(), merged.seats.count()) == (1, 2, 3)


def test_who_was_a_member_still_reads_the_old_room_and_nobody_writes_there(merged, client):
    rikke = merged.seats.get(role="representative").profile
    client.force_login(rikke.user)
    assert client.get(f"/partnerskaber/{merged.slug}/rum/").status_code == 200
    assert client.get(f"/partnerskaber/{merged.slug}/opslag/skriv/").status_code == 404
    page = client.get(merged.get_absolute_url()).content.decode()
    assert "Vandnetværket" in page and "Vi er de samme." in page


def test_merging_asks_for_both_and_never_leads_back(running, bo):
    other = make_partnership("Et andet", administrator=make_person())
    with pytest.raises(NotAllowed):
        lifecycle.merge(partnership=running, into=other, actor=bo.user, reason="Fordi.")
    with pytest.raises(Invalid):
        lifecycle.merge(partnership=running, into=running, actor=bo.user, reason="Fordi.")
    own = make_partnership("Eget", administrator=bo)
    lifecycle.merge(partnership=running, into=own, actor=bo.user, reason="Fordi.")
    with pytest.raises(WrongState):
        lifecycle.merge(partnership=own, into=running, actor=bo.user, reason="Fordi.")
    with pytest.raises(Invalid):
        agreements.update(partnership=own, actor=bo.user, successor=Partnership.objects.get(pk=running.pk))


# Who is responsible


def test_a_municipality_says_how_to_complain_and_an_association_does_not():
    town = make_organisation("Kommunen", kind="authority", mailbox="post@example.org")
    run_by_town = make_partnership(responsible=town)
    run_by_others = make_partnership(responsible=make_organisation("Foreningen", kind="association"))
    assert "Kommunen (post@example.org)" in responsibility.complaint_text(run_by_town)
    with translation.override("en"):
        assert "Ombudsman" in responsibility.complaint_text(run_by_town)
    assert responsibility.complaint_text(run_by_others) == ""
    assert responsibility.has_record_duty(run_by_town) and not responsibility.has_record_duty(run_by_others)
    assert responsibility.word_for_decision(run_by_town) != responsibility.word_for_decision(run_by_others)


def test_editors_write_their_own_text_on_complaints():
    ComplaintGuidance.objects.create(text_da="Klag til {responsible}, {mailbox}. {andet}")
    town = make_organisation("Kommunen", kind="authority", mailbox="post@example.org")
    said = responsibility.complaint_text(make_partnership(responsible=town))
    assert said == "Klag til Kommunen, post@example.org. {andet}"


def test_an_address_name_that_was_given_is_kept():
    town = make_organisation("Kommunen", kind="authority")
    typed = {"name": "Halm", "purpose": "Vi deler halm.", "kind": "network", "responsible": town}
    assert agreements.create(actor=make_facilitator().user, slug="halm-og-gas", **typed).slug == "halm-og-gas"
