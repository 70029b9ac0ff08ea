"""Editors say how search takes a word: queries follow at once, the index after the rows of what has the word."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS, MODERATORS
from partnerships.services.refusals import Invalid, NotAllowed
from search import audit, indexing, word_rules
from search.analysis.current import current_analyser, put_in_force
from search.analysis.rules import Rules, as_written
from search.models import OutboxRow, WordRule
from search.services.word_rules import keep_rule, remove_rule
from search.stamps import UNTOUCHED, stamps
from tests.factories import make_organisation, make_person
from tests.search.asking import ask, titles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_its_own_rules(monkeypatch):
    monkeypatch.setattr(word_rules, "_stamp", UNTOUCHED)
    put_in_force(Rules())
    yield
    put_in_force(Rules())


def user_in(*groups):
    user = make_person("Erik Redaktør").user
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def editor():
    return user_in(EDITORS)


def split(word):
    word_rules.follow_rules()
    return [part.surface for part in current_analyser().split(word)]


class TestWhatARuleSays:
    def test_a_word_stays_whole_in_all_its_forms(self, editor):
        assert split("vandværkerne") == ["vand", "værkerne"]
        keep_rule(actor=editor, word="vandværk", kind="whole")
        assert split("vandværkerne") == split("vandværk") == []

    def test_it_stays_whole_inside_a_longer_word_too(self, editor):
        assert split("netværksgruppe") == ["net", "værks", "gruppe"]
        keep_rule(actor=editor, word="netværk", kind="whole")
        assert split("netværksgruppe") == ["netværks", "gruppe"]

    def test_other_words_are_split_as_before(self, editor):
        keep_rule(actor=editor, word="vandværk", kind="whole")
        assert split("vandrør") == ["vand", "rør"]
        assert split("kraftværk") == ["kraft", "værk"]

    def test_a_word_has_the_parts_that_an_editor_names(self, editor):
        keep_rule(actor=editor, word="kvælstofkvote", kind="parts", parts="kvælstof kvote")
        assert split("kvælstofkvoterne") == ["kvælstof", "kvoterne"]

    def test_linking_letters_need_not_be_named(self, editor):
        keep_rule(actor=editor, word="symbiosesekretariat", kind="parts", parts="symbiose sekretariat")
        keep_rule(actor=editor, word="grøngasordning", kind="parts", parts="grøngas ordning")
        assert split("symbiosesekretariatet") == ["symbiose", "sekretariatet"]
        assert as_written("fiskerilaugsmøde", ["fiskeri", "laug", "møde"]) == ["fiskeri", "laugs", "møde"]

    def test_a_word_of_the_field_takes_part_in_others(self, editor):
        assert split("vindmøllelaug") == split("laugsmøde") == []
        keep_rule(actor=editor, word="laug", kind="element")
        assert split("vindmøllelaug") == ["vind", "mølle", "laug"]
        assert split("laugsmøde") == ["laugs", "møde"]

    def test_an_element_may_stand_otherwise_before_another_word(self, editor):
        keep_rule(actor=editor, word="gublik", kind="element", opens="gublike")
        assert split("gublikevand") == ["gublike", "vand"]

    def test_a_rule_that_is_removed_says_nothing(self, editor):
        rule = keep_rule(actor=editor, word="vandværk", kind="whole")
        assert split("vandværk") == []
        remove_rule(term=rule, actor=editor)
        assert split("vandværk") == ["vand", "værk"]


class TestServices:
    @pytest.mark.parametrize("groups", [(FACILITATORS,), ()])
    def test_only_editors_may(self, groups, editor):
        rule = keep_rule(actor=editor, word="vandværk", kind="whole")
        other = user_in(*groups)
        for act in (
            lambda: keep_rule(actor=other, word="kraftværk", kind="whole"),
            lambda: keep_rule(actor=other, word="vandværk", kind="element", rule=rule),
            lambda: remove_rule(term=rule, actor=other),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert list(WordRule.objects.values_list("word", "kind")) == [("vandværk", "whole")]

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"word": "to ord", "kind": "whole"}, "word"),
            ({"word": "ab", "kind": "whole"}, "word"),
            ({"word": "<b>", "kind": "whole"}, "word"),
            ({"word": "vandværk", "kind": "whole"}, "word"),
            ({"word": "vandhane", "kind": "nonsense"}, "kind"),
            ({"word": "vandhane", "kind": "parts"}, "parts"),
            ({"word": "vandhane", "kind": "parts", "parts": "vandhane"}, "parts"),
            ({"word": "vandhane", "kind": "parts", "parts": "vand rør"}, "parts"),
            ({"word": "laug", "kind": "element", "opens": "to ord"}, "opens"),
        ],
    )
    def test_what_cannot_be_is_refused_at_its_field(self, editor, values, field):
        keep_rule(actor=editor, word="Vandværk ", kind="whole")
        with pytest.raises(Invalid) as refused:
            keep_rule(actor=editor, **values)
        assert refused.value.field == field

    def test_old_and_new_word_are_indexed_anew(self, editor):
        rule = keep_rule(actor=editor, word="vandværk", kind="whole")
        OutboxRow.objects.all().delete()
        keep_rule(actor=editor, rule=rule, word="kraftværk", kind="whole")
        assert set(OutboxRow.objects.values_list("key", flat=True)) == {"word:vandværk", "word:kraftværk"}


class TestSeveralProcesses:
    def test_each_change_gives_another_stamp(self, editor):
        seen = [stamps()[WordRule]]
        rule = keep_rule(actor=editor, word="vandværk", kind="whole")
        seen.append(stamps()[WordRule])
        keep_rule(actor=editor, rule=rule, word="vandværk", kind="element")
        seen.append(stamps()[WordRule])
        remove_rule(term=rule, actor=editor)
        keep_rule(actor=editor, word="kraftværk", kind="whole")
        seen.append(stamps()[WordRule])
        assert len(set(seen)) == 4

    def test_a_process_that_did_not_make_the_rule_follows_with_one_query(self, editor, django_assert_num_queries):
        WordRule.objects.create(word="vandværk", kind="whole")
        with django_assert_num_queries(2):
            word_rules.follow_rules()
        with django_assert_num_queries(1):
            word_rules.follow_rules()
        assert not current_analyser().split("vandværk")

    def test_a_rule_that_was_rolled_back_is_not_followed(self, editor):
        with pytest.raises(RuntimeError), transaction.atomic():
            keep_rule(actor=editor, word="vandværk", kind="whole")
            assert split("vandværk") == []
            raise RuntimeError
        assert split("vandværk") == ["vand", "værk"]


class TestTheIndexFollows:
    def test_queries_at_once_and_what_has_the_word_after_its_row(self, index, editor):
        make_organisation("Havnens vindmøllelaug")
        make_organisation("Brintlauget i Rørby")
        make_organisation("Kystens venner")
        index()
        assert titles(ask("laug")) == []
        rule = keep_rule(actor=editor, word="laug", kind="element")
        index()
        assert set(titles(ask("laug"))) == {"Havnens vindmøllelaug", "Brintlauget i Rørby"}
        assert not audit.compare().keys
        remove_rule(term=rule, actor=editor)
        index()
        assert titles(ask("laug")) == []
        assert not audit.compare().keys

    def test_a_word_that_stays_whole_is_no_longer_found_by_its_part(self, index, editor):
        make_organisation("Gørlev Vandværk")
        index()
        assert titles(ask("vand")) == ["Gørlev Vandværk"]
        keep_rule(actor=editor, word="vandværk", kind="whole")
        index()
        assert titles(ask("vand")) == []
        assert titles(ask("vandværker")) == ["Gørlev Vandværk"]

    def test_a_new_query_falls_into_its_parts_before_anything_is_indexed_anew(self, index, editor):
        make_organisation("Vind, mølle og laug")
        index()
        keep_rule(actor=editor, word="laug", kind="element")
        assert OutboxRow.objects.filter(key="word:laug").exists()
        assert titles(ask("vindmøllelaug")) == ["Vind, mølle og laug"]

    def test_only_what_has_the_word_is_written(self, db, editor):
        has = [make_organisation("Havnens vindmøllelaug"), make_organisation("Lauget")]
        make_organisation("Kystens venner")
        assert set(word_rules.what_has(["laug"])) == {f"organisation:{one.pk}" for one in has}

    def test_an_irregular_form_is_the_word_too(self, db):
        found = make_organisation("Fiskernes landmænd")
        assert word_rules.what_has(["landmand"]) == [f"organisation:{found.pk}"]

    def test_the_audit_mends_what_was_written_by_other_rules(self, index, editor):
        stale = make_organisation("Havnens vindmøllelaug")
        index()
        keep_rule(actor=editor, word="laug", kind="element")
        OutboxRow.objects.all().delete()
        drift = audit.compare()
        assert drift.keys == (f"organisation:{stale.pk}",)
        audit.mend(drift)
        assert titles(ask("laug")) == ["Havnens vindmøllelaug"]


def client_in(*groups):
    client = Client()
    client.force_login(user_in(*groups))
    return client


class TestScreen:
    @pytest.mark.parametrize(
        ("groups", "allowed"),
        [((EDITORS,), True), ((MODERATORS,), True), ((ADMINISTRATORS,), True), ((FACILITATORS,), False), ((), False)],
    )
    def test_only_editors_see_it(self, groups, allowed):
        client = client_in(*groups)
        for act in ("index", "add"):
            assert (client.get(reverse(f"wordrule:{act}")).status_code == 200) == allowed
        answer = client.post(reverse("wordrule:add"), {"word": "vandværk", "kind": "whole"})
        assert WordRule.objects.exists() == allowed, answer.status_code

    def test_an_editor_adds_changes_and_removes_a_rule(self):
        client = client_in(EDITORS)
        client.post(reverse("wordrule:add"), {"word": "Vandværk", "kind": "whole"})
        rule = WordRule.objects.get(word="vandværk")
        change = reverse("wordrule:edit", args=[rule.pk])
        assert "vandværk" in client.get(change).content.decode()
        client.post(change, {"word": "vandværk", "kind": "parts", "parts": "vand værk"})
        rule.refresh_from_db()
        assert (rule.kind, rule.parts) == ("parts", "vand værk")
        client.post(reverse("wordrule:delete", args=[rule.pk]))
        assert not WordRule.objects.exists()

    def test_what_is_refused_stands_at_its_field_with_what_was_typed(self):
        answer = client_in(EDITORS).post(
            reverse("wordrule:add"), {"word": "vandhane", "kind": "parts", "parts": "vand rør"}
        )
        assert "parts" in answer.context["form"].errors
        assert "vand rør" in answer.content.decode()
        assert "Delene danner ikke ordet tilsammen" in answer.content.decode()

    def test_it_is_in_the_menu_in_danish(self):
        page = client_in(EDITORS).get(reverse("wordrule:index")).content.decode()
        assert "Ord i s\\u00f8gningen" in page
        assert "Words in search" not in page


def test_a_row_of_a_word_holds_up_nothing_where_nothing_has_it(index, editor):
    keep_rule(actor=editor, word="gublik", kind="element")
    index()
    assert not OutboxRow.objects.exists()
    assert indexing.catch_up() == 0
