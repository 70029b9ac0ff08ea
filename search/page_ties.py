"""What pages are tied to, read for many pages at once.

Many pages name the same topic or organisation. It is made once for all of them, not once for each: that is most of what
reading a page costs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

from cms.models import CaseStoryPage, OrganisationLink, PersonLink, SharedPage, StatusStep
from partnerships.models import Organisation, Partnership, Profile

TERMS = ("topics", "places", "goals")


@dataclass(slots=True)
class Ties:
    """In the order in which the page shows them. Of people only those who agree to be found, of organisations no drafts."""

    topics: Sequence[Any] = ()
    places: Sequence[Any] = ()
    goals: Sequence[Any] = ()
    partnerships: Sequence[Partnership] = ()
    organisations: list[Organisation] = field(default_factory=list)
    called_then: list[str] = field(default_factory=list)
    people: list[Profile] = field(default_factory=list)
    steps: list[StatusStep] = field(default_factory=list)


def tie(pages: Sequence[SharedPage]) -> None:
    """Gives each page its `ties`."""
    found: dict[int, Ties] = defaultdict(Ties)
    for name in TERMS:
        _add_related(found, name, getattr(SharedPage, name).field.related_model.objects.all(), pages)
    _add_related(found, "partnerships", Partnership.objects.visible_to(None).only("name", "slug"), pages)
    _add_organisations(found, pages)
    _add_people(found, pages)
    if pages and isinstance(pages[0], CaseStoryPage):
        for step in StatusStep.objects.filter(page__in=[page.pk for page in pages]):
            found[step.page_id].steps.append(step)
    for page in pages:
        page.ties = found[page.pk]


def _add_related(found: Mapping[int, Ties], name: str, rows: QuerySet, pages: Sequence[SharedPage]) -> None:
    """In the order of the rows' own kind."""
    relation = getattr(SharedPage, name)
    to = relation.field.m2m_reverse_field_name()
    links = relation.through.objects.filter(sharedpage__in=[page.pk for page in pages])
    pages_of: dict[int, list[int]] = defaultdict(list)
    for page, thing in links.order_by().values_list("sharedpage_id", f"{to}_id"):
        pages_of[thing].append(page)
    named: dict[int, list[Model]] = defaultdict(list)
    for thing in rows.filter(pk__in=pages_of):
        for page in pages_of[thing.pk]:
            named[page].append(thing)
    for page, things in named.items():
        setattr(found[page], name, things)


def _add_organisations(found: Mapping[int, Ties], pages: Sequence[SharedPage]) -> None:
    links = list(_links(OrganisationLink, pages).values_list("page_id", "organisation_id", "named"))
    known = _by_key(Organisation.objects.public().only("name", "slug"), (organisation for _, organisation, _ in links))
    for page, organisation, named in links:
        if organisation in known:
            found[page].organisations.append(known[organisation])
            found[page].called_then += [named] if named else []


def _add_people(found: Mapping[int, Ties], pages: Sequence[SharedPage]) -> None:
    links = list(_links(PersonLink, pages).values_list("page_id", "person_id"))
    known = _by_key(Profile.objects.findable().only("name"), (person for _, person in links))
    for page, person in links:
        found[page].people += [known[person]] if person in known else []


def _links(model: type[Model], pages: Sequence[SharedPage]) -> QuerySet:
    return model.objects.filter(page__in=[page.pk for page in pages]).order_by("sort_order", "pk")


def _by_key(rows: QuerySet, keys: Iterable[int]) -> dict[int, Any]:
    return {row.pk: row for row in rows.filter(pk__in=set(keys)).order_by()}
