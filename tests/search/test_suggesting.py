"""Suggestions: things by the beginnings of their names, and words; under the viewer's rights, at most eight."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search.engines import current_engine
from search.engines.base import EngineFailed, Row
from search.query import Viewer
from search.suggesting import _in_order
from search.views import suggest as view
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_membership, make_organisation, make_partnership, make_person, make_post, make_topic

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)
ADDRESS = "/soeg/forslag/"


def suggested(text, client=None, address=ADDRESS):
    response = (client or Client()).get(address, {"q": text, "format": "json"})
    assert response.status_code == 200
    return response.json()["suggestions"]


def texts(text, client=None, address=ADDRESS):
    return [one["text"] for one in suggested(text, client, address)]


def test_every_kind_is_suggested_by_the_beginning_of_any_word_in_any_spelling(index):
    make_site()
    story = make_story("Genbrug af Ålegræs")
    make_topic("Ålegræs")
    make_organisation("Aalegræs Laug")
    make_partnership("Netværk om ålegræs", administrator=make_person("Åle Åkande", consents=True))
    index()
    for typed in ("ål", "aale", "Åleg", "ÅLEGRÆS", "ålegraes"):
        found = {(one["kind"], one["text"]) for one in suggested(typed)}
        assert {("topic", "Ålegræs"), ("story", "Genbrug af Ålegræs")} <= found, typed
        assert {("organisation", "Aalegræs Laug"), ("partnership", "Netværk om ålegræs")} <= found, typed
    assert ("person", "Åle Åkande") in {(one["kind"], one["text"]) for one in suggested("å å ål")}
    (hit,) = [one for one in suggested("genbrug ål") if one["id"]]
    assert hit["id"] == f"story:{story.pk}"
    assert Client().get(hit["url"]).status_code == 200
    assert texts("legræs") == []


@EMBEDDED
def test_names_that_begin_so_come_first_and_exact_ones_before_all(index):
    for name in ("Vores Gips", "Gipsværket", "Gips", "Gips og Gips og Gips"):
        make_organisation(name)
    index()
    assert texts("gips")[0] == "Gips"
    assert texts("gips").index("Gipsværket") < texts("gips").index("Vores Gips")


@EMBEDDED
def test_words_continue_what_is_typed_and_lead_to_their_search(index):
    for number in range(3):
        make_story(f"Nummer {number}", summary="Overskudsvarme og overskud.")
    index()
    words = [one for one in suggested("ny oversk") if not one["id"]]
    assert {word["text"] for word in words} == {"ny overskudsvarme", "ny overskud"}
    assert words[0]["url"].startswith("/soeg/?q=ny+oversk")
    assert texts("o") == texts("") == texts("!!") == []


@EMBEDDED
def test_at_most_eight_and_words_have_room(index):
    for number in range(12):
        make_story(f"Varmelager {number}")
    for number in range(4):
        make_topic(f"Varme {number}")
    index()
    found = suggested("varm")
    assert len(found) == 8
    assert [one["kind"] for one in found][:2] == ["topic", "topic"]
    assert "word" in {one["kind"] for one in found}


def test_nobody_is_offered_what_they_may_not_see(index, monkeypatch):
    member, organisation = make_person("Mads Medlem"), make_organisation("Fjordbryg")
    make_membership(member, organisation)
    administrator = make_person("Zirkonia Anna")
    partnership = make_partnership(members=[organisation], administrator=administrator)
    for number in range(3):
        make_post(
            partnership, administrator, audience="members", title=f"Zirkonium {number}", organisation=organisation
        )
    make_story("Zirkonium kladde", live=False)
    index()
    signed_in = Client()
    signed_in.force_login(member.user)
    assert texts("zirk", signed_in) == ["Zirkonium 0", "Zirkonium 1", "Zirkonium 2"]
    stranger = Client()
    stranger.force_login(make_person("Frank Fremmed").user)
    assert texts("zirk") == texts("zirk", stranger) == []
    every = frozenset({"public", *(f"p:{n}" for n in range(100)), *(f"pa:{n}" for n in range(100))})
    monkeypatch.setattr(view.audience, "viewer", lambda user: Viewer(user, every))
    assert texts("zirk") == [], "the index is not believed about rights"


@EMBEDDED
def test_readers_of_english_are_offered_what_answers_in_english(index):
    make_site()
    for number in range(3):
        translate(make_story(f"Halmtag {number}"), title=f"Thatch {number}")
    index()
    english = "/en/search/suggest/"
    assert texts("halm", address=english) == []
    assert "thatch" in texts("that", address=english)
    assert suggested("that", address=english)[0]["url"].startswith("/en/")
    assert texts("that") == []


@EMBEDDED
def test_without_a_script_it_is_a_page_and_nothing_else_is_answered(index):
    make_site()
    make_story("<b>Gips</b> & kalk")
    index()
    html = Client().get(ADDRESS, {"q": "gips"}).content.decode()
    assert "&lt;b&gt;Gips&lt;/b&gt; &amp; kalk" in html
    assert "Intet begynder sådan" in Client().get(ADDRESS, {"q": "xyl"}).content.decode()
    assert Client().post(ADDRESS).status_code == 405
    home = Client().get("/").content.decode()
    assert f'data-suggest="{reverse("search:suggest")}"' in home


@EMBEDDED
def test_a_suggestion_is_still_given_while_the_engine_is_away(index, monkeypatch):
    make_topic("Gips")
    index()

    def refuse(*args):
        raise EngineFailed("gone")

    monkeypatch.setattr(type(current_engine()), "search", refuse)
    assert texts("gips") == ["Gips"]


@EMBEDDED
def test_suggestions_take_few_queries_however_much_there_is(index):
    def queries():
        suggested("varme")
        with CaptureQueriesContext(connection) as captured:
            suggested("varme")
        assert not [query for query in captured if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
        return len(captured)

    def more(count):
        for number in range(count):
            make_organisation(f"Varme {number}")
            make_story(f"Varme {number}")
        index()

    more(1)
    few = queries()
    more(4)
    assert queries() <= few <= 5


def test_the_order_of_what_is_offered_depends_on_no_score_but_that_of_the_name_itself():
    """A score counts how often a word stands in what the reader may not see, too."""

    def row(pk, title, score):
        return Row(f"story:{pk}", score, 1, f'{{"texts": [["da", "{title}", "", ""]]}}')

    names = ["Vores gips", "Gips", "Gipsværk", "Gips og aske", "Den gamle gips"]
    expected = ["story:1", "story:2", "story:3", "story:0", "story:4"]
    for scores in ([1.0, 101.0, 1.0, 2.0, 3.0], [5.0, 101.0, 2.5, 1.0, 0.1]):
        rows = [row(pk, title, score) for pk, (title, score) in enumerate(zip(names, scores, strict=True))]
        assert [one.id for one in _in_order(rows, "gips")] == expected
