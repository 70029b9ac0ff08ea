"""A small town for the permission table: every way of standing to an organisation and to a partnership, once."""

from datetime import timedelta
from types import SimpleNamespace

from django.contrib.auth.models import AnonymousUser, Group

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS
from partnerships import clock
from partnerships.models import AdmissionRule, Application, Proposal
from tests.factories import (
    make_application,
    make_decision,
    make_invitation,
    make_meeting,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    make_seat,
    make_user,
    yesterday,
)


def tomorrow():
    return clock.today() + timedelta(days=1)


def in_group(name, group):
    person = make_person(name)
    person.user.groups.add(Group.objects.get(name=group))
    return person


def make_people():
    """Role → profile. `nameless` and `visitor` have none and are added as users."""
    names = (
        "stranger applicant_member applicant_editor applicant_administrator asked refused left not_yet "
        "member_of_member former_member future_member administrator board secretary representative "
        "former_administrator future_administrator asked_leaderless leaderless_member"
    )
    people = {name: make_person(name.replace("_", " ").title()) for name in names.split()}
    people["facilitator"] = in_group("Fanny Fælles", FACILITATORS)
    people["municipal_editor"] = in_group("Erik Redaktør", EDITORS)
    people["site_administrator"] = in_group("Sif Station", ADMINISTRATORS)
    people["superuser"] = make_person("Rod Root")
    people["superuser"].user.is_superuser = True
    people["superuser"].user.save()
    return people


def make_world():
    p = SimpleNamespace(**make_people())
    things = SimpleNamespace(people=p)
    _organisations(things, p)
    _partnerships(things, p)
    _memberships(things, p)
    _applications(things, p)
    _posts(things, p)
    _room(things, p)
    things.users = {name: type(person.user).objects.get(pk=person.user.pk) for name, person in vars(p).items()}
    things.users |= {"visitor": AnonymousUser(), "nameless": make_user()}
    return things


def _organisations(things, p):
    things.applying = make_organisation("Fjordbryg ApS", administrator=p.applicant_administrator)
    make_membership(p.applicant_editor, things.applying, role="editor")
    things.staff = make_membership(p.applicant_member, things.applying)
    things.request = make_membership(p.asked, things.applying, status="requested")
    make_membership(p.refused, things.applying, role="administrator", status="refused")
    make_membership(p.left, things.applying, role="administrator", until=yesterday())
    make_membership(p.not_yet, things.applying, role="administrator", since=tomorrow())
    p.stranger.user.emailaddress_set.create(email=p.stranger.user.email, verified=True, primary=True)
    things.invitation = make_invitation(things.applying, p.stranger.user.email, token="t" * 43)
    things.leaderless = make_organisation("Strandens Grundejerforening", kind="association")
    things.leaderless_request = make_membership(p.asked_leaderless, things.leaderless, status="requested")
    make_membership(p.leaderless_member, things.leaderless)
    things.facilitators_own_request = make_membership(p.facilitator, things.leaderless, status="requested")


def _partnerships(things, p):
    taking_part = make_organisation("Asnæs Damp A/S")
    make_membership(p.member_of_member, taking_part)
    once_part = make_organisation("Gammelt Savværk")
    make_membership(p.former_member, once_part)
    soon_part = make_organisation("Nyt Solfelt")
    make_membership(p.future_member, soon_part)
    things.running = make_partnership("Vandnetværket", members=[taking_part])
    make_participation(once_part, things.running, until=yesterday())
    make_participation(soon_part, things.running, since=tomorrow())
    for role in ("administrator", "board", "secretary"):
        make_seat(getattr(p, role), things.running, role=role)
    make_seat(
        p.representative, things.running, role="representative", participation=things.running.participations.first()
    )
    make_seat(p.former_administrator, things.running, until=yesterday())
    make_seat(p.future_administrator, things.running, since=tomorrow())
    things.led = make_partnership("Gipsgruppen", administrator=p.administrator)
    things.ended = make_partnership("Halmgruppen", members=[taking_part], until=yesterday())
    make_seat(p.administrator, things.ended)


def _memberships(things, p):
    """An organisation's, with a proposal to exclude it, and a person's own."""
    things.membership = things.running.participations.order_by("pk").first()
    things.own_member = make_participation(things.applying, things.led)
    things.of_a_person = make_participation(p.stranger, things.led)
    things.exclusion = Proposal.objects.create(
        participation=things.own_member,
        kind="exclusion",
        reason="Kontingentet mangler.",
        answer_by=yesterday(),
        proposed_by=p.administrator,
    )


def _applications(things, p):
    things.applications = {}
    beside = make_organisation("Fjordbryg Syd ApS", administrator=p.applicant_administrator)
    make_membership(p.applicant_editor, beside, role="editor")
    for state in Application.State:
        applying = beside if state == Application.State.ASKED else things.applying
        one = make_application(things.running, applying, p.applicant_editor, state=state)
        if state in ("accepted", "refused"):
            make_decision(one, p.administrator, outcome=state, reason="Fordi.")
        things.applications[state.value] = Application.objects.get(pk=one.pk)
    board_ruled = make_partnership("Bestyrelsesnetværket")
    make_seat(p.administrator, board_ruled)
    make_seat(p.board, board_ruled, role="board")
    voted = AdmissionRule.objects.create(partnership=board_ruled, version=1, kind="board_vote", vote_days=5)
    things.voted_application = make_application(
        board_ruled, things.applying, p.applicant_editor, rule=voted, vote_until=tomorrow()
    )
    things.own_application = make_application(things.running, things.leaderless, p.administrator)


def _posts(things, p):
    things.posts = {
        audience: make_post(things.running, p.member_of_member, audience=audience)
        for audience in ("public", "members", "administrators")
    }
    things.posts["removed"] = make_post(things.running, p.member_of_member, removed=clock.now())
    things.posts["of one who left"] = make_post(things.running, p.former_member)


def _room(things, p):
    audiences = ("public", "members", "administrators")
    things.meetings = {one: make_meeting(things.running, p.administrator, audience=one) for one in audiences}
    things.meetings["held"] = make_meeting(things.running, p.administrator, in_days=-2)
    things.documents = {one: make_room_document(things.running, p.member_of_member, audience=one) for one in audiences}
    things.documents["removed"] = make_room_document(things.running, p.member_of_member, removed=clock.now())
