"""The room: what waits first, its members as a table, and as quick with thousands of posts as with ten."""

import csv
import io
import statistics
import time

import pytest
from django.test import Client
from django.urls import reverse

from partnerships.models import Post
from partnerships.services import dialogue
from partnerships.services.refusals import NotAllowed
from tests.factories import (
    make_meeting,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    make_seat,
)
from tests.queries import queries_of, tell_the_planner

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    return make_person("Anna Eksempelsen")


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def room_of(partnership):
    return reverse("partnerships:room", args=[partnership.slug])


def fill(partnership, person, posts):
    row = {"partnership": partnership, "author": person, "audience": "members", "body": "x", "body_html": "<p>x</p>"}
    Post.objects.bulk_create(Post(title=f"Opslag {number}", **row) for number in range(posts))


def test_a_room_of_5000_posts_opens_within_twice_the_time_of_one_of_10(anna):
    small, large = (make_partnership(name, administrator=anna) for name in ("Lille", "Stor"))
    fill(small, anna, 10)
    fill(large, anna, 5_000)
    tell_the_planner()
    client = client_of(anna)
    assert len(queries_of(client, room_of(small))) == len(queries_of(client, room_of(large))) <= 22
    taken = {small: [], large: []}
    for _ in range(7):
        for one, times in taken.items():
            begun = time.perf_counter()
            client.get(room_of(one))
            times.append(time.perf_counter() - begun)
    assert statistics.median(taken[large]) <= 2 * statistics.median(taken[small])


def test_the_room_costs_as_many_queries_whatever_is_in_it(anna):
    partnership = make_partnership(administrator=anna)
    client, counts = client_of(anna), []
    for rows in (20, 180):
        for number in range(rows):
            make_room_document(partnership, anna, title=f"Plan {number}")
            make_meeting(partnership, anna, in_days=number + 1)
        fill(partnership, anna, rows)
        counts.append(len(queries_of(client, room_of(partnership))))
    assert counts[0] == counts[1] <= 22


def test_what_waits_for_the_member_comes_first(anna):
    partnership = make_partnership(administrator=anna)
    meeting = make_meeting(partnership, anna)
    page = client_of(anna).get(room_of(partnership)).content.decode()
    assert page.index("Kommer du til") < page.index("Nyt i rummet")
    client_of(anna).post(meeting.get_absolute_url(), {"act": "answer", "answer": "yes"})
    assert "Kommer du til" not in client_of(anna).get(room_of(partnership)).content.decode()


def test_the_members_as_a_table_hold_no_formula(anna):
    evil = make_organisation('=HYPERLINK("http://example.org")', mailbox="+post@example.org")
    partnership = make_partnership(administrator=anna, members=[evil])
    bo = make_person("@Bo")
    make_seat(bo, partnership, role="representative", participation=partnership.participations.get())
    answer = client_of(anna).get(reverse("partnerships:room_members_csv", args=[partnership.slug]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1][0].startswith("'=HYPERLINK")
    assert rows[1][5] == "'@Bo"
    assert [row[5] for row in rows[2:]] == ["Anna Eksempelsen"]
    assert anna.user.email not in answer.content.decode()


def test_the_list_of_members_costs_as_many_queries_at_20_as_at_200(anna):
    partnership = make_partnership(administrator=anna)
    client, counts = client_of(anna), []
    for rows in (20, 180):
        for number in range(rows):
            make_participation(make_organisation(f"Virksomhed {number}"), partnership)
        counts.append(len(queries_of(client, reverse("partnerships:room_members", args=[partnership.slug]))))
    assert counts[0] == counts[1] <= 16


def test_a_post_is_opened_to_all_and_closed_again_by_its_author_alone(anna):
    bo = make_person("Bo")
    partnership = make_partnership(administrator=anna)
    make_seat(bo, partnership, role="board")
    post = make_post(partnership, bo, audience="members")
    for person in (anna, make_person("Fremmed")):
        with pytest.raises(NotAllowed):
            dialogue.open_post(post=post, actor=person.user)
    assert Client().get(post.get_absolute_url()).status_code == 404
    client_of(bo).post(reverse("partnerships:post_open", args=[partnership.slug, post.pk]), {"act": "open"})
    assert Client().get(post.get_absolute_url()).status_code == 200
    client_of(bo).post(reverse("partnerships:post_open", args=[partnership.slug, post.pk]), {"act": "close"})
    assert Client().get(post.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("visibility", "audience", "said"),
    [
        ("public", "public", "Alle"),
        ("listed", "public", "Kun medlemmer"),
        ("hidden", "public", "Kun medlemmer"),
        ("public", "members", "Kun medlemmer"),
        ("hidden", "administrators", "Kun administratorer"),
    ],
)
def test_each_thing_of_the_room_says_who_reads_it_truly(anna, visibility, audience, said):
    partnership = make_partnership(administrator=anna, visibility=visibility)
    things = [
        make_post(partnership, anna, audience=audience),
        make_room_document(partnership, anna, audience=audience),
        make_meeting(partnership, anna, audience=audience),
    ]
    member, everyone = client_of(anna), Client()
    for thing in things:
        page = member.get(thing.get_absolute_url()).content.decode()
        assert f'<span class="s-badge">{said}</span>' in page
        assert (everyone.get(thing.get_absolute_url()).status_code == 200) is (said == "Alle")
    form = member.get(reverse("partnerships:post_write", args=[partnership.slug])).content.decode()
    assert ("Partnerskabet er ikke selv offentligt" in form) is (visibility != "public")
