"""One question, two engines, one answer: over the whole demonstration, for four kinds of viewer."""

import random
import re
from dataclasses import replace
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from cms.models import SharedPage
from partnerships.models import Organisation, Partnership
from portal.demo_sign_in import WHO
from search import audience, indexing
from search.addresses import address_of
from search.building import understand
from search.engines import current_engine
from search.finding import find, widened
from search.query import Query
from search.similar import company_of
from search.sources import SOURCES
from search.suggesting import suggest
from search.who_knows import who_knows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]
ROUNDS, OTHER_WAYS = 35, 6
FILTERS = [("kind", "story"), ("kind", "post"), ("topic", "varme"), ("status", "stopped"), ("year", "2011-2020")]


def words_of_the_demo():
    texts = (text for source in SOURCES.values() for record in source.records() for text in record.texts)
    return sorted({word for text in texts for word in re.findall(r"\w{4,}", f"{text.title} {text.summary}")})


def questions():
    """Words, pairs, four at once, exclusions, slips of the hand, phrases, filters, orders, pages; in both languages."""
    chance, known = random.Random(2013), words_of_the_demo()
    for _ in range(ROUNDS):
        one, two, three, four = chance.sample(known, 4)
        yield Query(one)
        yield Query(f"{one} {two}", language=chance.choice(["da", "en"]))
        yield Query(f"{one} {two} {three} {four}", language=chance.choice(["da", "en"]))
        yield Query(f"varme -{one}", sort=chance.choice(["relevance", "newest", "name"]), page=chance.choice([1, 2]))
        yield Query(one[:2] + one[3:], since=chance.choice([None, date(2020, 1, 1)]))
        facet, value = chance.choice(FILTERS)
        yield Query(chance.choice([two, "", "vand"]), filters={facet: (value,)})
    yield from (Query(""), Query('"overskudsvarme fra"'), Query("de er"), Query("xyzzyx"))


def viewers():
    yield AnonymousUser()
    for who in ("member", "administrator", "editor"):
        yield get_user_model().objects.get(email=WHO[who])


def answers():
    for number, query in enumerate(questions()):
        for user in viewers():
            viewer = audience.viewer(user)
            results = find(query, viewer)
            yield (
                (query.text, query.filters, query.sort, query.page, str(user)),
                {
                    "total": results.total,
                    "facets": [(facet.name, facet.values) for facet in results.facets],
                    "hits": [hit.id for hit in results.hits],
                    "experts": [(expert.id, expert.reasons) for expert in results.experts],
                    "notice": results.notice,
                    "meant": results.did_you_mean,
                    "help": results.help,
                    "offered": suggest(replace(query, text=query.text[:5]), viewer) if number % 2 == 0 else None,
                    "known": who_knows(query, viewer) if number % OTHER_WAYS == 0 else None,
                },
            )


def taken_along():
    """As everyone takes it along: the feed and the table."""
    for query in list(questions())[::OTHER_WAYS]:
        for way in ("atom", "csv"):
            said = Client().get(f"/soeg/{address_of(query)}&format={way}").content.decode()
            yield query.text, [line for line in said.splitlines() if "<feed" not in line]


def near():
    """Beside every page, organisation and partnership: what is similar, and who knows."""
    viewer = audience.viewer(AnonymousUser())
    for model in (SharedPage, Organisation, Partnership):
        for thing in model.objects.order_by("pk")[::OTHER_WAYS]:
            thing = getattr(thing, "specific", thing)
            company = company_of(thing, viewer, "da", topics=thing.topics.all(), with_experts=True)
            yield str(thing), ([hit.id for hit in company.similar], company.experts)


def scores():
    """Of the first in each answer, before news fade: the engines' own."""
    for query in questions():
        asked = understand(query.text, query.language)
        _request, found, _notice = widened(query, asked, audience.viewer(AnonymousUser()))
        yield query.text, {row.id: row.score for row in found.rows}


def test_both_engines_answer_alike(settings, elastic_engine, tmp_path):
    settings.INDEX_DIR = tmp_path / "index"
    said = []
    for address in ("", elastic_engine.server.addresses[0]):
        settings.SEARCH_URL, settings.SEARCH_TIMEOUT = address, 20
        settings.SEARCH_INDEX_PREFIX = elastic_engine.server.prefix
        current_engine.cache_clear()
        indexing.rebuild()
        said.append((current_engine().name, [*answers(), *taken_along(), *near()], list(scores())))
    current_engine.cache_clear()
    (one, embedded, scored), (other, elastic, scored_there) = said
    assert (one, other) == ("embedded", "elastic")
    assert len(embedded) >= 200 * 4
    totals = [answer["total"] for _, answer in embedded if isinstance(answer, dict)]
    assert sum(total > 0 for total in totals) > len(totals) / 2
    for (question, here), (_same, there) in zip(embedded, elastic, strict=True):
        assert here == there, question
    for (text, here), (_same, there) in zip(scored, scored_there, strict=True):
        assert here == pytest.approx(there, rel=1e-4, abs=1e-3), text
