"""How an uploaded document becomes a record: its title and what its file says, sorted by the open pages that name it."""

from collections import Counter

from django.db.models import Prefetch, QuerySet
from django.utils.text import Truncator

from cms.document_links import open_documents, open_links
from partnerships.models import Document, Partnership
from search import audience
from search.analysis.stopwords import DANISH, ENGLISH
from search.analysis.words import words
from search.documents import Passage, Record, Text
from search.records import day_of

WORDS = 300
SAYS_LANGUAGE = 2_000
SHOWN = 200
SORTED_BY = {
    "topic": "topics",
    "place": "places",
    "goal": "goals",
    "partnership": "partnerships",
}


def documents() -> QuerySet[Document]:
    pages = Prefetch("page_links", open_links().select_related("page", "page__locale"), to_attr="open_links")
    known = {"partnerships": Partnership.objects.visible_to(None)}
    related = (Prefetch(f"open_links__page__sharedpage__{name}", known.get(name)) for name in SORTED_BY.values())
    return open_documents().prefetch_related("text_pages", pages, *related)


def of_document(document: Document) -> Record:
    texts = {page.number: page.text for page in document.text_pages.all()}
    lang = language_of(" ".join([document.title, *texts.values()])[: SAYS_LANGUAGE * 8])
    pages = [link.page.sharedpage for link in document.open_links if hasattr(link.page, "sharedpage")]
    return Record(
        kind="document",
        pk=document.pk,
        texts=(Text(lang, document.title, Truncator(next(iter(texts.values()), "")).chars(SHOWN)),),
        for_lang=("da", "en"),
        acl=frozenset({audience.PUBLIC}),
        day=day_of(document),
        facets={
            "filetype": (document.file_extension.lower(),),
            **{
                facet: tuple(dict.fromkeys(thing.slug for page in pages for thing in getattr(page, name).all()))
                for facet, name in SORTED_BY.items()
            },
        },
        passages=tuple(Passage(number, part) for number, text in texts.items() for part in parts(text)),
    )


def parts(text: str) -> list[str]:
    """About 300 words each, all equally long, never over the end of a page."""
    all_words = text.split()
    most = -(-len(all_words) // max(1, round(len(all_words) / WORDS)))
    return [" ".join(all_words[first : first + most]) for first in range(0, len(all_words), max(1, most))]


def language_of(text: str) -> str:
    """Danish unless it has more of English's small words."""
    said = Counter(words(text))
    danish = sum(said[word] for word in DANISH - ENGLISH)
    return "en" if sum(said[word] for word in ENGLISH - DANISH) > danish else "da"
