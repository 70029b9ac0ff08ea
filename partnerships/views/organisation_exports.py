"""The list of organisations taken along: as a table, as data, and as a feed of what is new or changed."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partnerships.models import Organisation
from partnerships.tables import as_csv
from partnerships.text.markup import plain_text

IN_A_FEED = 50
SEVERAL = ("sectors", "places", "topics")
COLUMNS = (
    *("id", "name", "name_en", "kind", "size", "company_number", "mailbox", "website", *SEVERAL),
    *("former_names", "verified", "updated", "url"),
)


def _all(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Published ones alone: what is taken along is passed on."""
    return rows.filter(state=Organisation.State.PUBLISHED).prefetch_related(*SEVERAL, "former_names")


def _fields(organisation: Organisation) -> dict[str, object]:
    return {
        "id": organisation.pk,
        "name": organisation.name,
        "name_en": organisation.name_en,
        "kind": organisation.kind,
        "size": organisation.size,
        "company_number": organisation.company_number,
        "mailbox": organisation.mailbox,
        "website": organisation.website,
        **{name: [one.name for one in getattr(organisation, name).all()] for name in SEVERAL},
        "former_names": [one.name for one in organisation.former_names.all()],
        "verified": organisation.verified.isoformat() if organisation.verified else "",
        "updated": organisation.updated.isoformat(timespec="seconds"),
        "url": settings.SITE_URL + organisation.get_absolute_url(),
    }


def as_table(request: HttpRequest, rows: QuerySet[Organisation]) -> HttpResponse:
    found = [_fields(one) for one in _all(rows)]
    lines = [["; ".join(value) if isinstance(value, list) else value for value in one.values()] for one in found]
    return as_csv(COLUMNS, lines, name=_("organisations"))


def as_json(request: HttpRequest, rows: QuerySet[Organisation]) -> HttpResponse:
    found = [_fields(one) for one in _all(rows)]
    return JsonResponse({"total": len(found), "organisations": found}, json_dumps_params={"ensure_ascii": False})


def as_atom(request: HttpRequest, rows: QuerySet[Organisation]) -> HttpResponse:
    """What changed last comes first."""
    list_url = settings.SITE_URL + reverse("partnerships:organisation_list")
    feed = Atom1Feed(
        title=_("Organisations"),
        link=list_url,
        description="",
        language=get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
    )
    newest = rows.filter(state=Organisation.State.PUBLISHED).order_by("-updated")[:IN_A_FEED]
    for one in newest:
        url = settings.SITE_URL + one.get_absolute_url()
        text = plain_text(one.about_shown)[:500]
        feed.add_item(one.name_shown, url, text, unique_id=url, updateddate=one.updated, pubdate=one.created)
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


FORMATS: dict[str, Callable[[HttpRequest, QuerySet[Organisation]], HttpResponse]] = {
    "csv": as_table,
    "json": as_json,
    "atom": as_atom,
}
