"""Organisations as they are read: the list, the page, and who changed it."""

from django.core.paginator import Paginator
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from partnerships.facets import PLACE, SECTOR, TOPIC
from partnerships.listing import Rule, named_like, narrowed, text_in
from partnerships.models import Membership, OldAddress, Organisation, PageDraft, Post
from partnerships.page_history import changes_of
from partnerships.permissions import (
    may_administer_organisation,
    may_edit_organisation,
    may_let_in,
    may_verify_organisation,
)
from partnerships.standing import open_memberships, staff_among, stands_of

from .organisation_exports import FORMATS
from .signed_in import named

RULES = (
    Rule("kind", gettext_lazy("Kind"), "kind", lambda: Organisation.Kind.choices),
    SECTOR,
    Rule("size", gettext_lazy("Size"), "size", lambda: Organisation.Size.choices),
    TOPIC,
    PLACE,
)
LATEST_POSTS = 5
CHANGES_A_PAGE = 50


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Also as a table, as data and as a feed, narrowed in the same way."""
    rows = Organisation.objects.visible_to(request.user).looked_after().prefetch_related("places")
    if text := text_in(request.GET):
        called = Organisation.objects.filter(named_like(text, "name_en", "former_names__name"))
        rows = rows.filter(pk__in=called.order_by().values("pk"))
    listing = narrowed(rows, RULES, request.GET)
    if taken_along := FORMATS.get(request.GET.get("format", "")):
        return taken_along(request, listing.page.paginator.object_list)
    return render(request, "partnerships/organisation_list.html", {"listing": listing})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """An address from before a merger leads to the one that stayed."""
    visible = Organisation.objects.visible_to(request.user)
    found = _to_be_read_by(request.user).filter(slug=slug).first()
    if found is None:
        old = get_object_or_404(OldAddress, slug=slug, organisation__in=visible.order_by().values("pk"))
        return redirect(old.organisation, permanent=True)
    memberships = open_memberships(found)
    context = {
        "organisation": found,
        "former_names": list(found.former_names.all()),
        "topics": list(found.topics.all()),
        "places": list(found.places.all()),
        "sectors": list(found.sectors.all()),
        "stands": stands_of(found, request.user),
        "staff": staff_among(memberships),
        "posts": _public_posts(found),
        "is_looked_after": found.is_looked_after,
        **_ties(request, found),
        **_what_one_may_do(request, found, memberships),
    }
    return render(request, "partnerships/organisation.html", context)


def _to_be_read_by(viewer: Model) -> QuerySet[Organisation]:
    """With what its page asks of it besides: how the reader stands to it, who looks after it, a draft of a change."""
    drafts = PageDraft.objects.filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.visible_to(viewer).read_for(viewer).looked_after().select_related("logo")
    return rows.annotate(has_draft=Exists(drafts))


def _public_posts(organisation: Organisation) -> list[Post]:
    return list(Post.objects.public().filter(organisation=organisation).select_related("partnership")[:LATEST_POSTS])


def _ties(request: HttpRequest, organisation: Organisation) -> dict[str, list[Organisation]]:
    """What it is part of and what is part of it, what it continues and what continues it; in one query."""
    own = Q(pk__in=[organisation.parent_id or 0, organisation.successor_id or 0])
    others = Organisation.objects.visible_to(request.user).exclude(pk=organisation.pk)
    tied = list(others.filter(own | Q(parent=organisation) | Q(successor=organisation)))
    return {
        "part_of": [one for one in tied if one.pk == organisation.parent_id],
        "parts": [one for one in tied if one.parent_id == organisation.pk],
        "continued_by": [one for one in tied if one.pk == organisation.successor_id],
        "continues": [one for one in tied if one.successor_id == organisation.pk],
    }


def _what_one_may_do(
    request: HttpRequest, organisation: Organisation, memberships: list[Membership]
) -> dict[str, object]:
    """One's own place here, and for those who let people in, who waits."""
    if not request.user.is_authenticated:
        return {"own": None, "may_edit": False, "waiting": []}
    asked = [row for row in memberships if row.status == Membership.Status.REQUESTED]
    waiting = [row for row in asked if row.profile.user_id != request.user.pk]
    decides = bool(waiting) and may_let_in(request.user, waiting[0])
    may_edit = may_edit_organisation(request.user, organisation)
    return {
        "own": next((row for row in memberships if row.profile.user_id == request.user.pk), None),
        "may_edit": may_edit,
        "administers": may_administer_organisation(request.user, organisation),
        "may_verify": may_verify_organisation(request.user),
        "draft": may_edit and organisation.has_draft,
        "waiting": waiting if decides else [],
    }


@named
@require_safe
def organisation_history(request: HttpRequest, slug: str) -> HttpResponse:
    """For those who look after the page."""
    found = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not may_edit_organisation(request.user, found):
        raise Http404
    page = Paginator(changes_of(found), CHANGES_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partnerships/organisations/history.html", {"organisation": found, "page": page})
