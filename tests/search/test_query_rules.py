"""How words are read and hits are ordered, as one sees it on the page."""

from datetime import date

import pytest
from django.test import Client

from partnerships import clock
from partnerships.models import FormerName
from search.documents import days
from search.engines.base import Row
from search.ranking import ranked
from tests.cms_pages import make_site, make_story, make_update
from tests.factories import make_organisation
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


def page(**parameters):
    return Client().get("/soeg/", parameters).content.decode()


def test_a_phrase_is_found_only_in_its_order_and_minus_takes_away(index):
    for title in ("Grøn varme", "Varme som er grøn og god", "Grøn strøm"):
        make_story(title)
    index()
    assert titles(ask('"grøn varme"')) == ["Grøn varme"]
    assert titles(ask('"varme grøn"')) == ["Varme som er grøn og god"], "function words leave no gap"
    assert titles(ask('"strøm grøn"')) == []
    assert titles(ask("grøn -varme")) == ["Grøn strøm"]
    assert set(titles(ask('varme -"grøn varme"'))) == {"Varme som er grøn og god"}
    assert set(titles(ask("-varme"))) >= {"Grøn strøm"}


@EMBEDDED
def test_more_than_32_words_or_256_signs_are_cut_and_it_is_said(index):
    make_site()
    index()
    words, letters = [f"ord{n}" for n in range(33)], "x" * 257
    for typed, kept, is_cut in (
        (" ".join(words[:32]), " ".join(words[:32]), False),
        (" ".join(words), " ".join(words[:32]), True),
        (letters[:256], letters[:256], False),
        (letters, letters[:256], True),
    ):
        html = page(q=typed)
        assert ("meget lang" in html) == is_cut
        assert f'value="{kept}"' in html


def test_some_of_the_words_do_where_fewer_than_three_things_have_all(index):
    for number in range(2):
        make_story(f"Gips og halm {number}")
    make_story("Kun gips")
    index()
    wide = ask("gips halm")
    assert len(titles(wide)) == 3
    assert titles(wide)[2] == "Kun gips"
    assert "Få har alle ordene" in wide.notice
    assert len(titles(ask("gips halm", exact=True))) == 2
    make_story("Gips og halm 3")
    index()
    assert len(titles(ask("gips halm"))) == 3
    assert ask("gips halm").notice == ""


def test_an_exact_title_or_name_comes_first(index):
    make_story("Gips gips gips", summary="Gips gips gips.")
    make_organisation("Gips")
    make_organisation("Gips Nord")
    index()
    assert titles(ask("gips"))[0] == "Gips"
    assert titles(ask("GIPS nord"))[0] == "Gips Nord"


def test_a_former_name_is_found_and_said_in_the_hit(index):
    make_site()
    organisation = make_organisation("Novonesis")
    FormerName.objects.create(organisation=organisation, name="Novozymes")
    make_organisation("Novafos")
    index()
    assert titles(ask("novozymes")) == ["Novonesis"]
    assert "tidligere <mark>Novozymes</mark>" in page(q="novozymes")
    assert "tidligere" not in page(q="novonesis").split('class="s-hits"')[1].split("</ul>")[0]


def test_one_letter_off_counts_only_where_nothing_has_the_word(index):
    make_story("Halmfyr")
    make_story("Halmtyr")
    index()
    assert titles(ask("halmfyr")) == ["Halmfyr"]
    near = ask("halmgyr")
    assert set(titles(near)) == {"Halmfyr", "Halmtyr"}
    assert "staves næsten ens" in near.notice
    assert titles(ask("halmgyr", exact=True)) == []
    assert titles(ask("halmgxr")) == [], "two letters off"


@pytest.mark.parametrize(("kind", "fades"), [("update", True), ("post", True), ("story", False), ("person", False)])
def test_only_news_and_posts_fade(kind, fades):
    today = clock.today()
    old = Row(f"{kind}:1", 1.01, days(today.replace(year=today.year - 10)), "{}")
    new = Row(f"{kind}:2", 1.0, days(today), "{}")
    assert [row.id for row in ranked([old, new], today)] == ([new.id, old.id] if fades else [old.id, new.id])


@EMBEDDED
def test_the_filter_form_has_a_range_of_dates_that_narrows(index):
    make_site()
    for year in (2019, 2021, 2023):
        make_update(f"Gips {year}", date=date(year, 6, 1))
    index()
    html = page(q="gips", **{"from": "2020-01-01", "to": "2022-12-31"})
    assert 'name="from" value="2020-01-01"' in html
    assert 'name="to" value="2022-12-31"' in html
    assert "Viser 1-1 af 1" in html
    assert set(titles(ask("gips", since=date(2021, 6, 1)))) == {"Gips 2021", "Gips 2023"}
    assert set(titles(ask("gips", until=date(2021, 5, 31)))) == {"Gips 2019"}


@EMBEDDED
def test_names_sort_as_danes_expect_on_the_page(index):
    make_site()
    names = ["Gips Aalborg", "Gips Æbelø", "Gips Zink", "Gips alm", "Gips Ørsted"]
    for name in names:
        make_organisation(name)
    index()
    html = page(q="gips", sort="name")
    order = sorted(names, key=lambda name: html.index(f"</mark>{name.removeprefix('Gips')}"))
    assert order == ["Gips alm", "Gips Zink", "Gips Æbelø", "Gips Ørsted", "Gips Aalborg"]
