"""Elasticsearch 8, one node or a cluster, through its DSL. The only file that imports it.

A generation is an index, and one of passages beside it, each with an alias of its own for writing, so that a write after
the index was dropped fails instead of making a new one without a mapping. Searches use two aliases that move from
generation to generation in a single call.
Only the free core is used: no scripts, no query strings, no analysis beyond splitting at spaces.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError
from elasticsearch.exceptions import SerializationError, TransportError
from elasticsearch.helpers import streaming_bulk
from elasticsearch_dsl import A, Index, Q, Search, connections
from elasticsearch_dsl import Mapping as Fields
from elasticsearch_dsl.query import Query

from search.documents import KEYWORD_FIELDS, ONLY_WHETHER, TEXT_FIELDS, WITHOUT_PLACES, Document
from search.tree import Best, Combined, Everything, Exact, Fuzzy, Node, Nothing, Phrase, Term

from .base import EngineFailed, Found, Request, Row
from .breaker import Breaker
from .patience import patience

MANAGE_SECONDS = 10.0
WRITE_SECONDS, ROW_SECONDS = 5.0, 0.05
AT_ONCE = 500
MOST_VALUES = 2_000
DIGESTS_AT_ONCE = 5_000
MOST_PASSAGES = 10_000
STALE, ABSENT, REFUSED = 409, 404, 400
ROWS, PASSAGES = "index", "passages"


@dataclass(frozen=True, slots=True)
class Server:
    """Where it is and how one is let in. `addresses` are those of a cluster's nodes; `seconds` is how long a search waits."""

    addresses: tuple[str, ...]
    api_key: str = ""
    ca_file: str = ""
    prefix: str = "samspil"
    seconds: float = 0.7


def _mapping() -> Fields:
    """Explicit and closed: a field that is not named here is an error, not a guess."""
    mapping = Fields()
    mapping.meta("dynamic", "strict")
    mapping.meta("_source", includes=["source", "day", "digest"])
    for name in TEXT_FIELDS:
        options = "docs" if name in ONLY_WHETHER else "freqs" if name in WITHOUT_PLACES else "positions"
        mapping.field(name, "text", analyzer="whitespace", index_options=options)
    for name in (*KEYWORD_FIELDS, "sort_key"):
        mapping.field(name, "keyword")
    mapping.field("day", "integer")
    mapping.field("newest", "long")
    mapping.field("digest", "keyword", doc_values=False)
    mapping.field("source", "keyword", index=False, doc_values=False)
    return mapping


