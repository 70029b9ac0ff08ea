"""Who knows, as a page of its own and for machines."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from search import audience
from search.addresses import address_of, query_from
from search.query import Expert, Query
from search.who_knows import KINDS, PER_PAGE, Known, who_knows

FILTERS = ("topic", "place", "organisation", "kind")


@require_safe
def experts(request: HttpRequest) -> HttpResponse:
    typed = query_from(request.GET, get_language() or "da")
    filters = {name: values for name, values in typed.filters.items() if name in FILTERS}
    query = Query(text=typed.text, language=typed.language, filters=filters, page=typed.page)
    known = who_knows(query, audience.viewer(request.user))
    if request.GET.get("format") == "json":
        return JsonResponse(as_json(known), json_dumps_params={"ensure_ascii": False})
    return render(request, "search/experts.html", _context(known))


def _context(known: Known) -> dict[str, Any]:
    query = known.query
    pages = Paginator(range(known.total), PER_PAGE)
    return {
        "known": known,
        "query": query,
        "kinds": _kinds(known),
        "all_kinds": address_of(query, kind=()),
        "all_count": sum((known.kinds or {}).values()),
        "chosen": [
            (value, _without(query, facet.name, value.value)) for facet in known.facets for value in facet.chosen
        ],
        "without_filters": address_of(Query(text=query.text)),
        "search_too": address_of(Query(text=query.text)),
        "page_obj": pages.get_page(query.page),
    }


def _kinds(known: Known) -> list[tuple[str, int, bool, str]]:
    names = {"person": _("People"), "organisation": _("Organisations")}
    chosen = known.query.filters.get("kind", ())
    counts = known.kinds or {}
    return [
        (names[kind], counts[kind], kind in chosen, address_of(known.query, kind=(kind,)))
        for kind in KINDS
        if kind in counts
    ]


def _without(query: Query, name: str, value: str) -> str:
    return address_of(query, **{name: tuple(kept for kept in query.filters[name] if kept != value)})


def as_json(known: Known) -> dict[str, Any]:
    return {
        "total": known.total,
        "experts": [expert_as_json(expert) for expert in known.experts],
        "facets": {
            facet.name: [
                {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}
                for value in facet.values
            ]
            for facet in known.facets
        },
        "notice": known.notice,
    }


def expert_as_json(expert: Expert) -> dict[str, Any]:
    return {
        "id": expert.id,
        "kind": expert.kind,
        "name": expert.name,
        "url": expert.url,
        "reasons": list(expert.reasons),
        "evidence": [
            {"id": shown.id, "title": shown.title, "url": shown.url, "lang": shown.lang, "role": shown.role}
            for shown in expert.evidence
        ],
    }
