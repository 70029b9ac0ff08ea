"""Which searches are counted, and the address to which a page says that one of its results was opened."""

import re

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from search import search_log
from search.audience import PUBLIC
from search.private_words import as_logged, may_be_kept
from search.query import Query, Results, Viewer

SALT = "search.click"
GOOD_FOR_SECONDS = 60 * 60 * 24
_CRAWLER = re.compile(r"bot\b|bot/|crawl|spider|slurp|preview|monitor|scrapy", re.IGNORECASE)


def count_search(request: HttpRequest, results: Results, viewer: Viewer) -> None:
    """Once for what somebody typed: not for more pages, filters, sorting or another reading of it, and for no machine."""
    query = results.query
    if query == Query(text=query.text, language=query.language, was_cut=query.was_cut) and _is_a_reader(request):
        everybody = viewer.tokens <= {PUBLIC}
        if results.facets:  # Without an engine there are none, and the number found says nothing.
            search_log.note_search(query.text, query.language, results.total if everybody else None)


def _is_a_reader(request: HttpRequest) -> bool:
    """Not a crawler that says so, not a browser that fetches ahead, not a script that asks anew at every key."""
    asked = request.headers
    ahead = "prefetch" in asked.get("Sec-Purpose", asked.get("Purpose", ""))
    crawler = _CRAWLER.search(asked.get("User-Agent", ""))
    return request.method == "GET" and not (ahead or crawler or asked.get("HX-Request"))


def click_token(query: Query) -> str:
    """What the page sends back: the words alone, signed, so that nobody writes words of their own into the log."""
    if not query.text or not settings.SEARCH_LOG_DAYS or not may_be_kept(query.text):
        return ""
    return signing.dumps([as_logged(query.text), query.language], salt=SALT)


@csrf_exempt
@require_POST
def click(request: HttpRequest) -> HttpResponse:
    """Sent by the page's script when a result is opened. It says which search, not which result and not who.

    Without a CSRF token, on purpose: that guards what is done in somebody's name, and this is done in nobody's. No
    session is read and none begun, so a visitor gets no cookie by searching. What another site could forge is a count of
    one for a search that it must first make itself; its browser says where it comes from, and is refused.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise BadRequest("Clicks are counted from the portal's own pages alone.")
    try:
        text, lang = signing.loads(request.POST.get("asked", ""), salt=SALT, max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature as error:
        raise BadRequest("This is no search that was made here.") from error
    search_log.note_click(text, lang)
    return HttpResponse(status=204)
