"""How the four lists are narrowed: the facets of each kind, on the same rules as the lists of who takes part."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cms.models.stories import StatusStep
from cms.selectors import for_cards, in_reading_language
from partnerships.facets import PLACE, TOPIC
from partnerships.listing import Listing, Rule, narrowed, text_in
from partnerships.models import PlanEdition, Sector


def _sectors() -> Iterable[tuple[str, str]]:
    return [(sector.slug, sector.name) for sector in Sector.objects.all()]


def _editions() -> Iterable[tuple[str, str]]:
    return [(edition.slug, edition.name) for edition in PlanEdition.objects.all()]


SECTOR = Rule("sector", _("Sector"), "sector__slug", _sectors)
STATUS = Rule("status", _("Status"), "status", lambda: StatusStep.Code.choices)
EDITION = Rule("edition", _("Plan edition"), "edition__slug", _editions)
RULES = {
    "casestorypage": (STATUS, SECTOR, TOPIC, PLACE),
    "solutionideapage": (SECTOR, TOPIC, PLACE),
    "updatepage": (TOPIC, PLACE),
    "plansectionpage": (EDITION, TOPIC),
}
ORDER = {"updatepage": ["-date", "-pk"], "plansectionpage": ["edition__period_start", "title"]}


def section_listing(model: type, parameters: QueryDict, language: str) -> Listing:
    """The kind's pages that everyone may see, narrowed by the address."""
    pages = in_reading_language(model.objects.visible_to(None), language)
    if text := text_in(parameters):
        pages = pages.filter(Q(title__icontains=text) | Q(summary__icontains=text))
    name = model._meta.model_name
    return narrowed(
        for_cards(pages.order_by(*ORDER.get(name, ["-first_published_at", "-pk"]))), RULES[name], parameters
    )
