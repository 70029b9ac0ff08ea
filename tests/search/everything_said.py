"""All that search tells one reader, as values that can be compared.

What private rows may move is the order by relevance alone, because engines count in how many rows a word stands. So where
a list is in that order it is taken whole, with its caps lifted, and compared as a set; every other order is kept.
"""

import csv
import io
import json
from dataclasses import replace
from xml.etree import ElementTree

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from search import audience, evidence, experts, finding, similar, who_knows
from search.addresses import address_of
from search.fallback import from_the_database
from search.finding import find, find_hits
from search.models import KnownWord
from search.similar import company_of
from search.suggesting import suggest
from search.who_knows import who_knows_of

ALL = 200
FEED = "{http://www.w3.org/2005/Atom}"
WAYS = (
    *("results", "suggestions", "json", "results", "around", "csv"),
    *("results", "suggestions", "people", "results", "behind", "atom", "fallback"),
)
"""One for each case in turn: what is asked most comes oftener. Their number has nothing in common with that of readers."""


def lift_caps(monkeypatch) -> None:
    """The first few of a list in order of relevance say also in which order it is."""
    monkeypatch.setitem(experts.experts.__kwdefaults__, "most", ALL)
    for module, name in (
        (finding, "PER_PAGE"),
        (evidence, "MOST"),
        (similar, "MOST"),
        (similar, "BESIDE"),
        (who_knows, "PER_PAGE"),
    ):
        monkeypatch.setattr(module, name, ALL)


class Reader:
    """Somebody who asks, with their rights of this moment."""

    def __init__(self, user=None) -> None:
        self.user, self.client = user or AnonymousUser(), Client()
        if user:
            self.client.force_login(user)

    @property
    def viewer(self):
        return audience.viewer(self.user)

    def results(self, query):
        results = find(replace(query, page=1), self.viewer)
        return {
            "total": results.total,
            "hits": in_order([_shown(hit) for hit in results.hits], query),
            "facets": results.facets,
            "experts": frozenset(map(_known, results.experts)),
            "notice": (results.notice, results.also),
            "meant": results.did_you_mean,
            "help": results.help,
        }

    def found(self, query):
        return [hit.id for hit in find_hits(query, self.viewer, ALL).hits]

    def suggestions(self, query):
        return suggest(query, self.viewer)

    def json(self, query):
        said = self._get("/soeg/", f"{address_of(query)}&format=json").json()
        return {**said, "experts": _unordered(said["experts"]), "hits": in_order(list(map(str, said["hits"])), query)}

    def csv(self, query):
        rows = self._get("/soeg/", f"{address_of(query)}&format=csv").content.decode("utf-8-sig")
        return in_order([tuple(row) for row in csv.reader(io.StringIO(rows))], query)

    def atom(self, query):
        feed = ElementTree.fromstring(self._get("/soeg/", f"{address_of(query)}&format=atom").content)
        entries = [ElementTree.tostring(entry) for entry in feed.findall(f"{FEED}entry")]
        newest = feed.findtext(f"{FEED}updated") if entries else "now"
        return in_order(entries, query), newest

    def people(self, query):
        said = self._get("/soeg/hvem-ved/", f"{address_of(query)}&format=json").json()
        return {**said, "experts": _unordered(said["experts"])}

    def fallback(self, query):
        found = from_the_database(query, self.viewer)
        return found.total, [_shown(hit) for hit in found.hits]

    def around(self, query, things):
        """Similar to a thing, and who knows of it; the words of the question choose the thing."""
        thing = things[len(query.text) % len(things)]
        company = company_of(thing, self.viewer, query.language, topics=thing.topics.all(), with_experts=True)
        return frozenset(map(_shown, company.similar)), frozenset(map(_known, company.experts))

    def behind(self, query, topics):
        topic = topics[len(query.text) % len(topics)]
        return frozenset(map(_known, who_knows_of(self.viewer, query.language, topic=topic.slug)))

    def _get(self, path, address):
        answer = self.client.get(f"{path}{address}")
        assert answer.status_code == 200
        return answer


def in_order(found, query):
    """By relevance, which words alone make, the same ones in any order; else as they stand."""
    by_relevance = query.sort == "relevance" and query.text.strip()
    return sorted(map(repr, found)) if by_relevance else list(found)


def _shown(hit):
    facts = tuple(sorted((name, str(value)) for name, value in hit.facts.items()))
    return hit.id, hit.kind, hit.lang, hit.name, hit.url, str(hit.title), str(hit.text), facts


def _known(expert):
    return replace(expert, evidence=frozenset(expert.evidence))


def _unordered(experts):
    return sorted(json.dumps({**one, "evidence": sorted(map(str, one["evidence"]))}) for one in experts)


def known_words():
    """What may be offered to anybody who types."""
    return set(KnownWord.objects.filter(documents__gt=0).values_list("lang", "word", "documents"))
