"""Forms of a word meet, words that differ stay apart, and no change of terms goes unnoticed."""

import hashlib
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from search.analysis import VERSION
from search.analysis.current import current_analyser
from search.analysis.stems import stem

HERE = Path(__file__).parent
TEXT = """
    Overskudsvarmen fra raffinaderiet ved Kalundborg Fjord opvarmer 2.300 boliger, og børnene på skolerne læser bøger om
    spildevandsrensning. Mændene målte grønnere Aabenraa, Soeren og el-bilerne på genbrugspladserne i 2030: CO₂ 1,4 mia.
    Rødgrød, åbne data, vedtægter og kommunalbestyrelsens beslutninger; the heat pumps of the harbour were never colder.
"""
KNOWN_TERMS = {2: "76c334ddda311e9c"}


def lines(name):
    return [line for line in (HERE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def inflections():
    groups = [line.partition(":") for line in lines("inflections_da.txt")]
    return [(word.strip(), form) for word, _, forms in groups for form in forms.split() if form != word.strip()]


def apart():
    return [tuple(line.split()) for line in lines("apart_da.txt")]


def share_that_meet(pairs, term):
    return sum(term(one) == term(other) for one, other in pairs) / len(pairs)


def test_lemma_then_stem_beats_stems_alone():
    """Forms meet far more often, and no more words are taken for each other than by stems alone."""
    analyser = current_analyser()
    by_lemma = {pairs: share_that_meet(made(), lambda word: analyser.term(word, "da")) for pairs, made in PAIRS.items()}
    by_stem = {pairs: share_that_meet(made(), stem) for pairs, made in PAIRS.items()}
    print(f"lemma then stem {by_lemma}, stem alone {by_stem}, {len(inflections())} forms, {len(apart())} pairs apart")
    assert by_lemma["forms"] >= 0.97
    assert by_lemma["forms"] > by_stem["forms"] + 0.1
    assert by_lemma["apart"] <= by_stem["apart"] + 0.01


PAIRS = {"forms": inflections, "apart": apart}


@pytest.mark.parametrize(
    ("one", "other"),
    [("pladser", "plads"), ("bøgerne", "bog"), ("mændene", "mand"), ("landmænd", "landmand"), ("museet", "museum")],
)
def test_irregular_forms_have_the_term_of_their_word(one, other):
    assert current_analyser().term(one, "da") == current_analyser().term(other, "da")


@pytest.mark.parametrize(
    ("one", "other"), [("bad", "bede"), ("angreb", "angribe"), ("begreb", "begribe"), ("bog", "bøg")]
)
def test_a_noun_is_not_taken_for_a_form_of_a_verb_or_of_another_noun(one, other):
    assert current_analyser().term(one, "da") != current_analyser().term(other, "da")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("boerne", "børn"),
        ("aaben", "åben"),
        ("gaerslam", "gærslam"),
        ("kölevand", "kølevand"),
        ("vaerker", "værk"),
        ("boger", "bøger"),
        ("born", "børn"),
        ("abenra", "Aabenraa"),
    ],
)
def test_spellings_without_danish_letters_find_the_word(typed, written):
    analyser = current_analyser()
    known = analyser.text(written, "da")
    assert set(analyser.query_word(typed, "da").same) & {*known.main, *known.extra}


@pytest.mark.parametrize(("typed", "written"), [("goer", "går"), ("haar", "her"), ("bond", "bund")])
def test_another_word_is_no_spelling(typed, written):
    analyser = current_analyser()
    known = analyser.text(written, "da")
    assert not set(analyser.query_word(typed, "da").same if analyser.query_word(typed, "da") else ()) & {*known.main}


def test_a_bioenergi_keeps_its_energi():
    """Folded after stemming and splitting: the o and e of bio-energi are no ø."""
    terms = current_analyser().text("bioenergi", "da")
    assert current_analyser().term("energi", "da") in terms.extra


@pytest.mark.parametrize(("query", "text", "lang"), [("pumps", "heat pumps", "en"), ("projects", "projects", "en")])
def test_a_word_of_the_other_language_is_an_alternative(query, text, lang):
    analyser = current_analyser()
    known = analyser.text(text, lang)
    assert set(analyser.query_word(query, "da").same) & {*known.main, *known.extra}


def test_parts_are_danish_and_only_in_danish_texts():
    analyser = current_analyser()
    assert "varm" in analyser.text("fjernvarme", "da").extra
    assert "varm" not in analyser.text("fjernvarme", "en").extra


@pytest.mark.parametrize(
    ("word", "lang"), [("og", "da"), ("hvordan", "da"), ("the", "en"), ("the", "da"), ("og", "en")]
)
def test_function_words_of_both_languages_are_left_out_of_a_query(word, lang):
    assert current_analyser().query_word(word, lang) is None


@pytest.mark.parametrize(("word", "lang"), [("by", "da"), ("is", "da"), ("all", "da"), ("vand", "da"), ("may", "da")])
def test_a_word_that_means_something_in_the_other_language_is_asked_for(word, lang):
    assert current_analyser().query_word(word, lang) is not None


def test_stop_words_leave_no_gap_in_a_text():
    assert current_analyser().text("vand og varme", "da").main == current_analyser().text("vand varme", "da").main


def test_whoever_changes_the_terms_raises_the_version():
    """An index holds terms; one that was built by other rules answers wrongly until it is built anew."""
    terms = [current_analyser().text(TEXT, lang) for lang in ("da", "en")]
    parts = [part.surface for word in TEXT.split() for part in current_analyser().split(word)]
    found = hashlib.sha256(repr((terms, parts)).encode()).hexdigest()[:16]
    assert KNOWN_TERMS.get(VERSION) == found, (
        f"The terms of a text have changed. Raise VERSION in search/analysis/__init__.py, so that every index is built "
        f"anew, and write {{{VERSION + 1}: {found!r}}} in place of KNOWN_TERMS here."
    )


def analysed(*words, **options):
    out = io.StringIO()
    call_command("analyse_text", *words, stdout=out, **options)
    return out.getvalue()


@pytest.mark.django_db
class TestAnalyseText:
    def test_it_prints_one_object_a_word(self):
        one, two, three = json.loads(analysed("Fjernvarmeanlægget", "transport", "og", json=True))
        assert list(one) == ["token", "terms", "parts"]
        assert (one["token"], one["parts"]) == ("Fjernvarmeanlægget", ["fjern", "varme", "anlægget"])
        assert one["terms"][0] == current_analyser().term("fjernvarmeanlæg", "da")
        assert {"fjernvarm", "varmeanlæg", "anlæg"} <= set(one["terms"][1:])
        assert len(one["terms"]) == len(set(one["terms"]))
        assert (two["token"], two["parts"]) == ("transport", [])
        assert three == {"token": "og", "terms": [], "parts": []}

    def test_the_parts_make_up_the_word(self):
        for one in json.loads(analysed("spildevandsrensning", "affaldssortering", "kraftværkerne", json=True)):
            assert "".join(one["parts"]) == one["token"]

    def test_words_come_from_standard_input_one_a_line(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("vandværk\n\n  grøn \n"))
        assert [one["token"] for one in json.loads(analysed(json=True))] == ["vandværk", "grøn"]

    def test_english_words_have_no_danish_parts(self):
        (one,) = json.loads(analysed("pumps", lang="en", json=True))
        assert one["terms"][0] == "pump"
        assert one["parts"] == []

    def test_without_json_a_person_can_read_it(self):
        assert analysed("vandværk").split("\t")[2].strip() == "vand + værk"
