"""A synonym is tried before it is kept: what everybody finds without it and with it, side by side."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from partnerships.services.refusals import Refusal
from search.desk_forms import SynonymTrialForm
from search.engines.base import EngineFailed
from search.models import Synonym
from search.query import Query
from search.services import synonyms
from search.trying import before_and_after

from .log import heading

TITLE = _("Add a synonym")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("search.add_synonym")
def try_synonym(request: HttpRequest) -> HttpResponse:
    form = _form(request)
    context: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        context = _tried(form)
        if request.POST.get("act") == "keep" and _kept(request, form):
            return redirect("search_log:index")
    return render(
        request,
        "wagtailadmin/search/synonym.html",
        {**heading(TITLE, "pick", below_the_log=True), "form": form, **context},
    )


def _form(request: HttpRequest) -> SynonymTrialForm:
    """Begun from a row of the log; a word that has a row already is added to."""
    if request.method == "POST":
        return SynonymTrialForm(request.POST)
    query = " ".join(request.GET.get("q", "").split())
    there = Synonym.objects.filter(word__iexact=query).first()
    known = {"others": there.others, "both_ways": there.both_ways, "lang": there.lang} if there else {}
    return SynonymTrialForm(initial={"q": query, "word": query[:80], **known})


def _row(values: dict[str, Any]) -> Synonym:
    """The one that is kept for this word and language with the new values, or a new one; not saved."""
    word = " ".join(values["word"].split())
    row = Synonym.objects.filter(word__iexact=word, lang=values["lang"]).first() or Synonym(word=word)
    row.others, row.both_ways, row.lang = values["others"], values["both_ways"], values["lang"]
    return row


def _tried(form: SynonymTrialForm) -> dict[str, Any]:
    values = form.cleaned_data
    query = Query(text=values["q"], language="en" if values["lang"] == "en" else "da")
    try:
        before, after = before_and_after(query, _row(values))
    except EngineFailed:
        return {"silent": True}
    return {"before": before, "after": after, "query": query.text}


def _kept(request: HttpRequest, form: SynonymTrialForm) -> bool:
    values = {name: form.cleaned_data[name] for name in ("word", "others", "both_ways", "lang")}
    there = _row(values)
    try:
        with transaction.atomic():
            synonyms.keep(actor=request.user, synonym=there if there.pk else None, **values)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
        return False
    messages.success(request, _("The synonym is kept. It is in force with the next search."))
    return True
