"""Where nothing is found, the page says what was understood and what leads further."""

from datetime import date

import pytest
from django.test import Client

from cms.models import Municipality
from tests.cms_pages import make_site, make_story
from tests.factories import make_partnership, make_person, make_place, make_post, make_topic
from tests.search.asking import ask

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


def ways(found):
    return {way.label: way.count for way in found}


def test_each_filter_says_what_its_removal_would_find(index):
    asnaes, havnen = make_place("Asnæs"), make_place("Havnen")
    make_story("Varme i nord", places=[asnaes], statuses=["running"])
    make_story("Varme i syd", places=[asnaes], statuses=["running"])
    make_story("Varme i vest", places=[havnen], statuses=["stopped"])
    index()
    help = ask("varme", place=asnaes.slug, status="stopped").help
    assert ways(help.filters) == {"Sted: Asnæs": 1, "Status: Stoppet før tid": 2}
    assert [way.address for way in help.filters] == ["?q=varme&status=stopped", f"?q=varme&place={asnaes.slug}"]
    dated = ask("varme", until=date(1990, 1, 1)).help
    assert list(ways(dated.filters).values()) == [3]
    assert ask("varme", place="intet", status="heller-ikke").help.filters == ()
    assert ask("varme", place="intet", status="heller-ikke").help.without_filters == 3
    assert ask("xylofon", place=asnaes.slug).help.without_filters == 0
    assert ask("varme").help is None


@EMBEDDED
def test_what_was_understood_is_said(index):
    help = ask('hvad er xylofon "gul sol" -måne').help
    assert (help.words, help.phrases, help.without) == (("xylofon",), ("gul sol",), ("måne",))
    assert set(help.too_common) == {"hvad", "er"}


def test_near_words_and_the_parts_of_a_compound_lead_to_something(index):
    for number in range(3):
        make_story(f"Fjernvarme {number}", summary="Om vand.")
    index()
    assert ways(ask("fjernvarmevulkan xylofon").help.terms) == {"fjernvarme": 3}
    assert ways(ask('"fjernvarmr xylofon" fjernvarmr').help.terms) == {"fjernvarme": 3}
    assert ask("xylofon").help.terms == ()


@EMBEDDED
def test_counts_of_help_are_those_of_the_viewer(index):
    author = make_person("Anna")
    partnership = make_partnership("Vandnet", administrator=author)
    make_post(partnership, author, title="Zirkonium", audience="members")
    index()
    filters = {"kind": "story"}
    assert ask("zirkonium", **filters).help.filters == ()
    assert list(ways(ask("zirkonium", user=author.user, **filters).help.filters).values()) == [1]


@EMBEDDED
def test_whom_to_ask_is_the_topics_mailbox_and_else_the_sites(index):
    make_site()
    Municipality.objects.update(mailbox="kontakt@example.org")
    water, silent = make_topic("Vand"), make_topic("Klima")
    water.mailbox = "vand@example.org"
    water.save()
    index()

    def page(**parameters):
        html = Client().get("/soeg/", parameters).content.decode()
        return html[html.index('class="s-empty"') : html.index("</section>")]

    assert "mailto:vand@example.org" in page(q="xylofon", topic=water.slug)
    assert "mailto:vand@example.org" in page(q="xylofon vand", kind="idea")
    for html in (page(q="xylofon"), page(q="xylofon", topic=silent.slug)):
        assert "mailto:kontakt@example.org" in html
        assert "vand@example.org" not in html
    assert "Vi søgte efter" in page(q="xylofon")
