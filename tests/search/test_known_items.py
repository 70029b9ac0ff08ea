"""Things known to be in the demonstration are found where one looks: mean reciprocal rank by class, and over a hand-made set."""

import json
from collections import defaultdict

import pytest
from django.core.management import call_command

from partnerships.models import Consent
from search import indexing
from search.engines import current_engine
from search.evaluation.experts import leave_one_out
from search.evaluation.hand_made import known_items
from search.management.commands.evaluate_search import TARGETS
from tests.search.asking import ask

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


@pytest.fixture
def built(settings, tmp_path):
    settings.INDEX_DIR = tmp_path
    current_engine.cache_clear()
    yield indexing.rebuild()
    current_engine.cache_clear()


def reciprocal_rank(text, slugs):
    for rank, hit in enumerate(ask(text).hits, start=1):
        if getattr(hit.thing, "slug", "") in slugs:
            return 1 / rank
    return 0.0


def test_what_is_known_to_be_there_is_found_first(built):
    by_class = defaultdict(list)
    for kind, text, slugs in known_items():
        by_class[kind].append((reciprocal_rank(text, slugs), text))
    ranks = [rank for found in by_class.values() for rank, _ in found]
    report = {kind: round(sum(rank for rank, _ in found) / len(found), 3) for kind, found in by_class.items()}
    missed = [text for found in by_class.values() for rank, text in found if rank < 0.5]
    print(f"{len(ranks)} queries, MRR {sum(ranks) / len(ranks):.3f}, {report}, below second: {missed}")
    assert len(ranks) >= 60
    assert sum(ranks) / len(ranks) >= 0.85, (report, missed)
    assert report["title"] >= 0.90
    assert report["part"] >= 0.60


@pytest.mark.parametrize("engine", ["embedded", "elastic"])
def test_every_class_of_query_reaches_its_target_on_each_engine(engine, request, settings, capsys):
    if engine == "elastic":
        settings.SEARCH_URL = request.getfixturevalue("node")
    call_command("evaluate_search", engine=engine, sample=60, json=True)
    sets = json.loads(capsys.readouterr().out)["sets"]
    reached = {name: figures["mrr"] for name, figures in sets.items()}
    print(engine, reached)
    assert all(figures["queries"] >= 40 for figures in sets.values())
    missed = {name: reached[name] for name, target in TARGETS.items() if reached[name] < target}
    assert not missed
    assert reached["hand-made"] >= 0.85


def test_those_who_know_are_named_with_their_reasons(built):
    """Whoever stands behind what was found is named, best first, in words that can be checked."""
    experts = ask("bioethanol").experts
    assert 1 <= len([one for one in experts if one.kind == "person"]) <= 5
    assert 1 <= len([one for one in experts if one.kind == "organisation"]) <= 5
    assert all(expert.reasons for expert in experts)
    assert any(expert.name == "RE Energy" for expert in experts)


def test_nobody_is_named_who_has_not_agreed(built):
    agreed = set(Consent.objects.current().values_list("profile_id", flat=True))
    asked = ["varme", "vand", "halm", "bioethanol", "boliger", "data", "klimaplan", "gips"]
    named = {expert.pk for text in asked for expert in ask(text).experts if expert.kind == "person"}
    assert named
    assert named <= agreed
    Consent.objects.filter(profile_id=min(named)).delete()
    again = {expert.pk for text in asked for expert in ask(text).experts if expert.kind == "person"}
    assert min(named) not in again


def test_nothing_is_found_twice_in_either_language(built):
    for language in ("da", "en"):
        for text in ("varme", "heat", "Kalundborg", "Symbiose", ""):
            keys = [getattr(hit.thing, "translation_key", hit.id) for hit in ask(text, language=language).hits]
            assert len(keys) == len(set(keys))


def test_votes_find_those_who_know_better_than_numbers_and_chance(built):
    """One thing's people hidden, its title asked: beside whoever stands behind most, and chance.

    Three editors stand behind two thirds of the demonstration, whatever it is about, so that numbers alone do well here.
    """
    measured = leave_one_out(sample=200, seed=1)
    print({name: round(value, 3) for name, value in measured.items()})
    assert measured["queries"] >= 20
    assert measured["vote"] > measured["most_documents"]
    assert measured["vote"] > measured["random"]
