"""Somebody leaves everything: neither name nor address stands anywhere, what they decided stays, tasks wait for others."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse
from django.utils import translation
from wagtail.models import ModelLogEntry

from partnerships import clock, references
from partnerships.models import (
    ApplicationDraft,
    Block,
    DeadAddress,
    DomainProof,
    HistoryEntry,
    Membership,
    Notification,
    OutgoingMail,
    Participation,
    Post,
    Profile,
    Seat,
    SpokenLanguage,
    Vote,
)
from partnerships.references import Leaving
from partnerships.services import calendar_addresses, dialogue, people
from partnerships.services.leaving import leave_everything
from partnerships.services.refusals import NotAllowed, WrongState
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
    make_seat,
    make_topic,
)

from .town import Town

pytestmark = pytest.mark.django_db

NAME, ADDRESS, WORD = "Ida Kvintus Holm", "ida.kvintus@example.org", "kvintus"
MAY_STAY: dict[str, str] = {}
"""Columns in which the name or address may stand after all, each with its reason. What people typed is not looked for: the
page says that it stays, and how to take it down."""


@pytest.fixture
def town():
    """Somebody who stands in every table that can point at a person."""
    town = Town()
    ida = town.gone
    ida.name, ida.slug, ida.headline = NAME, "ida-kvintus-holm", "Kvintus, driftschef"
    ida.save()
    get_user_model().objects.filter(pk=ida.user_id).update(email=ADDRESS, first_name="Ida Kvintus", last_name="Holm")
    ida.user.refresh_from_db()
    ida.user.set_password("hemmelig-nok-42")
    ida.user.save()
    ida.user.emailaddress_set.create(email=ADDRESS, verified=True, primary=True)
    town.does_everything()
    town.page = town.story(ida)
    _own_things(town, ida)
    _acts(town, ida)
    return town


def _own_things(town, ida):
    SpokenLanguage.objects.create(profile=ida, code="da")
    Block.objects.create(sender=town.head, person=ida)
    DomainProof.objects.create(
        organisation=town.company, profile=ida, address="post@fjordbryg.example", expires=clock.now()
    )
    ApplicationDraft.objects.create(profile=ida, partnership=town.network)
    calendar_addresses.renew_address(actor=ida.user)
    make_meeting(town.network, town.head, asks=[ida])


def _acts(town, ida):
    """Written by services, so that notices, history and mails name them as they do in life."""
    alone = make_partnership("Halmnetværket", administrator=town.head)
    make_participation(ida, alone)
    make_seat(ida, alone, role="board")
    town.own = make_application(alone, None, ida, person=ida)
    town.vote = Vote.objects.create(application=town.application, voter=ida, choice="yes")
    town.decided = make_decision(make_application(town.network, make_organisation(), town.head), ida)
    people.ask_to_join(organisation=make_organisation(administrator=town.head), actor=ida.user)
    dialogue.publish_post(
        partnership=town.network, actor=ida.user, title="Nyt", body="Ord", audience="public", organisation=town.company
    )
    people.update_profile(profile=ida, actor=ida.user, name=NAME, headline="Kvintus, driftschef", topics=[make_topic()])
    make_invitation(town.company, ADDRESS, name=NAME)
    make_invitation(make_organisation(), ADDRESS, name=NAME, state="accepted", accepted_by=ida)
    DeadAddress.objects.create(address=ADDRESS, reason="bounced")
    Notification.objects.create(
        recipient=town.head.user, kind="x", text=f"{NAME} beder om at være med", language="da", address="/mit/"
    )
    OutgoingMail.objects.create(address="anna@example.org", kind="x", language="da", subject=NAME, text=ADDRESS)
    kind = ContentType.objects.get_for_model(Profile)
    ModelLogEntry.objects.create(
        content_type=kind, object_id=ida.pk, label=NAME, action="wagtail.edit", timestamp=clock.now(), user=ida.user
    )


def everywhere(word):
    """Columns of any table in which the word stands, as "table.column"."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                name = f"CAST({connection.ops.quote_name(column.name)} AS TEXT)"
                cursor.execute(
                    f"SELECT 1 FROM {connection.ops.quote_name(table)} WHERE LOWER({name}) LIKE %s LIMIT 1",
                    [f"%{word}%"],
                )
                if cursor.fetchone():
                    found.add(f"{table}.{column.name}")
    return found


def leaves(town):
    return leave_everything(profile=Profile.objects.get(pk=town.gone.pk), actor=town.gone.user)


def test_neither_name_nor_address_stands_in_any_column_of_any_table(town, client, django_capture_on_commit_callbacks):
    client.force_login(town.gone.user)
    before = everywhere(WORD)
    assert {"partnerships_profile.slug", "partnerships_historyentry.actor_name", "portal_user.email"} < before
    assert {"partnerships_notification.text", "partnerships_invitation.email"} < before
    with django_capture_on_commit_callbacks(execute=True):
        leaves(town)
    assert everywhere(WORD) == set(MAY_STAY)
    assert everywhere("ida@") == set()


def test_each_reference_says_what_becomes_of_its_rows(town):
    """OWN rows are gone, all others are still there and told of by what the person was."""
    held = {one: one.rows(town.gone).count() for one in references.pointing_at(Profile)}
    assert [one for one in held if not held[one] and one.leaving in (Leaving.OWN, Leaving.ENDS)] == []
    leaves(town)
    for reference, count in held.items():
        rows = list(reference.rows(town.gone))
        assert rows == [] if reference.leaving is Leaving.OWN else len(rows) >= count, reference
        assert {getattr(row, reference.field).name for row in rows} <= {"tidligere repræsentant for Fjordbryg"}


