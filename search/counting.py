"""How much everybody finds: the only number of results that is counted and shown to editors, so that it tells of nothing
that is closed to them."""

import logging
from collections.abc import Iterable
from dataclasses import replace

from django.contrib.auth.models import AnonymousUser

from search import audience
from search.engines.base import EngineFailed
from search.finding import widened, with_synonyms
from search.models import Promotion, Synonym, WordRule
from search.promoting import first_of, put_first
from search.query import Query
from search.stamps import stamps
from search.synonyms import table_of
from search.word_rules import follow_rules

log = logging.getLogger(__name__)


def found_by_all(texts: Iterable[str], language: str) -> dict[str, int]:
    """Of each search; what the engine does not answer is left out. Rules and synonyms are read once for all of them."""
    seen = stamps()
    follow_rules(seen[WordRule])
    table, everybody = table_of(language, seen[Synonym]), audience.viewer(AnonymousUser())
    found = {}
    try:
        for text in texts:
            query = Query(text=text, language=language)
            asked = with_synonyms(query, table)
            _request, rows, _notice = widened(query, asked, everybody)
            asked = replace(asked, first=put_first(query, asked, seen[Promotion]))
            found[text] = first_of(asked, query, everybody).total(rows)
    except EngineFailed:
        log.warning("The engine did not say how much everybody finds")
    return found
