"""A quick look at a word must never pass over one that would be marked."""

from itertools import islice
from pathlib import Path

import pytest

from search.analysis.current import current_analyser
from search.analysis.likeness import beginning
from search.analysis.stems import BY_HAND

HERE = Path(__file__).parent
ENGLISH = (
    "using aging icing dying lying tying skies cries crying berries hoping waste recycled only early heating energy"
)


def listed(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("#")[0].replace("+", " ").split()[0] for line in lines if line.split("#")[0].strip()]


def of_the_dictionary():
    table = current_analyser().splitter.table
    return [*islice(table.forms, 0, None, 7), *islice(table.first, 0, None, 11), *BY_HAND]


def passed_over(words, lang):
    analyser = current_analyser()
    return [
        (word, term)
        for word in words
        for term in (analyser.term(word, lang), *analyser.extra_terms(word, lang))
        if not analyser.might_have.__wrapped__(frozenset({term}))(word)
    ]


def test_no_form_and_no_element_of_the_dictionary_is_passed_over():
    words = of_the_dictionary()
    assert len(words) > 10_000
    assert not passed_over(words, "da")


@pytest.mark.parametrize("name", ["compounds_da.txt", "inflections_da.txt", "apart_da.txt"])
def test_no_danish_word_made_by_hand_is_passed_over(name):
    words = listed(name)
    assert words
    assert not passed_over([*words, *(word.upper() for word in words)], "da")


def test_no_english_word_is_passed_over():
    assert not passed_over(ENGLISH.split(), "en")


@pytest.mark.parametrize(
    "written", ["aabenraa", "Åbenrå", "RØDGRØD", "roedgroed", "ærø", "aeroe", "CO₂", "40.000", "El-bil"]
)
def test_no_spelling_is_passed_over(written):
    analyser = current_analyser()
    terms = analyser.text(written, "da")
    assert all(analyser.might_have(frozenset({term}))(written) for term in {*terms.main, *terms.extra})


@pytest.mark.parametrize("word", ["kommune", "skole", "elektrolyse"])
def test_a_word_of_other_letters_is_not_looked_at(word):
    assert not current_analyser().might_have(frozenset({"varm"}))(word)


def test_a_last_e_is_no_part_of_a_beginning():
    assert beginning("use") == "us"
    assert beginning("fjernvarme") == "fje".removesuffix("e")