def test_what_others_can_take_on_waits_for_the_administrators_of_the_organisation(town):
    leaves(town)
    assert town.waits() == {"seat", "post", "document", "decision", "application", "story"}
    town.hands()
    assert town.waits() == set()


def test_memberships_seats_and_own_applications_have_ended(town):
    leaves(town)
    assert not Membership.objects.filter(profile=town.gone, status__in=Membership.OPEN).exists()
    assert not Seat.objects.current().filter(profile=town.gone).exists()
    assert not Participation.objects.filter(profile=town.gone, until=None).exists()
    town.own.refresh_from_db()
    assert town.own.state == "withdrawn"


def test_decisions_votes_posts_and_history_are_told_in_the_readers_language(town, client):
    leaves(town)
    post = Post.objects.get(title="Nyt")
    client.force_login(town.next.user)
    for language, said in (
        ("da", "tidligere repræsentant for Fjordbryg"),
        ("en", "former representative of Fjordbryg"),
    ):
        with translation.override(language):
            page = client.get(post.get_absolute_url()).content.decode()
            assert page.count(said) >= 2
            assert Vote.objects.select_related("voter").get(pk=town.vote.pk).voter.name == said
            assert HistoryEntry.objects.filter(verb="post_published").values_list("actor_name", flat=True)[0] == said


def test_a_draft_is_named_to_nobody_and_who_stood_for_none_is_a_former_user():
    person = make_person("Ida")
    make_membership(person, make_organisation("Hemmelig", state="draft"))
    assert leave_everything(profile=person, actor=person.user).name == "tidligere bruger"


def test_the_account_is_gone_and_every_session_ends(town, client):
    client.force_login(town.gone.user)
    assert client.get(reverse("desk")).status_code == 200
    leaves(town)
    assert client.get(reverse("desk")).status_code == 302
    assert not get_user_model().objects.filter(email=ADDRESS).exists()
    assert not Session.objects.exists()


def test_a_last_mail_goes_to_the_old_address_and_is_forgotten(town, mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        leaves(town)
    (letter,) = [mail for mail in mailoutbox if mail.to == [ADDRESS]]
    assert "Din konto er lukket" in letter.body
    assert not OutgoingMail.objects.filter(address=ADDRESS).exists()


def test_only_oneself_leaves(town):
    for actor in (town.head.user, make_person().user):
        with pytest.raises(NotAllowed):
            leave_everything(profile=town.gone, actor=actor)
    assert Profile.objects.get(pk=town.gone.pk).name == NAME


def test_the_last_administrator_names_a_successor_first_unless_nobody_else_belongs_there(town):
    with pytest.raises(WrongState):
        leave_everything(profile=town.head, actor=town.head.user)
    Membership.objects.filter(profile=town.next).update(role="administrator", until=clock.today())
    with pytest.raises(WrongState):
        leave_everything(profile=town.head, actor=town.head.user)
    alone = make_person("Ene")
    make_organisation("Enmandshæren", administrator=alone)
    assert leave_everything(profile=alone, actor=alone.user).has_left


def test_the_last_administrator_of_a_partnership_and_of_the_site_stays_until_there_is_another():
    runs = make_person("Leder")
    network = make_partnership(administrator=runs)
    with pytest.raises(WrongState):
        leave_everything(profile=runs, actor=runs.user)
    make_seat(make_person(), network, since=clock.today() - timedelta(days=1))
    assert leave_everything(profile=runs, actor=runs.user).has_left
    root = make_person("Rod", user=get_user_model().objects.create_superuser("rod@example.org"))
    with pytest.raises(WrongState):
        leave_everything(profile=root, actor=root.user)


def test_nobody_renames_who_has_left_and_saving_changes_nothing(town):
    profile = leaves(town)
    with pytest.raises(WrongState):
        people.update_profile(
            profile=profile, actor=get_user_model().objects.create_superuser("r@example.org"), name="X"
        )
    with translation.override("en"):
        Profile.objects.get(pk=profile.pk).save()
    assert Profile.objects.get(pk=profile.pk).name == "tidligere repræsentant for Fjordbryg"


def test_a_short_name_is_not_torn_out_of_other_words():
    bo, other = make_person("Bo"), make_person("Anna")
    told = {"recipient": other.user, "kind": "x", "language": "da", "address": "/mit/"}
    Notification.objects.create(**told, text="Bo spørger Boligforeningen")
    leave_everything(profile=bo, actor=bo.user)
    assert Notification.objects.get().text == "tidligere bruger spørger Boligforeningen"


# --- The screen


def test_the_page_counts_and_asks_for_the_password(town, client):
    client.force_login(town.gone.user)
    address = reverse("leave_everything")
    page = client.get(address)
    assert {str(line.label): line.count for line in page.context["goes"]}["Hverv i partnerskaber"] == 2
    assert "tidligere repræsentant for Fjordbryg" in page.content.decode()
    for wrong in ({"sure": "on"}, {"sure": "on", "password": "gættet"}, {"password": "hemmelig-nok-42"}):
        answer = client.post(address, wrong)
        assert answer.status_code == 200 and answer.context["form"].errors
    assert Profile.objects.get(pk=town.gone.pk).name == NAME
    answer = client.post(address, {"sure": "on", "password": "hemmelig-nok-42"}, follow=True)
    assert "En sidste mail bekræfter det" in answer.content.decode()
    assert Profile.objects.get(pk=town.gone.pk).has_left


def test_the_last_administrator_reads_where_to_name_a_successor(town, client):
    client.force_login(town.head.user)
    page = client.get(reverse("leave_everything")).content.decode()
    assert reverse("partnerships:organisation_people", args=[town.company.slug]) in page
    assert "<form class" not in page
