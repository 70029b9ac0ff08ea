"""What somebody left behind stands in the organisation's queue until a successor has it; meanwhile the mailbox answers."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cms.models import Municipality, OrganisationLink, PersonLink
from cms.services import publish
from partnerships import clock, desk
from partnerships.handover.queue import queue_of
from partnerships.models import DeadAddress, HistoryEntry, OutgoingMail, Post, RoomDocument, Seat
from partnerships.services import bounces, dialogue
from partnerships.services.refusals import Invalid, NotAllowed, WrongState
from partnerships.waiting import waiting_count
from tests.cms_pages import make_story, translate
from tests.factories import (
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    make_seat,
    yesterday,
)
from tests.partnerships.town import Town

pytestmark = pytest.mark.django_db


EVERYTHING = {"seat", "post", "document", "decision", "application"}


@pytest.fixture
def town():
    return Town()


def test_nothing_waits_while_everybody_is_there(town):
    town.does_everything()
    assert town.waits() == set()
    assert "handover" not in {one.kind for one in desk.tasks_for(town.head.user)}


def test_what_a_person_did_for_the_organisation_waits_when_they_have_left_it(town):
    town.does_everything()
    town.leaves()
    assert town.waits() == EVERYTHING
    (left,) = queue_of(town.company, town.head.user)
    assert (left.gone.person, left.gone.why.name, left.gone.since) == (town.gone, "LEFT", clock.today())


def test_it_waits_too_when_their_mail_comes_back_and_until_it_arrives_again(town):
    town.does_everything()
    bounces.mark_dead(address=town.gone.user.email, reason=DeadAddress.Reason.BOUNCED)
    assert town.waits() == EVERYTHING
    assert queue_of(town.company, town.head.user)[0].gone.why.name == "BOUNCED"
    bounces.lift(address=town.gone.user.email, actor=town.gone.user)
    assert town.waits() == set()


@pytest.mark.parametrize(("begins", "ends", "waits"), [(0, 5, True), (-3, None, True), (1, 5, False), (-5, -1, False)])
def test_it_waits_on_the_days_on_which_they_say_they_are_away(town, begins, ends, waits):
    town.does_everything()
    today = clock.today()
    town.gone.away_from = today + timedelta(days=begins)
    town.gone.away_until = ends and today + timedelta(days=ends)
    town.gone.save()
    assert town.waits() == (EVERYTHING if waits else set())


def test_all_of_it_at_once_goes_to_a_successor_who_is_told(town):
    town.does_everything()
    town.leaves()
    assert len(town.hands()) == 5
    assert town.waits() == set()
    assert Seat.objects.current().get(role="representative").profile == town.next
    for thing, field in ((town.post, "keeper"), (town.document, "keeper"), (town.decision, "responsible")):
        thing.refresh_from_db()
        assert getattr(thing, field) == town.next
    town.application.refresh_from_db()
    assert town.application.representative == town.next
    assert Post.objects.get().author == town.gone and RoomDocument.objects.get().author == town.gone
    assert {entry.note for entry in HistoryEntry.objects.filter(verb="handed_over", profile=town.next)} >= {
        "Vi har målt en måned",
        "Måleplan",
        "Måle",
    }
    (letter,) = OutgoingMail.objects.filter(kind="handed_over")
    assert letter.address == town.next.user.email and "Måleplan" in letter.text and "Måleplan" in letter.html


def test_one_thing_alone_is_handed_over_and_the_rest_waits(town):
    town.does_everything()
    town.leaves()
    town.hands([f"post:{town.post.pk}"])
    assert town.waits() == EVERYTHING - {"post"}


def test_the_successor_may_change_the_post_and_one_who_is_not_may_not(town):
    town.does_everything()
    town.leaves()
    words = {"title": "Nyt", "body": "Ord", "audience": "members"}
    with pytest.raises(NotAllowed):
        dialogue.change_post(post=Post.objects.get(), actor=town.next.user, **words)
    town.hands()
    assert dialogue.change_post(post=Post.objects.get(), actor=town.next.user, **words).title == "Nyt"
    with pytest.raises(NotAllowed):
        dialogue.change_post(post=Post.objects.get(), actor=town.head.user, **words)


def test_only_its_administrators_hand_over_and_only_to_somebody_who_is_there(town):
    town.does_everything()
    town.leaves()
    for actor in (town.next, town.gone, make_person("Fremmed")):
        with pytest.raises(NotAllowed):
            town.hands(actor=actor)
    away = make_person("Away", away_from=yesterday())
    make_membership(away, town.company)
    for successor in (town.gone, away, make_person("Fremmed")):
        with pytest.raises(Invalid):
            town.hands(successor=successor)
    with pytest.raises(Invalid):
        town.hands([])
    assert town.waits() == EVERYTHING


def test_what_is_not_of_the_queue_is_not_handed_over_with_it(town):
    town.does_everything()
    town.leaves()
    foreign = make_post(town.network, make_person("Fremmed"), organisation=make_organisation("Anden"))
    for keys in (["post:0"], [f"post:{foreign.pk}"], [f"post:{town.post.pk}", "nothing"]):
        with pytest.raises(WrongState):
            town.hands(keys)
    town.post.refresh_from_db()
    assert town.post.keeper is None


def test_a_seat_that_somebody_else_has_by_now_or_that_was_ended_before_does_not_wait(town):
    seat = make_seat(town.gone, town.network, role="representative", participation=town.participation)
    town.leaves()
    assert town.waits() == {"seat"}
    make_seat(town.next, town.network, role="representative", participation=town.participation, since=clock.today())
    assert town.waits() == set()
    Seat.objects.filter(profile=town.next).delete()
    Seat.objects.filter(pk=seat.pk).update(until=clock.today() - timedelta(days=9))
    assert town.waits() == set()


def test_what_an_administrator_may_not_read_is_in_no_queue(town):
    make_post(town.network, town.gone, organisation=town.company, audience="administrators", title="Hemmeligt")
    make_room_document(town.network, town.gone, audience="administrators", title="Hemmeligt")
    town.leaves()
    assert town.waits() == set()
    assert desk.tasks_for(town.head.user) == []


def test_where_the_organisation_no_longer_takes_part_nothing_waits(town):
    town.does_everything()
    town.leaves()
    town.participation.until = yesterday()
    town.participation.save()
    assert town.waits() == {"application"}


def test_who_takes_part_otherwise_looks_after_what_they_did_there_themselves(town):
    town.does_everything()
    seat = make_seat(town.gone, town.network, role="board")
    town.leaves()
    assert {"document", "decision"}.isdisjoint(town.waits())
    seat.delete()
    assert {"document", "decision"} <= town.waits()
    other = make_organisation("Anden")
    make_participation(other, town.network)
    make_membership(town.gone, other)
    assert {"document", "decision"}.isdisjoint(town.waits())


def test_the_desk_of_the_administrators_says_so_and_nobody_elses(town):
    town.does_everything()
    town.leaves()
    (task,) = (one for one in desk.tasks_for(town.head.user) if one.kind == "handover")
    assert task.url == reverse("partnerships:handover", args=[town.company.slug])
    assert waiting_count(town.head.user) == len(desk.tasks_for(town.head.user))
    other = make_person("Anden leder")
    make_organisation("Anden", administrator=other)
    for person in (town.next, other):
        assert not any(one.kind == "handover" for one in desk.tasks_for(person.user))


# --- Pages


def shown(client, page):
    answer = client.get(page.get_url()).content.decode()
    return answer[answer.index('id="h-contact"') : answer.index("</section>", answer.index('id="h-contact"'))]


def test_a_page_shows_its_contact_then_the_mailbox_and_then_the_successor(town, client):
    page = town.story(town.gone)
    assert "Ida Holm" in shown(client, page)
    town.leaves()
    assert "Ida Holm" not in shown(client, page)
    assert "post@fjordbryg.example" in shown(client, page)
    assert town.waits() == {"story"}
    town.hands()
    assert "Bo Afløser" in shown(client, page)
    assert town.waits() == set()


def test_a_page_shows_the_mailbox_while_its_contact_is_away_or_gets_no_mail(town, client):
    page = town.story(town.gone)
    town.gone.away_from = clock.today()
    town.gone.save()
    assert "Ida Holm" not in client.get(page.get_url()).content.decode()
    assert "post@fjordbryg.example" in shown(client, page)
    town.gone.away_from = None
    town.gone.save()
    bounces.mark_dead(address=town.gone.user.email, reason=DeadAddress.Reason.BOUNCED)
    assert "Ida Holm" not in shown(client, page)


def test_a_page_without_any_mailbox_shows_the_municipalitys(town, client):
    page = town.story(town.gone)
    town.company.mailbox = ""
    town.company.save()
    Municipality.objects.update(mailbox="post@kommune.example")
    town.leaves()
    assert "post@kommune.example" in shown(client, page)


def test_who_still_belongs_to_another_organisation_of_the_page_stays_its_contact(town, client):
    other = make_organisation("Anden")
    make_membership(town.gone, other)
    page = town.story(town.gone)
    page.organisation_links.add(OrganisationLink(organisation=other))
    publish(page)
    town.leaves()
    assert town.waits() == set()
    assert "Ida Holm" in shown(client, page)


def test_an_author_stays_author_and_the_page_gets_a_contact_where_it_has_none(town):
    page = town.story(town.gone, role="author")
    town.leaves()
    town.hands()
    parts = {(link.person.name, link.role) for link in PersonLink.objects.filter(page=page)}
    assert parts == {("Ida Holm", "author"), ("Bo Afløser", "contact")}
    assert town.waits() == set()


def test_a_page_and_its_translation_are_one_thing_and_a_later_publishing_brings_nobody_back(town):
    page = town.story(town.gone)
    other = translate(page)
    town.leaves()
    assert len(town.keys()) == 1
    town.hands()
    for one in (page, other):
        draft = type(page).objects.get(pk=one.pk).get_latest_revision_as_object()
        assert [link.person for link in draft.person_links.all()] == [town.next]
        publish(draft)
        assert PersonLink.objects.get(page=one.pk).person == town.next


def test_a_draft_and_a_page_of_others_are_in_no_queue(town):
    page = town.story(town.gone)
    page.unpublish()
    elsewhere = make_story("Fremmed")
    elsewhere.person_links.add(PersonLink(person=town.gone))
    publish(elsewhere)
    town.leaves()
    assert town.waits() == set()


def test_a_post_shows_the_mailbox_while_nobody_of_its_organisation_answers(town, client):
    post = make_post(town.network, town.gone, organisation=town.company)
    address = post.get_absolute_url()
    assert client.get(address).context["mailbox"] == ""
    town.leaves()
    page = client.get(address)
    assert page.context["mailbox"] == "post@fjordbryg.example" and "post@fjordbryg.example" in page.content.decode()
    town.hands()
    page = client.get(address)
    assert page.context["mailbox"] == "" and "Bo Afløser" in page.content.decode()


# --- The screen


def test_the_page_hands_over_what_is_ticked_and_says_what_is_missing(town, client):
    town.does_everything()
    town.leaves()
    client.force_login(town.head.user)
    address = reverse("partnerships:handover", args=[town.company.slug])
    sent = {"person": town.gone.pk, "items": [f"post:{town.post.pk}"]}
    answer = client.post(address, sent)
    assert answer.status_code == 200 and answer.context["tried"].errors.keys() == {"successor"}
    assert answer.context["tried"]["items"].value() == [f"post:{town.post.pk}"]
    answer = client.post(address, {**sent, "successor": town.next.pk}, follow=True)
    assert "overdraget til Bo Afløser" in answer.content.decode()
    again = client.post(address, {**sent, "successor": town.next.pk})
    assert again.status_code == 200 and "items" in again.context["tried"].errors
    assert town.waits() == EVERYTHING - {"post"}


def test_when_the_last_of_it_went_meanwhile_one_is_told(town, client):
    town.does_everything()
    town.leaves()
    keys = town.keys()
    town.hands()
    client.force_login(town.head.user)
    address = reverse("partnerships:handover", args=[town.company.slug])
    answer = client.post(address, {"person": town.gone.pk, "items": keys, "successor": town.next.pk}, follow=True)
    assert "er overdraget i mellemtiden" in answer.content.decode()


@pytest.mark.parametrize("many", [20, 200])
def test_the_queue_asks_the_same_number_of_queries_for_any_number(town, client, many, django_assert_max_num_queries):
    town.does_everything()
    Post.objects.bulk_create(
        Post(partnership=town.network, author=town.gone, organisation=town.company, title=f"Nr. {n}", body="x")
        for n in range(many)
    )
    town.leaves()
    client.force_login(town.head.user)
    address = reverse("partnerships:handover", args=[town.company.slug])
    client.get(address)
    with django_assert_max_num_queries(16) as asked:
        page = client.get(address)
    assert len(page.context["forms"][0].rows) == many + 5
    assert len(asked) == QUERIES.setdefault("of the queue", len(asked))


QUERIES: dict[str, int] = {}


def test_a_person_takes_part_alone_and_is_in_no_queue(town):
    make_participation(town.gone, make_partnership("Alene"))
    town.leaves()
    assert town.waits() == set()
