"""The embedded engine: tantivy, in a folder beside the data. The only file that imports it.

A generation is a folder; the file `live` names the one that answers and is replaced by renaming.
"""

import fcntl
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import tantivy

from search.documents import KEYWORD_FIELDS, ONLY_WHETHER, TEXT_FIELDS, WITHOUT_PLACES, Document
from search.row_numbers import NO_NUMBER, key_of, number_of
from search.tree import Best, Combined, Everything, Exact, Fuzzy, Node, Nothing, Phrase, Term

from .base import EngineFailed, Found, Request, Row
from .packing import packed, unpacked

HEAP_BYTES = 50_000_000
LEAST_HEAP_BYTES = 15_000_000
ANYWHERE = "anywhere_x"
"""All words of a document, whichever field they stand in; only an index in memory has it."""
LOCK_SECONDS = 2.0
PASSAGES = "passages"
MOST_VALUES = 2_000
MUST, SHOULD, NEVER = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot


OPTIONS = {
    **dict.fromkeys(TEXT_FIELDS, "position"),
    **dict.fromkeys((*WITHOUT_PLACES, ANYWHERE), "freq"),
    **dict.fromkeys(ONLY_WHETHER, "basic"),
}


def _schema(*more: str) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (*TEXT_FIELDS, *more):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option=OPTIONS[name])
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("sort_key", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("digest", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True, stored=True)
    builder.add_integer_field("newest", fast=True)
    builder.add_integer_field("number", fast=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


class EmbeddedEngine:
    name = "embedded"

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self.schema = _schema()
        self._open: dict[str, tuple[tuple[int, ...], tantivy.Index]] = {}
        self._opening = threading.Lock()

    # --- Generations

    def live(self) -> str:
        try:
            return (self.folder / "live").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return ""

    def generations(self) -> list[str]:
        """Half-made ones too, so that somebody drops them."""
        return sorted(path.name for path in self.folder.glob("*") if path.is_dir())

    def create(self, generation: str) -> None:
        """Into a new folder: opening an old one in this manner would empty it without a word."""
        path = self.folder / generation
        path.mkdir(parents=True)
        for folder in (path, path / PASSAGES):
            folder.mkdir(exist_ok=True)
            tantivy.Index(self.schema, path=str(folder))

    def promote(self, generation: str) -> None:
        self._index(generation)
        unfinished = self.folder / f"live.{generation}"
        unfinished.write_text(generation, encoding="ascii")
        unfinished.replace(self.folder / "live")

    def drop(self, generation: str) -> None:
        for part in ("", PASSAGES):
            self._open.pop(f"{generation}/{part}", None)
        shutil.rmtree(self.folder / generation, ignore_errors=True)
        (self.folder / f"live.{generation}").unlink(missing_ok=True)

    def count(self, generation: str) -> int:
        return self._index(generation).searcher().num_docs

    def digests(self, generation: str) -> Iterator[tuple[str, str]]:
        searcher = self._index(generation).searcher()
        everything = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1))
        for _score, address in everything.hits:
            kept = searcher.doc(address)
            yield kept.get_first("id"), kept.get_first("digest")

    @contextmanager
    def one_writer(self) -> Iterator[bool]:
        """A lock on a file holds between threads and processes, and is let go when its process dies."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "writer").open("w") as file:
            held = _locked(file)
            try:
                yield held
            finally:
                if held:
                    fcntl.flock(file, fcntl.LOCK_UN)

    def write(
        self, generation: str, documents: Iterable[Document], gone: Iterable[str] = (), *, version: int = 0
    ) -> None:
        """The lock of `one_writer` stands for the version: what is read under it is the newest."""
        with self._writing(generation) as writer:
            for key in gone:
                writer.delete_documents_by_term("id", key)
            for document in documents:
                writer.delete_documents_by_term("id", document.id)
                writer.add_document(_row(document))

    def write_passages(self, generation: str, passages: Mapping[str, Iterable[Document]], *, version: int = 0) -> None:
        with self._writing(generation, PASSAGES) as writer:
            for key, documents in passages.items():
                writer.delete_documents_by_term("part_of", key)
                for document in documents:
                    writer.add_document(_row(document))

    @contextmanager
    def _writing(self, generation: str, part: str = "") -> Iterator[tantivy.IndexWriter]:
        try:
            writer = self._index(generation, part).writer(HEAP_BYTES, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
            self._index(generation, part).reload()
        except (ValueError, OSError) as error:
            raise EngineFailed(str(error)) from error

    def _index(self, generation: str, part: str = "") -> tantivy.Index:
        """Opened once a process, and loaded anew when another process has written to it."""
        name = f"{generation}/{part}"
        written = self.folder / generation / part / "meta.json"
        try:
            seen = written.stat()
        except OSError as error:
            raise EngineFailed(f"there is no index {generation or 'yet'}") from error
        stamp = (seen.st_mtime_ns, seen.st_ino, seen.st_size)
        with self._opening:
            known = self._open.get(name)
            if known and known[0] == stamp:
                return known[1]
            index = known[1] if known else tantivy.Index.open(str(written.parent))
            index.reload()
            self._open[name] = (stamp, index)
            return index

    # --- Searching

    def search(self, request: Request) -> Found:
        """The filter of rights stands inside the engine and is closed when empty."""
        if not request.tokens:
            return Found()
        try:
            searcher = self._index(self.live()).searcher()
            found = self._hits(searcher, request)
            rows = tuple(self._rows(searcher, found.hits, request.with_source))
            return Found(found.count or 0, rows, self._facets(searcher, request))
        except ValueError as error:
            raise EngineFailed(str(error)) from error

    def best_passages(self, request: Request) -> Found:
        if not request.tokens:
            return Found()
        try:
            searcher = self._index(self.live(), PASSAGES).searcher()
            rows = []
            for key in request.filters["part_of"]:
                one = replace(request, filters={**request.filters, "part_of": (key,)}, limit=1)
                rows += [self._row(searcher, score, address) for score, address in self._hits(searcher, one).hits]
            return Found(len(rows), tuple(rows))
        except ValueError as error:
            raise EngineFailed(str(error)) from error

    def _hits(self, searcher: tantivy.Searcher, request: Request) -> tantivy.SearchResult:
        query = self._filtered(request)
        if request.sort == "newest":
            return searcher.search(query, request.limit, offset=request.offset, order_by_field="newest")
        if request.sort == "name":
            order = tantivy.Order.Asc
            return searcher.search(query, request.limit, offset=request.offset, order_by_field="sort_key", order=order)
        return searcher.search(query, request.limit, offset=request.offset)

    def _rows(self, searcher: tantivy.Searcher, hits: list, with_source: bool) -> Iterator[Row]:
        """What stands in columns is read for all at once; a row's source means unpacking the block it lies in."""
        places = [address for _score, address in hits]
        columns = [[NO_NUMBER] * len(hits)] * 2 if with_source else self._columns(searcher, places)
        for (score, address), number, day in zip(hits, *columns, strict=True):
            known = number is not None and number != NO_NUMBER
            yield Row(key_of(number), _score(score), day, "") if known else self._row(searcher, score, address)

    def _columns(self, searcher: tantivy.Searcher, places: list[tantivy.DocAddress]) -> list[list[int | None]]:
        return [searcher.fast_field_values(name, places) for name in ("number", "day")]

    def _row(self, searcher: tantivy.Searcher, score: object, address: tantivy.DocAddress) -> Row:
        kept = searcher.doc(address)
        return Row(kept.get_first("id"), _score(score), kept.get_first("day"), unpacked(kept.get_first("source")))

    def _facets(self, searcher: tantivy.Searcher, request: Request) -> dict[str, dict[str, int]]:
        """Facets without a choice share one pass; each other is counted without its own choice."""
        free = [name for name in request.facets if name not in request.filters]
        counted = self._counts(searcher, self._filtered(request), free) if free else {}
        for name in request.facets:
            if name in request.filters:
                counted |= self._counts(searcher, self._filtered(request, leave_out=name), [name])
        return counted

    def _counts(self, searcher: tantivy.Searcher, query: tantivy.Query, names: list[str]) -> dict[str, dict[str, int]]:
        wanted = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in names}
        answer = searcher.aggregate(query, wanted)
        return {name: {bucket["key"]: bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in names}

    def _filtered(self, request: Request, leave_out: str = "") -> tantivy.Query:
        parts = [(MUST, self._compiled(request.tree)), (MUST, self._any_of("acl", request.tokens))]
        parts.append((MUST, self._any_of("for_lang", [request.language])))
        for name, values in request.filters.items():
            if name != leave_out:
                parts.append((MUST, self._any_of(name, values)))
        since, until = request.days
        if since is not None or until is not None:
            kind = tantivy.FieldType.Integer
            inside = tantivy.Query.range_query(self.schema, "day", kind, lower_bound=since, upper_bound=until)
            parts.append((MUST, tantivy.Query.const_score_query(inside, 0.0)))
        return tantivy.Query.boolean_query(parts)

    def _any_of(self, name: str, values: Iterable[str], score: float = 0.0) -> tantivy.Query:
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self.schema, name, sorted(values)), score)

    def _compiled(self, node: Node) -> tantivy.Query:
        query = self._plain(node)
        boost = getattr(node, "boost", 1.0)
        return query if boost == 1.0 else tantivy.Query.boost_query(query, boost)

    def _plain(self, node: Node) -> tantivy.Query:
        match node:
            case Everything():
                return tantivy.Query.all_query()
            case Nothing():
                return tantivy.Query.empty_query()
            case Term(name, term):
                return tantivy.Query.term_query(self.schema, name, term, index_option=OPTIONS[name])
            case Exact(name, value):
                return self._any_of(name, [value], score=1.0)
            case Phrase(name, terms):
                return tantivy.Query.phrase_query(self.schema, name, list(terms))
            case Fuzzy(name, term):
                return tantivy.Query.fuzzy_term_query(self.schema, name, term, distance=1)
            case Best(nodes):
                return tantivy.Query.disjunction_max_query([self._compiled(part) for part in nodes], Best.tie)
            case Combined():
                return self._combined(node)

    def _combined(self, node: Combined) -> tantivy.Query:
        parts = [(MUST, self._compiled(part)) for part in node.must]
        parts += [(SHOULD, self._compiled(part)) for part in node.should]
        parts += [(NEVER, self._compiled(part)) for part in node.never]
        return tantivy.Query.boolean_query(parts, minimum_number_should_match=node.minimum or None)


