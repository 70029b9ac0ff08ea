"""A partnership's members as its administrators look after them, and an organisation's partnerships as its own people do."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partnerships import clock
from partnerships.listing import text_in
from partnerships.models import Membership, Organisation, Participation, Partnership, Seat
from partnerships.permissions import may_list_members
from partnerships.services.vacancies import ending
from partnerships.tables import as_csv
from partnerships.text.folding import collation_key
from partnerships.visibility import organisations_of

from .signed_in import named

MEMBERS_A_PAGE = 50
SHOWN = ("now", "vacant", "ending", "former")


@require_safe
@named
def member_list(request: HttpRequest, slug: str) -> HttpResponse:
    partnership = get_object_or_404(Partnership.objects.visible_to(request.user), slug=slug)
    if not may_list_members(request.user, partnership):
        raise Http404
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else "now"
    rows = _called(_shown(partnership.participations.all(), shown), text_in(request.GET))
    rows = _with_those_who_act(rows.select_related("organisation", "profile", "tier", "partnership"))
    if request.GET.get("format") == "csv":
        return as_csv(_columns(), _rows(rows), name=f"{partnership.slug}-{_('members')}")
    context = {
        "partnership": partnership,
        "shown": shown,
        "text": text_in(request.GET),
        "counts": {name: _shown(partnership.participations.all(), name).count() for name in SHOWN},
        "page": Paginator(rows, MEMBERS_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "partnerships/participation/members.html", context)


def _shown(rows: QuerySet[Participation], which: str) -> QuerySet[Participation]:
    """All that now take part; those nobody acts for; those whose representative's term ends; those that are gone."""
    if which == "former":
        return rows.filter(until__lt=clock.today())
    now = rows.filter(Q(until=None) | Q(until__gte=clock.today()))
    acts = Seat.objects.current().filter(participation=OuterRef("pk"), role=Seat.Role.REPRESENTATIVE)
    if which == "vacant":
        return now.filter(~Exists(acts), organisation__isnull=False)
    if which == "ending":
        return now.filter(pk__in=ending(told_too=True).filter(participation__isnull=False).values("participation"))
    return now


def _called(rows: QuerySet[Participation], text: str) -> QuerySet[Participation]:
    if not text:
        return rows
    key = collation_key(text)
    return rows.filter(Q(organisation__sort_key__contains=key) | Q(profile__sort_key__contains=key))


def _with_those_who_act(rows: QuerySet[Participation]) -> QuerySet[Participation]:
    seats = Seat.objects.filter(Q(until=None) | Q(until__gte=clock.today())).select_related("profile")
    return rows.prefetch_related(Prefetch("seats", seats.order_by("-role", "since"), to_attr="acting"))


def _columns() -> tuple[str, ...]:
    return (_("Member"), _("Kind of membership"), _("Since"), _("Until"), _("Representative"), _("To"), _("Deputy"))


def _rows(rows: QuerySet[Participation]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        by_role = {seat.role: seat for seat in reversed(row.acting)}
        one, other = by_role.get(Seat.Role.REPRESENTATIVE), by_role.get(Seat.Role.DEPUTY)
        since = row.since.isoformat() if row.since_is_known else ""
        acts = (one and one.profile.name, one and one.until, other and other.profile.name)
        yield (str(row.member), row.tier.name, since, row.until, *acts)


@require_safe
@named
def organisation_participations(request: HttpRequest, slug: str) -> HttpResponse:
    """For its administrators and editors: where it takes part and took part, and who acts for it there."""
    own = organisations_of(request.user, Membership.Role.ADMINISTRATOR, Membership.Role.EDITOR)
    organisation = get_object_or_404(Organisation, slug=slug, pk__in=own)
    rows = organisation.participations.select_related("partnership", "tier", "organisation").order_by("-since", "pk")
    waiting = organisation.applications.waiting().select_related("partnership", "tier")
    context = {
        "organisation": organisation,
        "page": Paginator(_with_those_who_act(rows), MEMBERS_A_PAGE).get_page(request.GET.get("page")),
        "waiting": list(waiting),
    }
    return render(request, "partnerships/participation/of_organisation.html", context)
