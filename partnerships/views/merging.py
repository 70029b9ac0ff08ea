"""Two pages of one organisation become one: found, looked at, and pressed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnerships import duplicates
from partnerships.listing import named_like, text_in
from partnerships.models import Organisation
from partnerships.permissions import may_merge_organisations
from partnerships.services import merging

from .refusals import told_on_the_next_page
from .signed_in import named

MOST_SHOWN = 12


@named
def organisation_merge(request: HttpRequest, slug: str) -> HttpResponse:
    """For the municipality's editors, who stand on the page that is to stay; `other` is the one that goes."""
    kept = get_object_or_404(Organisation, slug=slug)
    if not may_merge_organisations(request.user):
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    other = Organisation.objects.exclude(pk=kept.pk).filter(slug=asked.get("other", "")[:120]).first()
    if request.method == "POST" and other is not None:
        with told_on_the_next_page(request):
            merging.merge(gone=other, kept=kept, actor=request.user)
            messages.success(request, _("%(name)s is merged into this page.") % {"name": other})
        return redirect(kept)
    context = {
        "organisation": kept,
        "other": other,
        "moves": merging.what_moves(other) if other else [],
        "text": text_in(request.GET),
        "found": [] if other else _candidates(kept, text_in(request.GET)),
    }
    return render(request, "partnerships/organisations/merge.html", context)


def _candidates(kept: Organisation, text: str) -> list[Organisation]:
    """Those that are called alike, or what was searched for."""
    if not text:
        return [one for one in duplicates.with_name(kept.name) if one.pk != kept.pk]
    found = Organisation.objects.filter(named_like(text, "name_en", "former_names__name")).exclude(pk=kept.pk)
    return list(found.distinct()[:MOST_SHOWN])
