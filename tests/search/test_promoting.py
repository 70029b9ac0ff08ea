"""What editors put first stands above both engines, once, under everybody's rights, and no longer than it should."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import translation

from cms.editors import EDITORS, FACILITATORS
from partnerships import clock
from partnerships.services.refusals import Invalid, NotAllowed
from search.counting import found_by_all
from search.models import Promotion
from search.services import promotions
from search.sources import key_of
from tests.cms_pages import make_site, make_story, translate
from tests.factories import make_organisation, make_partnership, make_person, make_post, make_user
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db
EMBEDDED = pytest.mark.parametrize("engine_name", ["embedded"], indirect=True)


def user_in(*groups):
    user = make_person("Erik Redaktør").user
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def editor():
    make_site()
    return user_in(EDITORS)


def promote(editor, words, thing, **more):
    return promotions.promote(actor=editor, words=words, key=key_of(thing), **more)


class TestTheList:
    def test_it_comes_first_once_and_is_marked(self, index, editor):
        make_story("Elbiler på havnen")
        thing = make_story("Biler", summary="Også elbiler.")
        index()
        assert titles(ask("elbil")) == ["Elbiler på havnen", "Biler"]
        promote(editor, "elbil", thing)
        found = ask("elbil")
        assert titles(found) == ["Biler", "Elbiler på havnen"]
        assert [hit.is_recommended for hit in found.hits] == [True, False]
        assert found.total == 2

    def test_it_comes_first_where_the_search_would_not_find_it(self, index, editor):
        make_story("Elbiler på havnen")
        thing = make_story("Ladestandere")
        index()
        promote(editor, "elbil", thing)
        found = ask("elbil")
        assert titles(found) == ["Ladestandere", "Elbiler på havnen"]
        assert found.total == 2
        promote(editor, "hestevogn", thing)
        alone = ask("hestevogn")
        assert (titles(alone), alone.total, alone.help) == (["Ladestandere"], 1, None)
        assert found_by_all(["hestevogn", "cykelsti"], "da") == {"hestevogn": 1, "cykelsti": 0}

    @EMBEDDED
    def test_on_no_page_does_anything_stand_twice_or_is_anything_missing(self, index, editor):
        stories = [make_story(f"Varme nummer {number}") for number in range(30)]
        index()
        promote(editor, "varme", stories[20])
        promote(editor, "varme", make_story("Kulde"))
        index()
        shown = [hit.id for page in (1, 2, 3) for hit in ask("varme", page=page).hits]
        assert len(shown) == len(set(shown)) == ask("varme").total == 31
        assert [hit.is_recommended for hit in ask("varme").hits][:3] == [True, True, False]

    @EMBEDDED
    def test_the_words_may_stand_in_another_order_and_form(self, index, editor):
        thing = make_story("Kulde")
        index()
        promote(editor, "varme priser", thing)
        for text in ("varme pris", "Priser varmen", "pris på varme"):
            assert titles(ask(text))[:1] == ["Kulde"], text
        for text in ("varme", "pris", "varme pris havnen", '"varme priser"', "varme -priser", "varme pris -is"):
            assert "Kulde" not in titles(ask(text)), text

    @EMBEDDED
    def test_only_the_plain_search_is_led(self, index, editor):
        make_story("Varme på havnen")
        thing = make_story("Kulde")
        index()
        promote(editor, "varme", thing)
        for more in ({"sort": "newest"}, {"kind": "story"}, {"exact": True}, {"since": clock.today()}):
            assert "Kulde" not in titles(ask("varme", **more)), more

    @EMBEDDED
    def test_at_most_three_come_first(self, index, editor):
        for name in ("Et", "To", "Tre", "Fire"):
            promote(editor, "varme", make_story(name))
        index()
        assert titles(ask("varme")) == ["Et", "To", "Tre"]


class TestRights:
    def test_what_is_unpublished_vanishes_at_once(self, index, editor):
        thing = make_story("Kulde")
        index()
        promote(editor, "varme", thing)
        thing.unpublish()
        assert titles(ask("varme")) == []
        assert ask("varme").total == 0

    @EMBEDDED
    def test_a_person_who_takes_back_their_consent_vanishes(self, index, editor):
        person = make_person("Karen Kontakt", consents=True)
        promote(editor, "varme", person)
        index()
        assert titles(ask("varme")) == ["Karen Kontakt"]
        person.consents.all().delete()
        assert titles(ask("varme")) == []

    def test_what_is_for_members_cannot_be_recommended(self, editor):
        person = make_person("Anna")
        partnership = make_partnership("Energi", members=[make_organisation("Værket")], administrator=person)
        post = make_post(partnership, person, title="Kun for os", audience="members")
        hidden = make_story("Kladde", live=False)
        for thing in (post, hidden, make_person("Uden samtykke")):
            with pytest.raises(Invalid):
                promote(editor, "varme", thing)
        for key in ("", "story", "story:", "story:x", "story:0", "nothing:1", "story:99999999999999999999", "a'b:1"):
            with pytest.raises(Invalid):
                promotions.promote(actor=editor, words="varme", key=key)

    @EMBEDDED
    def test_what_became_members_own_is_not_shown_to_others(self, index, editor):
        person = make_person("Anna")
        partnership = make_partnership("Energi", members=[make_organisation("Værket")], administrator=person)
        post = make_post(partnership, person, title="Til alle")
        promote(editor, "varme", post)
        type(post).objects.filter(pk=post.pk).update(audience="members")
        assert titles(ask("varme")) == []
        assert titles(ask("varme", user=person.user)) == ["Til alle"]

    @EMBEDDED
    def test_each_language_is_led_to_its_own(self, index, editor):
        thing = make_story("Kulde")
        promote(editor, "varme", thing)
        assert titles(ask("varme", language="en")) == ["Kulde"]
        other = translate(thing, title="Cold")
        assert titles(ask("varme", language="en")) == []
        promote(editor, "varme", other, lang="en")
        index()
        assert titles(ask("varme", language="en")) == ["Cold"]
        assert titles(ask("varme")) == ["Kulde"]


class TestServices:
    @EMBEDDED
    def test_it_ends_after_its_last_day(self, index, editor):
        thing = make_story("Kulde")
        promotion = promote(editor, "varme", thing, until=clock.today())
        assert titles(ask("varme")) == ["Kulde"]
        with clock.at(clock.now() + timedelta(days=1)):
            assert titles(ask("varme")) == []
        with pytest.raises(Invalid):
            promotions.change(
                actor=editor, promotion=promotion, words="varme", lang="", until=clock.today() - timedelta(days=1)
            )

    @EMBEDDED
    def test_what_is_changed_or_withdrawn_is_in_force_with_the_next_search(self, index, editor):
        promotion = promote(editor, "varme", make_story("Kulde"))
        assert titles(ask("varme")) == ["Kulde"]
        promotions.change(actor=editor, promotion=promotion, words="frost", lang="", until=None)
        assert titles(ask("varme")) == []
        assert titles(ask("frost")) == ["Kulde"]
        promotions.withdraw(actor=editor, promotion=promotion)
        assert titles(ask("frost")) == []

    @pytest.mark.parametrize("words", ["", " ", "x", '"to ord"', "varme -kulde", "og", "!!!", "v" * 200 + "!"])
    def test_words_that_no_plain_search_has_are_refused(self, editor, words):
        if words.startswith("v" * 200):
            words = "-" + words
        with pytest.raises(Invalid):
            promote(editor, words, make_story("Kulde"))

    def test_the_same_is_not_put_first_twice(self, editor):
        thing = make_story("Kulde")
        promote(editor, "Varme", thing)
        with pytest.raises(Invalid):
            promote(editor, " varme ", thing)

    def test_only_editors_may(self, editor):
        thing = make_story("Kulde")
        promotion = promote(editor, "varme", thing)
        for user in (user_in(FACILITATORS), make_user()):
            for act in (
                lambda who: promote(who, "frost", thing),
                lambda who: promotions.change(actor=who, promotion=promotion, words="frost", lang="", until=None),
                lambda who: promotions.withdraw(actor=who, promotion=promotion),
            ):
                with pytest.raises(NotAllowed):
                    act(user)
        assert Promotion.objects.get().words == "varme"


@EMBEDDED
def test_the_page_says_so_in_words_and_the_json_says_it_too(index, editor):
    thing = make_story("Kulde")
    make_story("Varme")
    index()
    promote(editor, "varme", thing)
    page = Client().get("/soeg/", {"q": "varme"}).content.decode()
    assert page.count("Anbefalet af redaktionen") == 1
    with translation.override("en"):
        assert "Recommended by the editors" in Client().get("/en/search/", {"q": "varme"}).content.decode()
    hits = Client().get("/soeg/", {"q": "varme", "format": "json"}).json()["hits"]
    assert [(hit["title"], hit.get("recommended")) for hit in hits] == [("Kulde", True), ("Varme", None)]
