"""What tantivy does alone: the same texts through its own Danish analysis, into an index with the same keywords and source.

The measure that indexing speed and index size are held against. Beside the embedded engine the only file that imports
tantivy; nothing but a benchmark uses it.
"""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from search.documents import Document, Record

FIELDS = ("title", "summary", "body")
KEYWORDS = ("id", "kind", "acl", "topic", "organisation", "partnership", "year")
HEAP_BYTES = 50_000_000


def build(folder: Path, rows: Iterable[tuple[Record, Document]]) -> None:
    index = tantivy.Index(_schema(), path=str(folder))
    index.register_tokenizer("danish", _danish())
    writer = index.writer(HEAP_BYTES, 1)
    for record, document in rows:
        writer.add_document(_row(record, document))
    writer.commit()
    writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name="danish", index_option="position")
    for name in KEYWORDS:
        builder.add_text_field(name, stored=name == "id", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", indexed=True, fast=True, stored=True)
    builder.add_bytes_field("source", stored=True)
    return builder.build()


def _danish() -> tantivy.TextAnalyzer:
    words = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return words.filter(tantivy.Filter.stopword("danish")).filter(tantivy.Filter.stemmer("danish")).build()


def _row(record: Record, document: Document) -> tantivy.Document:
    row = tantivy.Document()
    for text in record.texts:
        for name in FIELDS:
            row.add_text(name, getattr(text, name))
    for name in KEYWORDS:
        for value in document.keywords.get(name, ()):
            row.add_text(name, value)
    row.add_integer("day", document.day)
    row.add_bytes("source", document.source.encode())
    return row
