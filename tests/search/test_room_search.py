"""What members share in a room is found by the members down to the passage, and by nobody else in any way."""

import pytest
from django.test import Client

from partnerships.services import meetings, minutes, room_documents
from tests.cms_pages import make_site
from tests.factories import (
    add_version,
    make_meeting,
    make_organisation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    yesterday,
)
from tests.search.test_no_leak import SECRET, answers

pytestmark = pytest.mark.django_db
embedded = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


@pytest.fixture
def anna():
    make_site()
    return make_person("Anna Eksempelsen")


def client_of(person):
    client = Client()
    client.force_login(person.user)
    return client


def found(client, text, **more):
    return client.get("/soeg/", {"q": text, "format": "json", **more}).json()


def ids(client, text, **more):
    return [hit["id"] for hit in found(client, text, **more)["hits"]]


def test_a_document_s_text_is_found_by_members_with_its_page_and_by_nobody_else(index, anna):
    partnership = make_partnership(administrator=anna)
    document = make_room_document(partnership, anna, pages=["Forsiden.", "Zirkonium i kølevandet."], data=b"x")
    document.current.pages = 2
    document.current.save()
    index()
    key = f"room_document:{document.pk}"
    assert ids(client_of(anna), "zirkonium") == [key]
    assert "Side 2" in client_of(anna).get("/soeg/", {"q": "zirkonium"}).content.decode()
    for client in (Client(), client_of(make_person("Fremmed"))):
        said = found(client, "zirkonium")
        assert (said["total"], said["hits"], said["did_you_mean"]) == (0, [], None)
        assert not said["facets"].get("filetype")
    partnership.seats.update(until=yesterday())
    assert ids(client_of(anna), "zirkonium") == []


@embedded
def test_only_the_latest_version_is_found(index, anna):
    document = make_room_document(make_partnership(administrator=anna), anna, pages=["Zirkonium."])
    add_version(document, anna, number=2, pages=["Yttrium."], data=b"ny")
    index()
    assert (ids(client_of(anna), "zirkonium"), len(ids(client_of(anna), "yttrium"))) == ([], 1)


@embedded
def test_made_public_it_is_found_by_everyone_and_taken_down_by_nobody(index, anna):
    document = make_room_document(make_partnership(administrator=anna), anna, pages=["Zirkonium."])
    room_documents.open_to_all(document=document, actor=anna.user)
    index()
    assert len(ids(Client(), "zirkonium")) == 1
    room_documents.remove_document(document=document, actor=anna.user)
    index()
    assert (ids(Client(), "zirkonium"), ids(client_of(anna), "zirkonium")) == ([], [])


@embedded
def test_minutes_are_found_once_they_are_approved_and_in_public_only_what_is_public(index, anna):
    partnership = make_partnership(administrator=anna)
    meeting = make_meeting(partnership, anna, in_days=-1, audience="public", title="Møde om damp")
    rows = [{"text": "Vi køber yttrium", "is_public": True}, {"text": "Vi sælger xenon"}]
    minutes.write_minutes(meeting=meeting, actor=anna.user, text="Zirkonium", decisions=rows)
    index()
    assert ids(client_of(anna), "yttrium") == []
    minutes.approve_minutes(meeting=type(meeting).objects.get(pk=meeting.pk), actor=anna.user)
    index()
    key = [f"meeting:{meeting.pk}"]
    assert [ids(Client(), word) for word in ("yttrium", "xenon", "zirkonium")] == [key, [], []]


@embedded
def test_a_hidden_or_listed_partnership_s_public_things_are_for_its_members(index, anna):
    partnership = make_partnership(administrator=anna, visibility="listed")
    make_meeting(partnership, anna, audience="public", title="Zirkonium")
    make_room_document(partnership, anna, audience="public", title="Zirkoniumplan")
    index()
    assert ids(Client(), "zirkonium") == []
    assert len(ids(client_of(anna), "zirkonium")) == 2


@embedded
def test_private_documents_and_meetings_change_nothing_for_a_stranger(index, anna):
    partnership = make_partnership("Varme og vand", administrator=anna, members=[make_organisation("Damp ApS")])
    make_post(partnership, anna, title="Vand og varme", audience="public")
    make_room_document(partnership, anna, audience="public", title="Vandplan", pages=["Damp og varme."])
    make_meeting(partnership, anna, audience="public", title="Møde om vand")
    index()
    stranger, asked = Client(), ["vand", "varme", "damp", *SECRET]
    before = answers(stranger, asked)
    for audience in ("members", "administrators"):
        make_room_document(partnership, anna, audience=audience, title="Vand zirkonium", pages=["Yttrium varme xenon."])
        make_meeting(partnership, anna, audience=audience, title="Varme wolfram", agenda_html="<p>Xenon og vand</p>")
    meetings.call_meeting(
        partnership=partnership,
        actor=anna.user,
        title="Zirkonium",
        begins=partnership.meetings.first().begins,
        ends=partnership.meetings.first().ends,
    )
    index()
    assert answers(stranger, asked) == before
    assert all(before[word]["total"] == 0 for word in SECRET)
    assert found(client_of(anna), "zirkonium")["total"] == 3
