"""A result is recommended: a search finds the thing, and it is put first for the words that people search."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from partnerships.services.refusals import Refusal
from search.desk_forms import PromotionForm
from search.engines.base import EngineFailed
from search.query import LONGEST_TEXT, Query
from search.services import promotions
from search.synonyms import table_of
from search.trying import tried
from search.word_rules import follow_rules

from .log import heading

TITLE = _("Recommend a result")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("search.add_promotion")
def promote(request: HttpRequest) -> HttpResponse:
    words = " ".join(request.GET.get("q", "").split())[:120]
    form = PromotionForm(request.POST or None, initial={"words": words, "lang": ""})
    if request.method == "POST" and form.is_valid() and _promoted(request, form):
        return redirect("promotion:index")
    look_for = " ".join(request.GET.get("find", "").split())[:LONGEST_TEXT] or words
    context = {"form": form, "words": words, "look_for": look_for, **_found(look_for, request.GET.get("lang", ""))}
    return render(
        request, "wagtailadmin/search/promote.html", {**heading(TITLE, "pick", below_the_log=True), **context}
    )


def _found(look_for: str, lang: str) -> dict[str, Any]:
    """What everybody finds, since only that can be recommended to everybody."""
    if not look_for:
        return {}
    follow_rules()
    query = Query(text=look_for, language="en" if lang == "en" else "da")
    try:
        return {"found": tried(query, table_of(query.language))}
    except EngineFailed:
        return {"silent": True}


def _promoted(request: HttpRequest, form: PromotionForm) -> bool:
    try:
        with transaction.atomic():
            promotions.promote(actor=request.user, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return False
    messages.success(request, _("It is put first with the next search."))
    return True