class ElasticEngine:
    name = "elastic"

    def __init__(self, server: Server) -> None:
        self.server = server
        self.breaker = Breaker()
        self.took = 0
        """Milliseconds that the server says it needed for all searches so far; read where they are measured."""
        self.client: Elasticsearch = connections.create_connection(
            alias=f"{server.prefix}@{server.addresses}",
            hosts=list(server.addresses),
            api_key=server.api_key or None,
            request_timeout=server.seconds,
            max_retries=len(server.addresses) - 1,
            retry_on_timeout=False,
            retry_on_status=(),
            **({"ca_certs": server.ca_file} if server.ca_file else {}),
        )
        self.managing: Elasticsearch = self.client.options(request_timeout=MANAGE_SECONDS)
        self.reads = f"{server.prefix}-read"
        self.reads_passages = f"{server.prefix}-read-passages"

    # --- Generations

    def live(self) -> str:
        with self._asking():
            try:
                answer = self.client.indices.get_alias(name=self.reads)
            except NotFoundError:
                return ""
        return next((self._generation(index) for index in answer), "")

    def generations(self) -> list[str]:
        """Also those of which a dead process made or dropped but one part."""
        parts = [self._index("", part) for part in (ROWS, PASSAGES)]
        with self._asking():
            found = self.managing.indices.get(index=[f"{part}*" for part in parts])
            return sorted({index.removeprefix(part) for index in found for part in parts if index.startswith(part)})

    def create(self, generation: str) -> None:
        for part in (PASSAGES, ROWS):
            index = Index(self._index(generation, part), using=self.managing)
            index.settings(number_of_shards=1, auto_expand_replicas="0-1", refresh_interval="1s")
            index.aliases(**{self._writes(generation, part): {}})
            index.mapping(_mapping())
            with self._asking():
                index.create()

    def write(
        self, generation: str, documents: Iterable[Document], gone: Iterable[str] = (), *, version: int = 0
    ) -> None:
        self._write(self._writes(generation), documents, gone, version)

    def write_passages(self, generation: str, passages: Mapping[str, Iterable[Document]], *, version: int = 0) -> None:
        """What an older writer leaves behind at the same time is never shown: its digest is no longer the row's."""
        documents = [document for of_one in passages.values() for document in of_one]
        surplus = self._passages_of(generation, passages) - {document.id for document in documents}
        self._write(self._writes(generation, PASSAGES), documents, surplus, version)

    def _passages_of(self, generation: str, keys: Iterable[str]) -> set[str]:
        search = Search(using=self.managing, index=self._writes(generation, PASSAGES)).source(False)
        with self._asking():
            hits = search.filter("terms", part_of=list(keys)).extra(size=MOST_PASSAGES).execute().hits
            return {hit.meta.id for hit in hits}

    def _write(self, alias: str, documents: Iterable[Document], gone: Iterable[str], version: int) -> None:
        """A row that was written under a higher version stays; one that the server cannot take is a ValueError.

        One row is not waited for as long as many: somebody may wait for their change to be saved.
        """
        head = {"_index": alias, "require_alias": True}
        head |= {"version": version, "version_type": "external_gte"}
        actions = [head | {"_op_type": "delete", "_id": key} for key in gone]
        actions += [head | {"_id": document.id, "_source": _row(document)} for document in documents]
        patient = self.managing.options(request_timeout=WRITE_SECONDS + ROW_SECONDS * min(len(actions), AT_ONCE))
        with self._asking():
            answers = streaming_bulk(
                patient, actions, raise_on_error=False, refresh="true", max_retries=0, chunk_size=AT_ONCE
            )
            failed = [next(iter(answer.values())) for worked, answer in answers if not worked]
        for answer in failed:
            if answer["status"] == REFUSED:
                raise ValueError(f"{answer['_id']}: {answer['error']}")
            if answer["status"] != STALE and not (answer["status"] == ABSENT and "error" not in answer):
                raise EngineFailed(str(answer))

    def count(self, generation: str) -> int:
        with self._asking():
            return Search(using=self.managing, index=self._index(generation)).count()

    def digests(self, generation: str) -> Iterator[tuple[str, str]]:
        """By id, a page after the other, so that a change meanwhile moves no row out of sight."""
        search = Search(using=self.managing, index=self._index(generation)).query("match_all").source(["digest"])
        search = search.sort("id").extra(size=DIGESTS_AT_ONCE)
        while True:
            with self._asking():
                hits = search.execute().hits
            yield from ((hit.meta.id, hit.digest) for hit in hits)
            if len(hits) < DIGESTS_AT_ONCE:
                return
            search = search.extra(search_after=list(hits[-1].meta.sort))

    def promote(self, generation: str) -> None:
        actions = [
            action
            for part, alias in ((ROWS, self.reads), (PASSAGES, self.reads_passages))
            for action in (
                {"remove": {"index": self._index("*", part), "alias": alias, "must_exist": False}},
                {"add": {"index": self._index(generation, part), "alias": alias}},
            )
        ]
        with self._asking():
            self.managing.indices.update_aliases(actions=actions)

    def drop(self, generation: str) -> None:
        for part in (ROWS, PASSAGES):
            with self._asking():
                Index(self._index(generation, part), using=self.managing).delete(ignore_unavailable=True)

    @contextmanager
    def one_writer(self) -> Iterator[bool]:
        """Versions let as many write as like."""
        yield True

    def _index(self, generation: str, part: str = ROWS) -> str:
        return f"{self.server.prefix}-{part}-{generation}"

    def _writes(self, generation: str, part: str = ROWS) -> str:
        return f"{self.server.prefix}-write-{'' if part == ROWS else f'{part}-'}{generation}"

    def _generation(self, index: str) -> str:
        return index.removeprefix(self._index(""))

    @contextmanager
    def _asking(self) -> Iterator[None]:
        """Whatever goes wrong between here and the server has one name, and counts for the breaker."""
        with self.breaker.guard():
            try:
                yield
            except (ApiError, TransportError, SerializationError, KeyError, AttributeError, TypeError) as error:
                raise EngineFailed(f"{type(error).__name__}: {error}") from error

    # --- Searching

    def search(self, request: Request) -> Found:
        """The filter of rights stands inside the engine and is closed when empty."""
        if not request.tokens:
            return Found()
        patient = self._patient()
        with self._asking():
            answer = self._search(request).using(patient).execute()
            self.took += answer.took
            rows = tuple(map(_found_row, answer.to_dict()["hits"]["hits"]))
            facets = {name: _counts(answer.aggregations[name]) for name in request.facets}
            return Found(answer.hits.total.value, rows, facets)

    def best_passages(self, request: Request) -> Found:
        if not request.tokens:
            return Found()
        inside = [Q("terms", **{name: sorted(values)}) for name, values in request.filters.items()]
        search = Search(using=self._patient(), index=self.reads_passages)
        search = search.query("bool", must=[_filtered(request)], filter=inside).source(["source", "day"])
        with self._asking():
            answer = search.extra(collapse={"field": "part_of"}, size=len(request.filters["part_of"])).execute()
            self.took += answer.took
            rows = tuple(Row(hit.meta.id, float(hit.meta.score or 0), hit.day, hit.source) for hit in answer.hits)
            return Found(len(rows), rows)

    def _patient(self) -> Elasticsearch:
        return self.client.options(request_timeout=patience(self.server.seconds))

    def _search(self, request: Request) -> Search:
        choices = {name: Q("terms", **{name: sorted(values)}) for name, values in request.filters.items()}
        search = Search(using=self.client, index=self.reads).query(_filtered(request))
        search = search.post_filter("bool", filter=list(choices.values()))
        search = search.extra(track_total_hits=True, from_=request.offset, size=request.limit)
        search = search.extra(docvalue_fields=["id", "day"])
        search = search.source(["source"]) if request.with_source else search.extra(stored_fields="_none_")
        for name in request.facets:
            others = [choice for other, choice in choices.items() if other != name]
            inside = search.aggs.bucket(name, "filter", filter=Q("bool", filter=others))
            inside.bucket("values", A("terms", field=name, size=MOST_VALUES))
        match request.sort:
            case "newest":
                return search.sort("-newest")
            case "name":
                return search.sort("sort_key")
            case _:
                return search


