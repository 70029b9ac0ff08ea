from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import audience
from search.addresses import address_of, query_from
from search.finding import find
from search.query import PER_PAGE, Query, Results, Value
from search.views.clicks import click_token, count_search
from search.views.experts import expert_as_json
from search.views.taken_along import FORMATS, taken_along


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One address for the page, for the part of it that a script asks for anew, and for machines."""
    query, viewer = query_from(request.GET, get_language() or "da"), audience.viewer(request.user)
    if request.GET.get("format") in FORMATS:
        return taken_along(request, query, viewer)
    results = find(query, viewer)
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(results), json_dumps_params={"ensure_ascii": False})
    part = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    count_search(request, results, viewer)
    template = "search/_found.html" if part else "search/search.html"
    response = render(request, template, {**_context(results), "part": part})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _context(results: Results) -> dict[str, Any]:
    query = results.query
    pages = Paginator(range(results.pages * PER_PAGE), PER_PAGE)
    chosen = [(value, _without(query, facet.name, value)) for facet in results.facets for value in facet.chosen]
    return {
        "results": results,
        "query": query,
        "chosen": chosen,
        "without_filters": address_of(Query(text=query.text, sort=query.sort)),
        "kinds": _kinds(results),
        "all_kinds": address_of(query, kind=()),
        "all_count": sum(value.count for value in results.kinds.values) if results.kinds else results.total,
        "sorts": [("relevance", _("Relevance")), ("newest", _("Newest first")), ("name", _("Name"))],
        "page_obj": pages.get_page(query.page),
        "meant": address_of(query, q=results.did_you_mean),
        "only_typed": address_of(query, exact=True),
        "here": address_of(query),
        "asked": click_token(query),
        "newest": address_of(query, sort="newest"),
    }


def _without(query: Query, name: str, value: Value) -> str:
    return address_of(query, **{name: tuple(kept for kept in query.filters[name] if kept != value.value)})


def _kinds(results: Results) -> list[tuple[Value, str]]:
    """The row of kinds above the hits: each leads to itself alone."""
    facet = results.kinds
    return [(value, address_of(results.query, kind=(value.value,))) for value in facet.values] if facet else []


def as_json(results: Results) -> dict[str, Any]:
    return {
        "total": results.total,
        "hits": [
            {"id": hit.id, "kind": hit.kind, "title": hit.name, "url": hit.url, "lang": hit.lang}
            | ({"recommended": True} if hit.is_recommended else {})
            for hit in results.hits
        ],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in results.facets
        },
        "experts": [expert_as_json(expert) for expert in results.experts],
        "did_you_mean": results.did_you_mean or None,
        "notice": results.notice,
    }
