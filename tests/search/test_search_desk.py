"""The editors' search desk: its lists, and what can be done from a row."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from partnerships.services.refusals import Invalid
from search import desk
from search.models import LoggedSearch, Promotion, Synonym, Wish
from search.services import promotions, synonyms, wishes
from search.sources import key_of
from search.trying import before_and_after
from tests.cms_pages import make_story
from tests.search.asking import Query
from tests.search.desk import LOG, PROMOTE, TRY

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


def make_row(query, *, days=1, searches=1, results=1, clicks=0, lang="da"):
    hour = timezone.now() - timedelta(days=days)
    LoggedSearch.objects.create(query=query, lang=lang, hour=hour, searches=searches, results=results, clicks=clicks)


def text_of(client, address, **parameters):
    answer = client.get(address, parameters)
    assert answer.status_code == 200, answer.get("Location")
    return answer.content.decode()


class TestLists:
    def queries(self, chosen, days=30):
        return [row["query"] for row in desk.lines(chosen, days)]

    def test_what_is_searched_most_comes_first_over_all_rows_of_a_query(self, db):
        make_row("vand", searches=3)
        make_row("varme", searches=2)
        make_row("varme", days=2, searches=2)
        make_row("varme", lang="en")
        assert self.queries(desk.MOST) == ["varme", "vand", "varme"]

    def test_what_found_nothing_is_what_once_found_nothing(self, db):
        make_row("brint", results=0, searches=2)
        make_row("brint", results=1)
        make_row("tang", results=0)
        make_row("varme")
        assert self.queries(desk.EMPTY) == ["brint", "tang"]

    def test_what_nobody_opened_had_something_to_open(self, db):
        make_row("pris", searches=2)
        make_row("brint", results=0)
        make_row("varme")
        make_row("varme", searches=0, results=None, clicks=1)
        assert self.queries(desk.UNOPENED) == ["pris"]

    @pytest.mark.parametrize(("days", "shown"), [(7, ["ny"]), (30, ["ny", "ældre"]), (90, ["gammel", "ny", "ældre"])])
    def test_a_period_has_its_own_searches(self, db, days, shown):
        make_row("ny", days=6)
        make_row("ældre", days=29)
        make_row("gammel", days=89)
        assert sorted(self.queries(desk.MOST, days)) == shown

    def test_clicks_alone_are_no_search(self, db):
        make_row("varme", searches=0, results=None, clicks=1)
        assert self.queries(desk.MOST) == []

    @EMBEDDED
    def test_a_list_says_what_everybody_finds_now_and_leads_on(self, screens, index):
        make_row("varme", results=0)
        make_story("Varme")
        index()
        page = text_of(screens, LOG, list="empty")
        for address in (f"{TRY}?q=varme", f"{PROMOTE}?q=varme&amp;lang=da", f"{reverse('wish:add')}?q=varme"):
            assert address in page
        line = screens.get(LOG, {"list": "empty"}).context["lines"][0]
        assert (line.empty, line.now) == (1, 1)

    @EMBEDDED
    def test_twice_the_rows_take_as_many_queries(self, screens):
        def asked():
            with CaptureQueriesContext(connection) as captured:
                assert screens.get(LOG).status_code == 200
            return len(captured)

        def more(count):
            for number in range(count):
                make_row(f"søgning {LoggedSearch.objects.count()} {number}")

        asked()
        more(6)
        few = asked()
        more(6)
        assert asked() == few

    @EMBEDDED
    @pytest.mark.parametrize(
        "parameters",
        [{"list": "x", "days": "x", "p": "x"}, {"days": "1" * 30, "p": "-1"}, {"list": "'; --", "p": "999"}],
        ids=str,
    )
    def test_nothing_in_the_address_breaks_it(self, screens, parameters):
        make_row("<script>alert(1)</script>")
        page = text_of(screens, LOG, **parameters)
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page

    @EMBEDDED
    def test_it_is_in_the_menu_in_danish_and_in_one_group(self, screens):
        page = text_of(screens, LOG)
        for label in ("Hvad folk s\\u00f8ger", "Anbefalede resultater", "Manglende historier", "Synonymer"):
            assert label in page
        assert "Recommended" not in page


class TestSynonym:
    def typed(self, **more):
        return {"q": "elbil", "word": "elbil", "others": "ladestander", "both_ways": "on", "lang": "", **more}

    def test_results_stand_side_by_side_before_anything_is_kept(self, screens, index):
        make_story("Ladestandere")
        index()
        answer = screens.post(TRY, self.typed(act="try"))
        before, after = answer.context["before"], answer.context["after"]
        assert (before.total, after.total) == (0, 1)
        assert [(hit.name, hit.is_new) for hit in after.hits] == [("Ladestandere", True)]
        assert after.also == ("ladestander",)
        assert "Intet er gemt endnu" in answer.content.decode()
        assert not Synonym.objects.exists()
        assert screens.post(TRY, self.typed(act="keep")).status_code == 302
        assert Synonym.objects.get().others == "ladestander"

    @EMBEDDED
    def test_a_row_that_is_there_is_added_to(self, screens, editor):
        kept = synonyms.keep(actor=editor, word="elbil", others="bus")
        assert 'value="bus"' in text_of(screens, TRY, q="Elbil")
        screens.post(TRY, self.typed(others="bus, ladestander", act="keep"))
        kept.refresh_from_db()
        assert kept.others == "bus, ladestander"
        assert Synonym.objects.count() == 1

    @EMBEDDED
    def test_a_row_that_is_changed_is_tried_in_place_of_the_old(self, index, editor):
        make_story("Bussen")
        index()
        kept = synonyms.keep(actor=editor, word="elbil", others="bus")
        kept.others = "ladestander"
        before, after = before_and_after(Query(text="elbil"), kept)
        assert (before.total, after.total) == (1, 0)

    @EMBEDDED
    @pytest.mark.parametrize(("field", "value"), [("others", "elbil"), ("word", ""), ("others", ""), ("lang", "xx")])
    def test_what_is_refused_stands_at_its_field(self, screens, field, value):
        answer = screens.post(TRY, self.typed(act="keep", **{field: value}))
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert not Synonym.objects.exists()


class TestPromote:
    @EMBEDDED
    def test_what_a_search_finds_is_chosen_and_put_first(self, screens, index):
        thing = make_story("Kulde")
        index()
        assert key_of(thing) in text_of(screens, PROMOTE, q="varme", find="kulde")
        typed = {"words": "varme", "lang": "", "until": "", "key": key_of(thing)}
        assert screens.post(f"{PROMOTE}?q=varme&find=kulde", typed).status_code == 302
        assert Promotion.objects.get().name == "Kulde"
        listed = text_of(screens, reverse("promotion:index"))
        assert "Kulde" in listed
        assert "varme" in listed

    @EMBEDDED
    def test_what_is_not_everybodys_cannot_be_chosen(self, screens, index):
        hidden = make_story("Kladde", live=False)
        index()
        assert key_of(hidden) not in text_of(screens, PROMOTE, q="kladde")
        for key in (key_of(hidden), "story:0", "person:1", "x"):
            answer = screens.post(f"{PROMOTE}?q=kladde", {"words": "kladde", "lang": "", "until": "", "key": key})
            assert answer.status_code == 200, key
        assert not Promotion.objects.exists()

    @EMBEDDED
    def test_it_is_changed_and_withdrawn_on_its_list(self, screens, editor):
        kept = promotions.promote(actor=editor, words="varme", key=key_of(make_story("Kulde")))
        typed = {"words": "frost", "lang": "da", "until": ""}
        screens.post(reverse("promotion:edit", args=[kept.pk]), typed)
        kept.refresh_from_db()
        assert (kept.words, kept.lang) == ("frost", "da")
        assert screens.get(reverse("promotion:add"))["Location"] == PROMOTE
        screens.post(reverse("promotion:delete", args=[kept.pk]))
        assert not Promotion.objects.exists()


class TestWishes:
    @EMBEDDED
    def test_a_missing_story_is_noted_from_a_search_and_leads_to_its_page(self, screens):
        assert 'value="brint"' in text_of(screens, reverse("wish:add"), q="brint")
        screens.post(reverse("wish:add"), {"words": "Brint", "note": "Spørg havnen", "state": "open", "page": ""})
        wish = Wish.objects.get()
        assert (wish.words, wish.state) == ("brint", "open")
        change, page = reverse("wish:edit", args=[wish.pk]), make_story("Brint på havnen")
        typed = {"words": "brint", "note": "", "state": "written", "page": ""}
        assert "page" in screens.post(change, typed).context["form"].errors
        screens.post(change, {**typed, "page": page.pk})
        wish.refresh_from_db()
        assert (wish.state, wish.page_id) == ("written", page.pk)
        assert list(Wish.objects.open()) == []

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"words": ""}, "words"),
            ({"words": "010190-1234"}, "words"),
            ({"words": "brint", "state": "written"}, "page"),
            ({"words": "brint", "state": "nonsense"}, "state"),
            ({"words": "brint", "note": "x" * 1_001}, "note"),
        ],
        ids=str,
    )
    def test_what_cannot_be_is_refused_at_its_field(self, editor, values, field):
        with pytest.raises(Invalid) as refused:
            wishes.keep(actor=editor, **values)
        assert refused.value.field == field
        assert not Wish.objects.exists()

    def test_what_is_missing_has_no_page(self, editor):
        with pytest.raises(Invalid):
            wishes.keep(actor=editor, words="brint", page=make_story("Brint"))