def _filtered(request: Request) -> Query:
    """What every row must be, whatever facet is counted: within the rights, the language and the days."""
    inside = [Q("terms", acl=sorted(request.tokens)), Q("term", for_lang=request.language)]
    since, until = request.days
    if since is not None or until is not None:
        inside.append(Q("range", day={"gte": since, "lte": until}))
    return Q("bool", must=[_compiled(request.tree)], filter=inside)


def _compiled(node: Node) -> Query:
    match node:
        case Everything():
            return Q("match_all", boost=0)
        case Nothing():
            return Q("match_none")
        case Term(name, term, boost):
            return Q("term", **{name: {"value": term, "boost": boost}})
        case Exact(name, value, boost):
            return Q("constant_score", filter=Q("term", **{name: value}), boost=boost)
        case Phrase(name, terms, boost):
            return Q("match_phrase", **{name: {"query": " ".join(terms), "boost": boost}})
        case Fuzzy(name, term, boost):
            fuzzy = Q("fuzzy", **{name: {"value": term, "fuzziness": 1, "rewrite": "constant_score"}})
            return Q("constant_score", filter=fuzzy, boost=boost)
        case Best(nodes, boost):
            return Q("dis_max", queries=[_compiled(part) for part in nodes], tie_breaker=Best.tie, boost=boost)
        case Combined():
            return _combined(node)


def _combined(node: Combined) -> Query:
    parts = {name: [_compiled(part) for part in getattr(node, name)] for name in ("must", "should")}
    never = [_compiled(part) for part in node.never]
    least = {"minimum_should_match": node.minimum} if node.minimum else {}
    return Q("bool", **parts, must_not=never, boost=node.boost, **least)


def _found_row(hit: Mapping[str, Any]) -> Row:
    """From the answer as it came: to make an object of each of hundreds of hits takes longer than to find them. Id and day
    stand in columns; the id that the server gives by itself lies with the source, in blocks that it would unpack."""
    source = hit.get("_source", {}).get("source", "")
    return Row(hit["fields"]["id"][0], float(hit["_score"] or 0), hit["fields"]["day"][0], source)


def _counts(inside: object) -> dict[str, int]:
    return {bucket.key: bucket.doc_count for bucket in inside["values"].buckets}


def _row(document: Document) -> dict[str, object]:
    return {
        **document.text,
        **{name: list(values) for name, values in document.keywords.items()},
        "day": document.day,
        "newest": document.newest,
        "sort_key": document.sort_key,
        "digest": document.digest,
        "source": document.source,
    }