class MemoryEngine(EmbeddedEngine):
    """A few documents in memory, answering like any index: saved searches are asked of it, whichever engine runs."""

    def __init__(self, documents: Iterable[Document]) -> None:
        super().__init__(Path())
        self.schema = _schema(ANYWHERE)
        self._memory = tantivy.Index(self.schema)
        writer = self._memory.writer(LEAST_HEAP_BYTES, 1)
        for document in documents:
            row = _row(document)
            row.add_text(ANYWHERE, " ".join(document.text[name] for name in TEXT_FIELDS if name != "prefix"))
            writer.add_document(row)
        writer.commit()
        self._memory.reload()
        searcher = self._memory.searcher()
        everything = searcher.search(tantivy.Query.all_query(), max(searcher.num_docs, 1)).hits
        self._ids = {_place(at): searcher.doc(at).get_first("id") for _score, at in everything}

    def live(self) -> str:
        return "memory"

    def _index(self, generation: str) -> tantivy.Index:
        return self._memory

    def _any_of(self, name: str, values: Iterable[str], score: float = 0.0) -> tantivy.Query:
        """A set of terms costs more to prepare than a few documents take to search."""
        terms = [tantivy.Query.term_query(self.schema, name, value, index_option="basic") for value in values]
        one = tantivy.Query.boolean_query([(SHOULD, term) for term in terms]) if len(terms) > 1 else terms[0]
        return tantivy.Query.const_score_query(one, score)

    def matching(self, request: Request) -> list[str]:
        """Only the ids, in the order of the documents: thousands of searches are asked of a few of them."""
        if not request.tokens:
            return []
        found = self._memory.searcher().search(self._filtered(request), max(len(self._ids), 1), count=False)
        return [self._ids[place] for place in sorted(_place(at) for _score, at in found.hits)]


def _score(score: object) -> float:
    """Rows that are sorted by a field have none."""
    return float(score) if isinstance(score, int | float) else 0.0


def _place(address: tantivy.DocAddress) -> tuple[int, int]:
    return address.segment_ord, address.doc


def _locked(file: object) -> bool:
    until = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.02)


def _row(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    for name, terms in document.text.items():
        row.add_text(name, terms)
    for name, values in document.keywords.items():
        for value in values:
            row.add_text(name, value)
    row.add_text("sort_key", document.sort_key)
    row.add_text("digest", document.digest)
    row.add_integer("day", document.day)
    row.add_integer("newest", document.newest)
    row.add_integer("number", number_of(document.id))
    row.add_bytes("source", packed(document.source))
    return row
