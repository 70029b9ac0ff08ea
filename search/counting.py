"""How much everybody finds: the only number of results that is counted and shown to editors, so that it tells of nothing
that is closed to them."""

import logging
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser

from search import audience
from search.engines.base import EngineFailed
from search.finding import widened, with_synonyms
from search.promoting import first_for
from search.query import Query
from search.synonyms import table_of
from search.word_rules import follow_rules

log = logging.getLogger(__name__)


def found_by_all(texts: Iterable[str], language: str) -> dict[str, int]:
    """Of each search; what the engine does not answer is left out. Rules and synonyms are read once for all of them."""
    follow_rules()
    table, everybody = table_of(language), audience.viewer(AnonymousUser())
    found = {}
    try:
        for text in texts:
            query = Query(text=text, language=language)
            asked = with_synonyms(query, table)
            _request, rows, _notice = widened(query, asked, everybody)
            found[text] = first_for(query, asked, everybody).total(rows)
    except EngineFailed:
        log.warning("The engine did not say how much everybody finds")
    return found
