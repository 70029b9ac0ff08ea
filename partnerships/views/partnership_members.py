from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from partnerships.listing import LONGEST_TEXT, PER_PAGE, text_in
from partnerships.models import Organisation, Partnership, Tier
from partnerships.permissions import may_see_whole
from partnerships.standing import Stand, members_of, standing_of
from partnerships.text.folding import collation_key


@dataclass(frozen=True)
class Members:
    page: Page
    stands: list[Stand]
    text: str
    tier: Tier | None


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """All who take part, a page at a time, by name or by kind of membership."""
    rows = Partnership.objects.visible_to(request.user).filter(state__in=Partnership.LIVED)
    found = get_object_or_404(rows, slug=slug)
    if not may_see_whole(request.user, found):
        raise Http404
    tiers = list(found.tiers.all())
    context = {"partnership": found, "tiers": tiers, "members": _chosen(request, found, tiers)}
    return render(request, "partnerships/members.html", context)


def _chosen(request: HttpRequest, partnership: Partnership, tiers: list[Tier]) -> Members:
    rows = members_of(partnership).order_by("organisation__sort_key", "pk")
    tier = next((one for one in tiers if str(one.pk) == request.GET.get("tier")), None)
    if tier:
        rows = rows.filter(tier=tier)
    if text := text_in(request.GET):
        named = Organisation.objects.filter(sort_key__contains=collation_key(text))
        rows = rows.filter(organisation__in=named.order_by().values("pk"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return Members(page, standing_of(page.object_list), request.GET.get("q", "")[:LONGEST_TEXT].strip(), tier)
