"""Suggestions while one types: for the script as JSON, and as a page for who has none."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from search import audience
from search.addresses import query_from
from search.suggesting import suggest as suggestions_for


@require_safe
@cache_control(private=True, max_age=0)
def suggest(request: HttpRequest) -> HttpResponse:
    query = query_from(request.GET, get_language() or "da")
    found = suggestions_for(query, audience.viewer(request.user))
    if request.GET.get("format") == "json":
        answer = {"suggestions": [asdict(suggestion) for suggestion in found]}
        return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})
    return render(request, "search/suggest.html", {"query": query, "suggestions": found})
