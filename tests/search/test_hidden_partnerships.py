"""A word that stands only in a partnership is looked for in everything that the portal says to somebody."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from cms.editors import EDITORS
from partnerships.models import Partnership, Seek
from tests.cms_pages import make_story
from tests.factories import (
    make_facilitator,
    make_goal,
    make_membership,
    make_organisation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_topic,
)
from tests.search.desk import user_in

pytestmark = pytest.mark.django_db
NAME, INSIDE, WRITTEN = "zirkonium", "yttrium", "xenon"
"""In its name and purpose; in what it tells of itself besides; in what its members write."""


@pytest.fixture
def engine_name():
    return "embedded"


@pytest.fixture
def world(index):
    member, administrator = make_person("Mette Medlem"), make_person("Anna Administrator", consents=True)
    organisation = make_organisation("Vandværket")
    make_membership(member, organisation)
    topic, place, goal = make_topic("Vand"), make_place("Asnæs"), make_goal("Renere vand")
    partnership = make_partnership(
        NAME,
        summary=NAME,
        purpose=NAME,
        purpose_html=NAME,
        administrator=administrator,
        members=[organisation],
        topics=[topic],
    )
    partnership.places.set([place])
    partnership.goals.set([goal])
    Seek.objects.create(partnership=partnership, whom_da=INSIDE)
    partnership.tiers.update(name_da=INSIDE)
    post = make_post(partnership, administrator, title=WRITTEN, audience="public", organisation=organisation)
    make_post(partnership, member, title=WRITTEN, audience="members")
    story = make_story("Om vand", topics=[topic], goals=[goal], partnerships=[partnership])
    index()
    return SimpleNamespace(
        partnership=partnership,
        post=post,
        users={
            "visitor": None,
            "stranger": make_person().user,
            "editor": user_in(EDITORS),
            "facilitator": make_facilitator().user,
            "member": member.user,
            "administrator": administrator.user,
        },
        pages=[
            *(reverse(f"partnerships:{name}_list") for name in "organisation person partnership topic goal".split()),
            *(thing.get_absolute_url() for thing in (topic, goal, organisation, administrator)),
            *(f"{reverse('partnerships:partnership_list')}?{facet}" for facet in (f"topic={topic.slug}", f"q={NAME}")),
            story.url,
            *("/", "/en/", "/sitemap.xml"),
            *(f"/soeg/?q={word}" for word in ("", "vand", NAME[:6], INSIDE)),
            *(f"/soeg/?q=&format={kind}" for kind in ("json", "csv", "atom")),
            f"/soeg/?partnership={partnership.slug}",
            f"/soeg/?partnership={partnership.slug}&format=json",
            f"/soeg/forslag/?q={NAME[:4]}&format=json",
            "/soeg/hvem-ved/?q=vand",
        ],
    )


def becomes(world, index, **fields):
    for name, value in fields.items():
        setattr(world.partnership, name, value)
    world.partnership.save()
    index()


def said_to(world, role):
    """All that the portal says, without the reader's own question."""
    client = Client()
    if world.users[role]:
        client.force_login(world.users[role])
    answers = [client.get(path) for path in world.pages]
    assert {answer.status_code for answer in answers} == {200}
    return "\n".join(_without_the_question(answer) for answer in answers)


def _without_the_question(answer):
    text = answer.content.decode()
    asked = answer.request["QUERY_STRING"]
    return "" if f"q={NAME}" in asked or f"q={INSIDE}" in asked or f"q={NAME[:6]}" in asked else text


def finds(world, role, word):
    client = Client()
    if world.users[role]:
        client.force_login(world.users[role])
    return [hit["kind"] for hit in client.get("/soeg/", {"q": word, "format": "json"}).json()["hits"]]


def opens(world, role, thing):
    client = Client()
    if world.users[role]:
        client.force_login(world.users[role])
    return client.get(thing.get_absolute_url()).status_code == 200


def test_a_public_partnership_is_told_to_everyone_but_for_what_members_write_for_each_other(world):
    said = said_to(world, "visitor")
    assert NAME in said and INSIDE in said and WRITTEN in said
    assert finds(world, "visitor", NAME)[0] == "partnership"
    assert opens(world, "visitor", world.partnership) and opens(world, "visitor", world.post)


OUTSIDE = ("visitor", "stranger", "editor")


@pytest.mark.parametrize(
    "fields", [{"visibility": "hidden"}, {"state": "proposed"}, {"state": "declined", "visibility": "listed"}]
)
def test_what_is_hidden_or_only_proposed_is_said_to_nobody_outside(world, index, fields):
    becomes(world, index, **fields)
    for role in OUTSIDE:
        said = said_to(world, role)
        assert not any(word in said for word in (NAME, INSIDE, WRITTEN))
        assert not any(finds(world, role, word) for word in (NAME, INSIDE, WRITTEN))
        assert not (opens(world, role, world.partnership) or opens(world, role, world.post))


def test_of_a_listed_one_outsiders_hear_name_and_purpose_and_nothing_else(world, index):
    becomes(world, index, visibility="listed")
    topic = world.partnership.topics.get().slug
    for role in OUTSIDE:
        said = said_to(world, role)
        assert NAME in said and INSIDE not in said and WRITTEN not in said
        assert finds(world, role, NAME) and not finds(world, role, INSIDE) and not finds(world, role, WRITTEN)
        assert opens(world, role, world.partnership) and not opens(world, role, world.post)
    assert Client().get(reverse("partnerships:partnership_list"), {"topic": topic}).context["listing"].total == 0


def test_a_listed_page_shows_no_member_seat_or_place(world, index):
    becomes(world, index, visibility="listed")
    page = Client().get(world.partnership.get_absolute_url()).content.decode()
    assert not any(word in page for word in (INSIDE, WRITTEN, "Vandværket", "Anna Administrator", "Asnæs"))


def test_members_hear_and_find_all_of_it(world, index):
    for visibility in ("listed", "hidden"):
        becomes(world, index, visibility=visibility)
        said = said_to(world, "member")
        assert NAME in said and WRITTEN in said
        assert "partnership" in finds(world, "member", NAME)
        assert finds(world, "member", WRITTEN) == ["post", "post"]
        page = Client()
        page.force_login(world.users["member"])
        shown = page.get(world.partnership.get_absolute_url()).content.decode()
        assert INSIDE in shown and WRITTEN in shown and "Vandværket" in shown


def test_the_facilitator_knows_of_a_hidden_one_and_reads_nothing_that_members_write(world, index):
    becomes(world, index, visibility="hidden")
    said = said_to(world, "facilitator")
    assert NAME in said and WRITTEN not in said
    assert finds(world, "facilitator", NAME) == ["partnership"] and not finds(world, "facilitator", WRITTEN)
    assert opens(world, "facilitator", world.partnership) and not opens(world, "facilitator", world.post)


def test_a_proposal_is_there_for_its_proposer_and_the_facilitator(world, index):
    proposer = world.users["stranger"].profile
    becomes(world, index, state=Partnership.State.PROPOSED, proposed_by=proposer)
    assert [role for role in world.users if opens(world, role, world.partnership)] == ["stranger", "facilitator"]


def test_a_seat_that_ended_ends_it_at_once(world, index):
    becomes(world, index, visibility="hidden")
    assert opens(world, "administrator", world.partnership)
    world.partnership.seats.update(until="2024-01-01")
    assert not opens(world, "administrator", world.partnership)
    assert NAME not in said_to(world, "administrator")
