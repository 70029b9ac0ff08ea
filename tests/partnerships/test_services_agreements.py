"""Partnerships: founding, changing, members and seats."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from cms.editors import EDITORS
from partnerships import clock
from partnerships.models import HistoryEntry, Participation, Partnership, Seat, Tier
from partnerships.services import agreements, participation, seats
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from tests.factories import (
    make_application,
    make_facilitator,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_seat,
    make_topic,
    yesterday,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bo():
    return make_person("Bo Formand")


@pytest.fixture
def partnership(bo):
    return make_partnership("Vandnetværket", administrator=bo)


@pytest.fixture
def editor():
    person = make_person("Erik Redaktør")
    person.user.groups.add(Group.objects.get(name=EDITORS))
    return person


@pytest.fixture
def municipality():
    return make_organisation("Kalundborg Kommune", kind="authority")


def create(person, municipality, **changes):
    fields = {"name": "Halmgruppen", "kind": "network", "purpose": "Vi deler *halm*.", "responsible": municipality}
    return agreements.create(actor=person.user, **{**fields, **changes})


def verbs(partnership):
    return list(HistoryEntry.objects.filter(partnership=partnership).order_by("pk").values_list("verb", flat=True))


# Founding and changing


def test_new_partnership_has_one_tier_unless_it_names_its_own(editor, municipality):
    plain = create(editor, municipality)
    assert [tier.kind for tier in plain.tiers.all()] == ["full"]
    assert plain.purpose_html == "<p>Vi deler <em>halm</em>.</p>\n"
    assert verbs(plain) == ["partnership_created"]
    tiers = [{"kind": "full", "name_da": "Medlem"}, {"kind": "observer", "name_da": "Observatør"}]
    rich = create(
        editor, municipality, name="Vand", tiers=tiers, seeks=[{"whom_da": "Et mejeri"}], topics=[make_topic()]
    )
    assert [(tier.kind, tier.order) for tier in rich.tiers.all()] == [("full", 0), ("observer", 1)]
    assert (rich.seeks.get().whom_da, rich.topics.count()) == ("Et mejeri", 1)


def test_the_municipality_and_the_facilitator_open_partnerships_and_nobody_else(editor, bo, partnership, municipality):
    for person in (editor, make_facilitator()):
        assert create(person, municipality).pk
    for person in (bo, make_person()):
        with pytest.raises(NotAllowed):
            create(person, municipality)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "x" * 201),
        ("kind", "club"),
        ("purpose", ""),
        ("purpose", "x" * 10_001),
        ("until", date(2000, 1, 1)),
    ],
)
def test_value_that_cannot_be_kept_is_named(editor, municipality, field, value):
    with pytest.raises(Invalid) as refused:
        create(editor, municipality, **{"since": date(2020, 1, 1), field: value})
    assert refused.value.field == field
    assert not Partnership.objects.exists()


def test_a_company_runs_no_partnership(editor):
    with pytest.raises(Invalid) as refused:
        create(editor, make_organisation("Firma", kind="company"))
    assert refused.value.field == "responsible"


def test_change_keeps_the_rest_and_says_what(partnership, bo):
    agreements.update(partnership=partnership, actor=bo.user, name="Vandklyngen", applications_open=False)
    partnership.refresh_from_db()
    assert (partnership.name, partnership.purpose, partnership.takes_applications) == (
        "Vandklyngen",
        "Vi deler vand.",
        False,
    )
    assert partnership.history.first().note == "applications_open, name"


def test_tier_in_use_stays_and_an_unused_one_goes(partnership, bo):
    used = partnership.tiers.get()
    agreements.update(
        partnership=partnership,
        actor=bo.user,
        tiers=[{"pk": used.pk, "kind": "full", "name_da": "Medlem"}, {"kind": "observer", "name_da": "Gæst"}],
    )
    assert partnership.tiers.count() == 2
    make_participation(make_organisation(), partnership, tier=used)
    agreements.update(
        partnership=partnership, actor=bo.user, tiers=[{"pk": used.pk, "kind": "full", "name_da": "Medlem"}]
    )
    assert partnership.tiers.get() == used
    with pytest.raises(WrongState):
        agreements.update(partnership=partnership, actor=bo.user, tiers=[{"kind": "associate", "name_da": "Ny"}])
    assert partnership.tiers.get() == used


def test_tier_of_another_partnership_cannot_be_taken_over(partnership, bo):
    theirs = make_partnership("En anden").tiers.get()
    with pytest.raises(Invalid):
        agreements.update(
            partnership=partnership, actor=bo.user, tiers=[{"pk": theirs.pk, "kind": "full", "name_da": "Min"}]
        )
    theirs.refresh_from_db()
    assert theirs.partnership.name == "En anden"


@pytest.mark.parametrize("rows", [{"seeks": "whom_da"}, {"tiers": "name_da"}])
@pytest.mark.parametrize("typed", ["", " \n", "x" * 201, "Ring til 010203-2024"])
def test_line_of_a_row_that_cannot_be_kept_is_named(partnership, bo, rows, typed):
    ((of, field),) = rows.items()
    with pytest.raises(Invalid) as refused:
        agreements.update(partnership=partnership, actor=bo.user, **{of: [{"kind": "full", field: typed}]})
    assert refused.value.field == of
    assert partnership.tiers.get().name_da == "Fuldgyldigt medlem"


# Members


def begin(partnership, organisation, person, **fields):
    tier = fields.pop("tier", None) or partnership.tiers.get()
    return participation.begin_participation(
        partnership=partnership, organisation=organisation, tier=tier, actor=person.user, **fields
    )


def test_member_from_before_the_portal_is_entered_with_its_days(partnership, bo):
    entered = begin(partnership, make_organisation(), bo, since=date(1972, 1, 1), until=date(1999, 12, 31))
    assert (entered.since, entered.until) == (date(1972, 1, 1), date(1999, 12, 31))
    assert verbs(partnership) == ["participation_begun"]


def test_term_that_ends_before_it_begins_is_invalid(partnership, bo):
    with pytest.raises(Invalid) as refused:
        begin(partnership, make_organisation(), bo, since=date(2020, 1, 2), until=date(2020, 1, 1))
    assert refused.value.field == "until"
    with pytest.raises(Invalid):
        seats.appoint(
            partnership=partnership,
            profile=make_person(),
            role="board",
            actor=bo.user,
            since=date(2020, 1, 2),
            until=date(2020, 1, 1),
        )


@pytest.mark.parametrize(
    ("since", "until", "possible"),
    [
        (date(2000, 1, 1), date(2009, 12, 31), True),
        (date(2000, 1, 1), date(2010, 1, 1), False),
        (date(2012, 1, 1), date(2013, 1, 1), False),
        (date(2015, 1, 1), None, False),
        (date(2000, 1, 1), None, False),
        (date(2015, 1, 2), None, True),
    ],
)
def test_terms_of_one_organisation_never_overlap(partnership, bo, since, until, possible):
    company = make_organisation()
    begin(partnership, company, bo, since=date(2010, 1, 1), until=date(2015, 1, 1))
    if possible:
        assert begin(partnership, company, bo, since=since, until=until)
    else:
        with pytest.raises(WrongState):
            begin(partnership, company, bo, since=since, until=until)


def test_ended_membership_counts_today_and_takes_its_seats_along(partnership, bo):
    member = make_participation(make_organisation(), partnership)
    for until in (None, clock.today() + timedelta(days=100)):
        make_seat(make_person(), partnership, role="representative", participation=member, until=until)
    over = make_seat(make_person(), partnership, role="deputy", participation=member, until=yesterday())
    participation.end_participation(participation=member, actor=bo.user)
    assert Participation.objects.current().filter(pk=member.pk).exists()
    assert set(member.seats.exclude(pk=over.pk).values_list("until", flat=True)) == {clock.today()}
    over.refresh_from_db()
    assert over.until == yesterday()
    with clock.at(clock.now() + timedelta(days=1)):
        assert not Participation.objects.current().filter(pk=member.pk).exists()


def test_membership_ends_once(partnership, bo):
    member = make_participation(make_organisation(), partnership)
    as_the_second_click_saw_it = Participation.objects.get(pk=member.pk)
    participation.end_participation(participation=member, actor=bo.user)
    with pytest.raises(WrongState):
        participation.end_participation(participation=as_the_second_click_saw_it, actor=bo.user)
    assert verbs(partnership) == ["participation_ended"]


def test_membership_that_has_not_begun_cannot_end_today(partnership, bo):
    member = make_participation(make_organisation(), partnership, since=clock.today() + timedelta(days=1))
    with pytest.raises(WrongState):
        participation.end_participation(participation=member, actor=bo.user)


def test_members_are_entered_and_ended_by_those_who_run_it(partnership):
    member = make_participation(make_organisation(), partnership)
    board = make_person()
    make_seat(board, partnership, role="board")
    for person in (board, make_person()):
        with pytest.raises(NotAllowed):
            begin(partnership, make_organisation(), person)
        with pytest.raises(NotAllowed):
            participation.end_participation(participation=member, actor=person.user)
    assert participation.end_participation(participation=member, actor=make_facilitator().user)


# Seats


def appoint(partnership, profile, role, person, **fields):
    return seats.appoint(partnership=partnership, profile=profile, role=role, actor=person.user, **fields)


def test_seat_is_taken_from_today_and_recorded(partnership, bo):
    seat = appoint(partnership, make_person("Sigrid"), "secretary", bo)
    assert (seat.since, seat.until) == (clock.today(), None)
    entry = partnership.history.get()
    assert (entry.verb, entry.profile.name, entry.note) == ("seat_taken", "Sigrid", "secretary")


def test_unknown_role_is_invalid(partnership, bo):
    with pytest.raises(Invalid) as refused:
        appoint(partnership, make_person(), "emperor", bo)
    assert refused.value.field == "role"


def test_representative_acts_for_a_member_of_this_partnership(partnership, bo):
    here = make_participation(make_organisation(), partnership)
    elsewhere = make_participation(make_organisation(), make_partnership("En anden"))
    assert appoint(partnership, make_person(), "representative", bo, participation=here).participation == here
    for role, held_for in (("representative", None), ("board", here), ("deputy", elsewhere)):
        with pytest.raises(Invalid):
            appoint(partnership, make_person(), role, bo, participation=held_for)


def test_appointing_twice_leaves_one_seat(partnership, bo):
    person, member = make_person(), make_participation(make_organisation(), partnership)
    for fields in ({"role": "board"}, {"role": "representative", "participation": member}):
        role = fields.pop("role")
        appoint(partnership, person, role, bo, **fields)
        with pytest.raises(WrongState):
            appoint(partnership, person, role, bo, **fields)
    assert Seat.objects.filter(profile=person).count() == 2


def test_ended_seat_keeps_the_day_it_ended(partnership, bo):
    seat = make_seat(make_person(), partnership, role="board", until=date(2024, 6, 1))
    with pytest.raises(WrongState):
        seats.end_seat(seat=seat, actor=bo.user)
    seat.refresh_from_db()
    assert seat.until == date(2024, 6, 1)


def test_seat_ends_once(partnership, bo):
    seat = make_seat(make_person(), partnership, role="board")
    as_the_second_click_saw_it = Seat.objects.get(pk=seat.pk)
    seats.end_seat(seat=seat, actor=bo.user)
    with pytest.raises(WrongState):
        seats.end_seat(seat=as_the_second_click_saw_it, actor=bo.user)
    assert verbs(partnership) == ["seat_ended"]


def test_last_administrator_keeps_the_seat_until_there_is_another(partnership, bo):
    own = partnership.seats.get()
    with pytest.raises(WrongState):
        seats.end_seat(seat=own, actor=bo.user)
    make_seat(make_person("Ny Formand"), partnership)
    assert seats.end_seat(seat=own, actor=bo.user).until == clock.today()


def test_two_administrators_cannot_both_leave_on_one_day(partnership, bo):
    other = make_person("Medformand")
    second = make_seat(other, partnership)
    seats.end_seat(seat=partnership.seats.get(profile=bo), actor=bo.user)
    with pytest.raises(WrongState):
        seats.end_seat(seat=second, actor=other.user)


def test_administrator_without_a_sign_in_does_not_let_the_last_one_go(partnership, bo):
    make_seat(make_person("Uden Konto", user=False), partnership)
    with pytest.raises(WrongState):
        seats.end_seat(seat=partnership.seats.get(profile=bo), actor=bo.user)


def test_seats_are_given_and_ended_by_those_who_run_it(partnership):
    seat = make_seat(make_person(), partnership, role="board")
    for person in (seat.profile, make_person()):
        with pytest.raises(NotAllowed):
            appoint(partnership, make_person(), "administrator", person)
        with pytest.raises(NotAllowed):
            seats.end_seat(seat=seat, actor=person.user)


# What the database holds by itself


def test_database_refuses_what_no_service_would_write(partnership):
    company = make_organisation()
    member = make_participation(company, partnership)
    refused = [
        lambda: make_participation(company, partnership),
        lambda: make_participation(make_organisation(), partnership, until=date(2019, 1, 1)),
        lambda: make_seat(make_person(), partnership, role="representative"),
        lambda: make_seat(make_person(), partnership, role="board", participation=member),
        lambda: make_seat(partnership.seats.get().profile, partnership),
        lambda: _two_open_applications(partnership, company),
    ]
    for act in refused:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()
    assert Tier.objects.filter(partnership=partnership).count() == 1


def _two_open_applications(partnership, company):
    for _ in range(2):
        make_application(partnership, company, make_person())
