"""Who may do what: role × state × act, written here once by hand and held against the predicates and the services.

`ALLOWED` says who a predicate lets through; whoever is not named is refused. `ACTS` says what comes of really doing it:
done, refused because it is not one's to do, or refused because it can no longer be done.
"""

import inspect
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from django.db import transaction

from partnerships import clock, permissions
from partnerships.models import Organisation, Profile, Report
from partnerships.services import (
    admission,
    answering,
    consents,
    dialogue,
    invitations,
    meetings,
    minutes,
    organisations,
    participation,
    people,
    proposals,
    representing,
    room_documents,
)
from partnerships.services.refusals import NotAllowed, WrongState
from tests.factories import make_partnership, make_tier

from .world import make_world

NOBODY = ""
NEW = "ny@example.org"
ORGANISATION_EDITORS = "applicant_editor applicant_administrator"
MUNICIPALITY = "municipal_editor site_administrator superuser"
FACILITATORS = "facilitator superuser"
MEMBERS = "member_of_member administrator board secretary representative"

ALLOWED = {
    ("is_facilitator",): FACILITATORS,
    ("may_edit_organisation", "applying"): f"{ORGANISATION_EDITORS} {MUNICIPALITY}",
    ("may_edit_organisation", "leaderless"): MUNICIPALITY,
    ("may_administer_organisation", "applying"): "applicant_administrator",
    ("may_administer_organisation", "leaderless"): NOBODY,
    ("may_verify_organisation",): MUNICIPALITY,
    ("may_let_in", "request"): "applicant_administrator",
    ("may_let_in", "leaderless_request"): f"{FACILITATORS} {MUNICIPALITY}",
    ("may_let_in", "facilitators_own_request"): MUNICIPALITY,
    ("may_read_membership", "request"): "asked applicant_administrator",
    ("may_read_membership", "leaderless_request"): f"asked_leaderless {FACILITATORS} {MUNICIPALITY}",
    ("may_read_membership", "staff"): "applicant_member applicant_administrator",
    ("may_change_roles", "applying"): "applicant_administrator",
    ("may_change_roles", "leaderless"): f"{FACILITATORS} {MUNICIPALITY}",
    ("may_prove", "applying"): "applicant_administrator",
    ("may_merge_organisations",): MUNICIPALITY,
    ("may_know_of", "hidden"): f"member_of_member {FACILITATORS}",
    ("may_know_of", "proposal"): f"stranger {FACILITATORS}",
    ("may_see_whole", "hidden"): f"member_of_member {FACILITATORS}",
    ("may_see_whole", "listed"): f"member_of_member {FACILITATORS}",
    ("may_see_whole", "proposal"): f"stranger {FACILITATORS}",
    ("may_read_proposal", "proposal"): f"stranger {FACILITATORS}",
    ("may_read_proposal", "running"): NOBODY,
    ("may_change_proposal", "proposal"): "stranger",
    ("may_change_proposal", "running"): NOBODY,
    ("may_decide_reports",): f"{FACILITATORS} {MUNICIPALITY}",
    ("may_decide_report", "report"): "facilitator site_administrator superuser",
    ("may_invite_colleagues", "applying"): "applicant_administrator",
    ("may_invite_colleagues", "leaderless"): FACILITATORS,
    ("may_invite_to_partnership", "running"): f"administrator {FACILITATORS} {MUNICIPALITY}",
    ("may_invite_to_partnership", "ended"): NOBODY,
    ("may_handle_invitation", "invitation"): "applicant_administrator",
    ("may_answer_invitation", "invitation"): "stranger",
    ("may_act_for_member", "own_member"): "applicant_administrator",
    ("may_act_for_member", "of_a_person"): "stranger",
    ("may_read_participation", "own_member"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_participation", "of_a_person"): f"stranger administrator {FACILITATORS}",
    ("may_read_participation", "membership"): f"representative administrator {FACILITATORS}",
    ("may_list_members", "running"): f"administrator {FACILITATORS}",
    ("may_name_representative", "own_member"): f"applicant_administrator administrator {FACILITATORS} {MUNICIPALITY}",
    ("may_name_representative", "of_a_person"): NOBODY,
    ("may_decide_on_member", "own_member"): "administrator",
    ("may_answer_proposal", "exclusion"): "applicant_administrator",
    ("may_withdraw_proposal", "exclusion"): "administrator",
    ("may_apply_for", "applying"): ORGANISATION_EDITORS,
    ("may_apply_for", "leaderless"): NOBODY,
    ("may_decide", "application sent"): "administrator",
    ("may_decide", "own_application"): NOBODY,
    ("may_decide", "voted_application"): NOBODY,
    ("may_vote", "application sent"): NOBODY,
    ("may_vote", "own_application"): NOBODY,
    ("may_vote", "voted_application"): "board",
    ("may_ask_applicant", "application sent"): "administrator",
    ("may_ask_applicant", "own_application"): NOBODY,
    ("may_ask_applicant", "voted_application"): "administrator board",
    ("may_read_application", "voted_application"): f"{ORGANISATION_EDITORS} administrator board {FACILITATORS}",
    ("may_read_application", "application asked"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_application", "application lapsed"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_application", "application sent"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_application", "application accepted"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_application", "application refused"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_read_application", "application withdrawn"): f"{ORGANISATION_EDITORS} administrator {FACILITATORS}",
    ("may_withdraw", "application sent"): ORGANISATION_EDITORS,
    ("may_withdraw", "own_application"): NOBODY,
    ("may_enter_room", "running"): MEMBERS,
    ("may_enter_room", "ended"): "member_of_member administrator",
    ("may_post", "running"): MEMBERS,
    ("may_post", "ended"): NOBODY,
    ("may_change_post", "post public"): "member_of_member",
    ("may_change_post", "post members"): "member_of_member",
    ("may_change_post", "post of one who left"): NOBODY,
    ("may_remove_post", "post public"): "member_of_member administrator",
    ("may_remove_post", "post members"): "member_of_member administrator",
    ("may_remove_post", "post of one who left"): "administrator",
    ("may_run_partnership", "running"): f"administrator {FACILITATORS} {MUNICIPALITY}",
    ("may_write_to_administrators", "running"): "administrator",
    ("may_write_to_administrators", "ended"): "administrator",
    ("may_share_document", "running"): MEMBERS,
    ("may_share_document", "ended"): NOBODY,
    ("may_share_with", "running", "audience administrators"): "administrator",
    ("may_add_version", "document members"): MEMBERS,
    ("may_add_version", "document administrators"): "administrator",
    ("may_add_version", "document removed"): NOBODY,
    ("may_change_document", "document public"): "member_of_member administrator secretary",
    ("may_change_document", "document administrators"): "administrator",
    ("may_change_document", "document removed"): NOBODY,
    ("may_call_meeting", "running"): "administrator secretary",
    ("may_call_meeting", "ended"): NOBODY,
    ("may_run_meeting", "meeting members"): "administrator secretary",
    ("may_run_meeting", "meeting administrators"): "administrator",
    ("may_answer", "meeting public"): MEMBERS,
    ("may_answer", "meeting members"): MEMBERS,
    ("may_answer", "meeting administrators"): "administrator",
}

READERS = {
    "post public": "everyone",
    "post members": MEMBERS,
    "post administrators": "administrator",
    "post removed": NOBODY,
    "document public": "everyone",
    "document members": MEMBERS,
    "document administrators": "administrator",
    "document removed": NOBODY,
    "meeting public": "everyone",
    "meeting members": MEMBERS,
    "meeting administrators": "administrator",
}

# act → (who does it, who comes too late); everyone else is not allowed.
ACTS = {
    "accept sent": ("administrator", NOBODY),
    "accept accepted": (NOBODY, "administrator"),
    "accept refused": (NOBODY, "administrator"),
    "accept withdrawn": (NOBODY, "administrator"),
    "accept asked": ("administrator", NOBODY),
    "accept lapsed": (NOBODY, "administrator"),
    "refuse asked": ("administrator", NOBODY),
    "refuse lapsed": (NOBODY, "administrator"),
    "refuse sent": ("administrator", NOBODY),
    "refuse accepted": (NOBODY, "administrator"),
    "refuse refused": (NOBODY, "administrator"),
    "refuse withdrawn": (NOBODY, "administrator"),
    "withdraw sent": (ORGANISATION_EDITORS, NOBODY),
    "withdraw asked": (ORGANISATION_EDITORS, NOBODY),
    "withdraw lapsed": (NOBODY, ORGANISATION_EDITORS),
    "withdraw accepted": (NOBODY, ORGANISATION_EDITORS),
    "withdraw refused": (NOBODY, ORGANISATION_EDITORS),
    "withdraw withdrawn": (NOBODY, ORGANISATION_EDITORS),
    "let in": ("applicant_administrator", NOBODY),
    "turn away": ("applicant_administrator", NOBODY),
    "let in, leaderless": (f"{FACILITATORS} {MUNICIPALITY}", NOBODY),
    "end membership": ("applicant_member applicant_administrator", NOBODY),
    "leave": ("applicant_administrator", NOBODY),
    "name representative": (f"applicant_administrator administrator {FACILITATORS} {MUNICIPALITY}", NOBODY),
    "ask for tier": ("applicant_administrator administrator", NOBODY),
    "propose exclusion": (NOBODY, "administrator"),
    "answer exclusion": ("applicant_administrator", NOBODY),
    "exclude": ("administrator", NOBODY),
    "reject exclusion": ("administrator", NOBODY),
    "withdraw exclusion": ("administrator", NOBODY),
    "invite colleague": ("applicant_administrator", NOBODY),
    "invite to partnership": (f"administrator {FACILITATORS} {MUNICIPALITY}", NOBODY),
    "invite to ended": (NOBODY, f"administrator {FACILITATORS} {MUNICIPALITY}"),
    "renew invitation": ("applicant_administrator", NOBODY),
    "take invitation back": ("applicant_administrator", NOBODY),
    "accept invitation": ("stranger", NOBODY),
    "decline invitation": ("stranger", NOBODY),
    "change organisation": (f"{ORGANISATION_EDITORS} {MUNICIPALITY}", NOBODY),
    "verify organisation": (MUNICIPALITY, NOBODY),
    "write post": (MEMBERS, NOBODY),
    "write post, ended": (NOBODY, NOBODY),
    "write to administrators": ("administrator", NOBODY),
    "change post": ("member_of_member", NOBODY),
    "change removed post": (NOBODY, "member_of_member"),
    "remove post": ("member_of_member administrator", NOBODY),
    "remove removed post": (NOBODY, "member_of_member administrator"),
    "open post": (NOBODY, "member_of_member"),
    "share document": (MEMBERS, NOBODY),
    "share document, ended": (NOBODY, NOBODY),
    "close document": ("member_of_member administrator secretary", NOBODY),
    "open document": (NOBODY, "member_of_member administrator secretary"),
    "remove removed document": (NOBODY, NOBODY),
    "call meeting": ("administrator secretary", NOBODY),
    "call meeting, ended": (NOBODY, NOBODY),
    "answer meeting": (MEMBERS, NOBODY),
    "answer held meeting": (NOBODY, MEMBERS),
    "cancel meeting": ("administrator secretary", NOBODY),
    "cancel held meeting": (NOBODY, "administrator secretary"),
    "write minutes": ("administrator secretary", NOBODY),
    "write minutes too early": (NOBODY, "administrator secretary"),
    "approve no minutes": (NOBODY, "administrator secretary"),
    "change profile": (f"stranger {MUNICIPALITY}", NOBODY),
    "agree to be shown": ("stranger", NOBODY),
    "withdraw consent": ("stranger", NOBODY),
}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield with_what_is_hidden(make_world())
        transaction.set_rollback(True)


def with_what_is_hidden(world):
    """Partnerships that not everyone knows of or sees whole, and a report of the municipality's editor."""
    taking_part = Organisation.objects.get(name="Asnæs Damp A/S")
    world.hidden = make_partnership("Skjult", members=[taking_part], visibility="hidden")
    world.listed = make_partnership("Nævnt", members=[taking_part], visibility="listed")
    world.proposal = make_partnership("Foreslået", state="proposed", proposed_by=world.people.stranger)
    editor = world.people.municipal_editor
    world.report = Report.objects.create(reporter=editor, profile=world.people.stranger, reason=Report.Reason.values[0])
    return world


def thing_of(world, name):
    if name.startswith("application "):
        return world.applications[name.removeprefix("application ")]
    if name.startswith("post "):
        return world.posts[name.removeprefix("post ")]
    if name.startswith("document "):
        return world.documents[name.removeprefix("document ")]
    if name.startswith("meeting "):
        return world.meetings[name.removeprefix("meeting ")]
    if name.startswith("audience "):
        return name.removeprefix("audience ")
    return getattr(world, name)


@pytest.mark.django_db
@pytest.mark.parametrize("row", ALLOWED, ids=" ".join)
def test_predicate_lets_through_exactly_these(world, row):
    predicate, *names = row
    things = [thing_of(world, name) for name in names]
    let_through = {role for role, user in world.users.items() if getattr(permissions, predicate)(user, *things)}
    assert let_through == set(ALLOWED[row].split())


SHOWN = [row for row in ALLOWED if row[1:] in (("running",), ("ended",), ("hidden",), ("applying",), ("leaderless",))]


@pytest.mark.django_db
@pytest.mark.parametrize("row", SHOWN, ids=" ".join)
def test_a_thing_that_was_read_for_one_page_answers_its_reader_the_same_and_tells_nobody_else(world, row):
    predicate, thing = getattr(permissions, row[0]), thing_of(world, row[1])
    rows = type(thing).objects.filter(pk=thing.pk)
    read_for = {role: rows.read_for(user).get() for role, user in world.users.items()}
    assert {role for role, user in world.users.items() if predicate(user, read_for[role])} == set(ALLOWED[row].split())
    for reader in ("administrator", "applicant_administrator", "visitor"):
        others = {role: user for role, user in world.users.items() if role != reader}
        let_through = {role for role, user in others.items() if predicate(user, read_for[reader])}
        assert let_through == set(ALLOWED[row].split()) - {reader}


@pytest.mark.django_db
@pytest.mark.parametrize("name", READERS)
def test_it_exists_for_exactly_these(world, name):
    thing = thing_of(world, name)
    rows = type(thing).objects
    readers = {role for role, user in world.users.items() if rows.visible_to(user).filter(pk=thing.pk).exists()}
    expected = set(world.users) if READERS[name] == "everyone" else set(READERS[name].split())
    assert readers == expected


def perform(world, act, user):
    """The act, with the rows as they are in the database now."""
    verb, _, state = act.partition(" ")
    fresh = lambda thing: type(thing).objects.get(pk=thing.pk)  # noqa: E731
    if verb in ("accept", "refuse", "withdraw") and state in world.applications:
        extra = {"reason": "Der mangler et regnskab."} if verb == "refuse" else {}
        return getattr(admission, verb)(application=fresh(world.applications[state]), actor=user, **extra)
    text = {"title": "Nyt", "body": "Vi måler.", "audience": "members"}
    to_administrators = {**text, "audience": "administrators"}
    stranger = fresh(world.people.stranger)
    doings = {
        "let in": lambda: people.accept_member(membership=fresh(world.request), actor=user),
        "turn away": lambda: people.refuse_member(membership=fresh(world.request), actor=user, reason="Ukendt."),
        "let in, leaderless": lambda: people.accept_member(membership=fresh(world.leaderless_request), actor=user),
        "end membership": lambda: people.end_membership(membership=fresh(world.staff), actor=user),
        "leave": lambda: participation.leave(participation=fresh(world.own_member), actor=user),
        "name representative": lambda: representing.name_representative(
            participation=fresh(world.own_member), profile=world.people.applicant_member, actor=user
        ),
        "ask for tier": lambda: proposals.ask_for_tier(
            participation=fresh(world.own_member), tier=make_tier(world.led), actor=user
        ),
        "propose exclusion": lambda: proposals.propose_exclusion(
            participation=fresh(world.own_member), actor=user, reason="Igen."
        ),
        "answer exclusion": lambda: proposals.answer(proposal=fresh(world.exclusion), actor=user, text="Nej."),
        "exclude": lambda: proposals.agree(proposal=fresh(world.exclusion), actor=user, reason="Ja."),
        "reject exclusion": lambda: proposals.reject(proposal=fresh(world.exclusion), actor=user, reason="Nej."),
        "withdraw exclusion": lambda: proposals.withdraw(proposal=fresh(world.exclusion), actor=user),
        "invite colleague": lambda: invitations.invite_colleague(organisation=world.applying, email=NEW, actor=user),
        "invite to partnership": lambda: invitations.invite_to_seat(
            partnership=world.running, role="board", email=NEW, actor=user
        ),
        "invite to ended": lambda: invitations.invite_to_seat(
            partnership=world.ended, role="board", email=NEW, actor=user
        ),
        "renew invitation": lambda: invitations.renew(invitation=fresh(world.invitation), actor=user),
        "take invitation back": lambda: invitations.revoke(invitation=fresh(world.invitation), actor=user),
        "accept invitation": lambda: answering.accept_invitation(invitation=fresh(world.invitation), actor=user),
        "decline invitation": lambda: answering.decline_invitation(invitation=fresh(world.invitation), actor=user),
        "change organisation": lambda: organisations.update(
            organisation=fresh(world.applying), actor=user, name="Fjordbryg"
        ),
        "verify organisation": lambda: organisations.verify(organisation=fresh(world.applying), actor=user),
        "write post": lambda: dialogue.publish_post(partnership=world.running, actor=user, **text),
        "write post, ended": lambda: dialogue.publish_post(partnership=world.ended, actor=user, **text),
        "write to administrators": lambda: dialogue.publish_post(
            partnership=world.running, actor=user, **to_administrators
        ),
        "change post": lambda: dialogue.change_post(post=fresh(world.posts["public"]), actor=user, **text),
        "change removed post": lambda: dialogue.change_post(post=fresh(world.posts["removed"]), actor=user, **text),
        "remove post": lambda: dialogue.remove_post(post=fresh(world.posts["public"]), actor=user),
        "remove removed post": lambda: dialogue.remove_post(post=fresh(world.posts["removed"]), actor=user),
        **room_doings(world, user, fresh),
        "change profile": lambda: people.update_profile(profile=stranger, actor=user, name="Ny"),
        "agree to be shown": lambda: consents.give_consent(profile=stranger, actor=user, purpose="contact"),
        "withdraw consent": lambda: consents.withdraw_consent(profile=stranger, actor=user, purpose="contact"),
    }
    return doings[act]()


def room_doings(world, user, fresh):
    file = {"title": "Plan", "data": b"Maal hver time.", "name": "plan.txt"}
    begins = clock.now() + timedelta(days=9)
    when = {"title": "Møde", "begins": begins, "ends": begins + timedelta(hours=2)}
    public, removed = world.documents["public"], world.documents["removed"]
    coming, held = world.meetings["members"], world.meetings["held"]
    shared = room_documents.share_document
    return {
        "open post": lambda: dialogue.open_post(post=fresh(world.posts["public"]), actor=user),
        "share document": lambda: shared(partnership=world.running, actor=user, **file),
        "share document, ended": lambda: shared(partnership=world.ended, actor=user, **file),
        "close document": lambda: room_documents.close_to_members(document=fresh(public), actor=user),
        "open document": lambda: room_documents.open_to_all(document=fresh(public), actor=user),
        "remove removed document": lambda: room_documents.remove_document(document=fresh(removed), actor=user),
        "call meeting": lambda: meetings.call_meeting(partnership=world.running, actor=user, **when),
        "call meeting, ended": lambda: meetings.call_meeting(partnership=world.ended, actor=user, **when),
        "answer meeting": lambda: meetings.answer(meeting=fresh(coming), actor=user, answer="yes"),
        "answer held meeting": lambda: meetings.answer(meeting=fresh(held), actor=user, answer="yes"),
        "cancel meeting": lambda: meetings.cancel_meeting(meeting=fresh(coming), actor=user, reason="Ingen kan."),
        "cancel held meeting": lambda: meetings.cancel_meeting(meeting=fresh(held), actor=user, reason="Ingen kan."),
        "write minutes": lambda: minutes.write_minutes(meeting=fresh(held), actor=user, text="Vi mødtes."),
        "write minutes too early": lambda: minutes.write_minutes(meeting=fresh(coming), actor=user, text="Nej."),
        "approve no minutes": lambda: minutes.approve_minutes(meeting=fresh(held), actor=user),
    }


def outcome(world, act, user):
    """What comes of it, without leaving a trace."""
    point = transaction.savepoint()
    try:
        perform(world, act, user)
        return "done"
    except NotAllowed:
        return "not allowed"
    except WrongState:
        return "too late"
    finally:
        transaction.savepoint_rollback(point)


@pytest.mark.django_db
@pytest.mark.parametrize("act", ACTS)
def test_act_is_done_by_exactly_these(world, act):
    outcomes = {role: outcome(world, act, user) for role, user in world.users.items()}
    doers, late = (set(roles.split()) for roles in ACTS[act])
    assert {role for role, came in outcomes.items() if came == "done"} == doers
    assert {role for role, came in outcomes.items() if came == "too late"} == late
    assert outcomes.keys() - doers - late == {role for role, came in outcomes.items() if came == "not allowed"}


def test_every_predicate_has_a_row():
    written = [import_module(found.name) for found in iter_modules(permissions.__path__, f"{permissions.__name__}.")]
    public = {
        name
        for module in written
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and name.startswith(("may_", "is_"))
    }
    public |= {name for name in dir(permissions) if name.startswith(("may_", "is_"))}
    assert public == {predicate for predicate, *_ in ALLOWED}


@pytest.mark.django_db
def test_every_allowed_role_stands_beside_two_that_are_refused(world):
    for row, roles in ALLOWED.items():
        allowed = set(roles.split())
        assert allowed <= world.users.keys(), row
        assert len(world.users) - len(allowed) >= 2 * min(len(allowed), 1), row


@pytest.mark.django_db
def test_profile_of_one_who_did_not_agree_exists_for_the_person_alone(world):
    hidden = world.people.stranger
    readers = {
        role for role, user in world.users.items() if Profile.objects.visible_to(user).filter(pk=hidden.pk).exists()
    }
    assert readers == {"stranger"}


def test_someone_whose_account_is_closed_facilitates_nothing(world):
    user = world.users["facilitator"]
    user.is_active = False
    try:
        assert not permissions.is_facilitator(user)
        assert not permissions.may_let_in(user, world.leaderless_request)
    finally:
        user.is_active = True
