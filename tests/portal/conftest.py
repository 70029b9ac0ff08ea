"""The small town of the permission table, with a site around it, built once for a module of tests."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.db import transaction

from partnerships import clock
from partnerships.models import (
    AdmissionRule,
    CalendarAddress,
    DirectMessage,
    DomainProof,
    Follow,
    PageDraft,
    Report,
    Statutes,
    Vote,
)
from partnerships.services import calendar_addresses
from partnerships.services.proofs import hash_of
from partnerships.stopping import token_of as stop_token
from search.models import SavedSearch
from search.stopping import token_of
from tests.cms_pages import make_site
from tests.factories import (
    LONG_AGO,
    make_application,
    make_decision,
    make_file,
    make_goal,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_topic,
)
from tests.partnerships.world import make_world

from .visiting import session_of


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        make_site()
        things = make_world()
        for user in things.users.values():
            if user.pk:
                user.set_password("et langt kodeord")
                user.save()
                EmailAddress.objects.update_or_create(
                    user=user, email=user.email, defaults={"verified": True, "primary": True}
                )
        things.args = _arguments(things)
        things.sessions = {role: session_of(user) for role, user in things.users.items() if user.pk}
        yield things
        transaction.set_rollback(True)


def _pages_of(things):
    """A draft of the applying organisation's page, and a proof by mail that its administrator asked for."""
    PageDraft.objects.create(organisation=things.applying, values={"name": "Fjordbryg A/S", "former_names": []})
    DomainProof.objects.create(
        organisation=things.applying,
        profile=things.people.applicant_administrator,
        address="post@example.com",
        token_hash=hash_of("p" * 43),
        expires=clock.now() + timedelta(days=1),
    )
    return {
        "leaderless organisation": [things.leaderless.slug],
        "a proof": [things.applying.slug, "p" * 43],
        "an unknown proof": [things.applying.slug, "q" * 43],
    }


def _arguments(things):
    request, staff, leaderless = things.request, things.staff, things.leaderless_request
    of_partnership = {"partnership": [things.running.slug]}
    memberships = {"request": request, "colleague": staff, "leaderless": leaderless}
    rows = {name: [row.organisation.slug, row.pk] for name, row in memberships.items()}
    rows |= {name: [things.running.slug, row.pk] for name, row in things.applications.items()}
    rows |= {name: [things.running.slug, row.pk] for name, row in things.posts.items()}
    rows |= {f"meeting for {name}": [things.running.slug, row.pk] for name, row in things.meetings.items()}
    rows |= {f"document for {name}": [things.running.slug, row.pk] for name, row in things.documents.items()}
    rows |= {f"file for {name}": [things.running.slug, row.pk, 1] for name, row in things.documents.items()}
    CalendarAddress.objects.create(profile=things.people.stranger, key="0" * 32)
    rows["calendar address"] = [calendar_addresses.token_of(things.people.stranger.calendar_address)]
    voted, file = things.voted_application, make_file(things.applications["sent"])
    rows["voted"] = [voted.partnership.slug, voted.pk]
    rows["handed in"] = [things.running.slug, file.application_id, file.pk]
    things.posts["administrators"].author = things.people.administrator
    followed = Follow.objects.create(pk=4242, user=things.people.stranger.user, topic=make_topic("Fulgt"))
    statutes = Statutes(
        partnership=things.running, since=LONG_AGO, text="Alle er med.", file_name="v.txt", file_kind="txt"
    )
    statutes.file.save("v.txt", ContentFile(b"Alle er med."))
    shown = _seen_by_members(things)
    saved = SavedSearch.objects.create(owner=things.people.stranger.user, name="Vand", address="?q=vand", language="da")
    message = DirectMessage.objects.create(
        sender=things.people.stranger, organisation=things.applying, subject="Køling", text="Hvor varmt?"
    )
    report = Report.objects.create(
        reporter=things.people.applicant_administrator, direct_message=message, reason="other"
    )
    return {
        **rows,
        **_pages_of(things),
        "with a mailbox": [make_organisation("Med postkasse", mailbox="post@example.org").slug],
        "message": [message.pk],
        "report": [report.pk],
        "saved search": [saved.pk],
        "a membership": [things.running.slug, things.membership.pk],
        "a persons membership": [things.led.slug, things.of_a_person.pk],
        "to the stranger": [things.invitation.pk],
        "an invitation": ["t" * 43],
        "an unknown invitation": ["u" * 43],
        "a topic to follow": ["topic", make_topic("Fritstående").pk],
        "a hidden thing": ["page", 999_999],
        "a follow": [followed.pk],
        "a stop address": [stop_token(followed.user_id, followed.pk)],
        "place": [make_place().slug],
        "stop address": [token_of([saved.pk])],
        **of_partnership,
        "a proposal": [make_partnership("Halm", state="proposed", proposed_by=things.people.stranger).slug],
        "a seat": [things.running.slug, things.running.seats.current().get(role="administrator").pk],
        "organisation": [things.applying.slug],
        "contact": [make_person("Kim Kontakt", consents=True).slug],
        "not a contact": [things.people.stranger.slug],
        "topic": [make_topic().slug],
        "goal": [make_goal().slug],
        "a key": ["no-such-key"],
        "a reset key": ["1", "no-such-key"],
        "vote": [things.running.slug, shown.pk],
        "statutes": [things.running.slug, statutes.pk],
        "a document": [1, "minutes.pdf"],
        "a restriction": [1],
        "a page restriction": [1, 1],
        "the front page": [""],
        "no page": ["no-such-page/"],
    }


def _seen_by_members(things):
    """An old application under a rule that does not hold any more."""
    rules = AdmissionRule.objects.filter(partnership=things.running)
    assert not rules.exists()
    rule = rules.create(partnership=things.running, version=1, kind="board_vote", vote_days=5, seen_by="members")
    rules.create(partnership=things.running, version=2)
    application = make_application(things.running, make_organisation("Stemt om"), make_person(), rule=rule)
    Vote.objects.create(application=application, voter=things.people.board, choice="yes")
    make_decision(application, None)
    return application
