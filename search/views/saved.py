"""Searches that a person saved. Another's does not exist."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from partnerships.views.refusals import told_in
from search.addresses import query_from
from search.forms import SavedSearchForm
from search.models import SavedSearch
from search.news import news_in
from search.services import saved_searches as services
from search.stopping import searches_in
from search.summary import in_words, name_for

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])


def _own(request: HttpRequest, pk: int) -> SavedSearch:
    return get_object_or_404(request.user.saved_searches, pk=pk)


@require_safe
@login_required
def saved_searches(request: HttpRequest) -> HttpResponse:
    searches = [(search, in_words(search.query)) for search in request.user.saved_searches.all()]
    return render(request, "search/saved_searches.html", {"searches": searches})


@READ_AND_SEND
@login_required
def save_search(request: HttpRequest) -> HttpResponse:
    """The search stands in the address, as on the search page itself, so that sign-in keeps it."""
    query = query_from(request.GET, get_language() or "da")
    words = in_words(query)
    form = SavedSearchForm(request.POST or None, initial={"name": name_for(query)})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            saved = services.save_search(actor=request.user, query=query, **form.cleaned_data)
            messages.success(request, _("Your search is saved."))
            return redirect(saved)
    return render(request, "search/saved_search_form.html", {"form": form, "words": words, "query": query})


@require_safe
@login_required
def saved_search(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    context = {"search": search, "words": in_words(search.query), "news": news_in(search)}
    return render(request, "search/saved_search.html", context)


@READ_AND_SEND
@login_required
def saved_search_change(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    form = SavedSearchForm(request.POST or None, initial={"name": search.name, "rhythm": search.rhythm})
    if request.method == "POST" and form.is_valid():
        with told_in(form):
            services.change_search(search=search, actor=request.user, **form.cleaned_data)
            messages.success(request, _("Your saved search is changed."))
            return redirect("search:saved_searches")
    context = {"form": form, "search": search, "words": in_words(search.query)}
    return render(request, "search/saved_search_form.html", context)


@READ_AND_SEND
@login_required
def saved_search_delete(request: HttpRequest, pk: int) -> HttpResponse:
    search = _own(request, pk)
    if request.method == "POST":
        services.delete_search(search=search, actor=request.user)
        messages.success(request, _("Your saved search is deleted."))
        return redirect("search:saved_searches")
    return render(request, "search/saved_search_delete.html", {"search": search})


@csrf_exempt
@never_cache
@READ_AND_SEND
def stop_alerts(request: HttpRequest, token: str) -> HttpResponse:
    """One press, without sign-in: by a person on the page that the mail leads to, or by their mail program (RFC 8058).

    The signed address is the permission, so no other token is asked for; looking at the page changes nothing.
    """
    keys = searches_in(token)
    if keys is None:
        raise Http404
    if request.method == "POST":
        services.stop_alerts(keys=keys)
    names = SavedSearch.objects.filter(pk__in=keys).values_list("name", flat=True)
    context = {"names": list(names), "stopped": request.method == "POST"}
    return render(request, "search/stop_alerts.html", context)
