"""Which pages a reader sees, asked in one place. Every answer is live and public."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from cms.models import (
    CaseStoryPage,
    HomePage,
    OrganisationLink,
    PersonLink,
    PlanSectionPage,
    SharedPage,
    SolutionIdeaPage,
    StandardPage,
)
from cms.openness import is_closed, open_pages
from partnerships import clock
from partnerships.handover.gone import BELONGED
from partnerships.models import Consent, Membership, Partnership, Profile

KINDS = {"story": "casestorypage", "idea": "solutionideapage", "update": "updatepage", "plan": "plansectionpage"}


@dataclass(frozen=True)
class MenuPage:
    """A page of the frame: a section of the menu, or a page of text by its role."""

    text: str
    url: str
    role: str


def menu_pages(language: str) -> list[MenuPage]:
    """The front page's children in this language, one query: sections for the menu, pages of text for the footer."""
    home = HomePage.objects.filter(locale__language_code=language).values("path")[:1]
    pages = open_pages().filter(locale__language_code=language, depth=3, path__startswith=home).order_by("path")
    rows = pages.values_list("title", "url_path", "standardpage__role")
    return [
        MenuPage(title, address_at(path, language), "section" if role is None else role) for title, path, role in rows
    ]


def address(page: Page, language: str) -> str:
    """The page's path on this site, from its stored path: no query."""
    return address_at(page.url_path, language)


def address_at(url_path: str, language: str) -> str:
    below_home = url_path.split("/", 2)[2]
    with translation.override(language):
        return reverse("wagtail_serve", args=[below_home])


def page_in(page: Page, language: str) -> str:
    """The address of the page in a language, or nothing where it has no live translation."""
    if page.locale.language_code == language:
        return address(page, language)
    other = open_pages().filter(translation_key=page.translation_key, locale__language_code=language).first()
    return address(other, language) if other else ""


def shared_pages(
    *,
    kind: str = "",
    topic: Model | None = None,
    place: Model | None = None,
    goal: Model | None = None,
    organisation: Model | None = None,
    person: Model | None = None,
    partnership: Model | None = None,
    language: str = "",
) -> QuerySet[SharedPage]:
    """Pages in the reader's language, and those of the other language that have no live translation; newest first."""
    pages = in_reading_language(SharedPage.objects.visible_to(None), language or translation.get_language() or "da")
    if kind:
        pages = pages.filter(content_type__model=KINDS[kind])
    for field, thing in (("topics", topic), ("places", place), ("goals", goal), ("partnerships", partnership)):
        if thing is not None:
            pages = pages.filter(**{field: thing})
    if organisation is not None:
        pages = pages.filter(organisation_links__organisation=organisation)
    if person is not None:
        pages = pages.filter(person_links__person=person)
    return pages.distinct().order_by("-first_published_at", "-pk")


def in_reading_language(pages: QuerySet, language: str) -> QuerySet:
    """So that nothing is listed twice and nothing is missing."""
    translated = open_pages().filter(translation_key=OuterRef("translation_key"), locale__language_code=language)
    return pages.filter(Q(locale__language_code=language) | ~Exists(translated))


def for_cards(pages: QuerySet) -> QuerySet:
    """With what a card shows: three queries for any number of pages of any kinds."""
    own = ["casestorypage"] if pages.model is SharedPage else []
    return pages.select_related("picture", "sector", "locale", *own).prefetch_related("places", "picture__renditions")


def with_counts(goals: QuerySet) -> QuerySet:
    """Goals with what is shared under each: cases, ideas, partnerships."""
    public = Q(pages__live=True, pages__locale__language_code="da")
    return goals.select_related("edition").annotate(
        stories=Count("pages", filter=public & Q(pages__in=CaseStoryPage.objects.visible_to(None)), distinct=True),
        ideas=Count("pages", filter=public & Q(pages__in=SolutionIdeaPage.objects.visible_to(None)), distinct=True),
        networks=Count(
            "partnerships", filter=Q(partnerships__in=Partnership.objects.shown_whole_to(None)), distinct=True
        ),
    )


def plan_sections(language: str) -> list[PlanSectionPage]:
    """The same matter through the plan's editions, the oldest first."""
    pages = in_reading_language(PlanSectionPage.objects.visible_to(None), language)
    return list(pages.select_related("edition", "locale").defer("body").order_by("edition__period_start", "pk"))


def people_of(page: SharedPage, *, unsaved: bool = False) -> list[PersonLink]:
    """Those named on the page who agree to it now and are there to answer, and its contacts only while they belong to it;
    in a preview also those who are not saved yet."""
    given = Consent.objects.answering().filter(profile=OuterRef("person"))
    named = PersonLink.objects.filter(~_is_a_contact_who_left(), Exists(given)).select_related("person")
    named = named.order_by("sort_order")
    if not unsaved:
        return list(named.filter(page_id=page.pk))
    links = page.person_links.all()
    agree = Profile.objects.consenting().in_bulk([link.person_id for link in links])
    return [link for link in links if link.person_id in agree]


def _is_a_contact_who_left() -> Q:
    """Belonged to an organisation that the page names, and belongs to none of them now."""
    of_it = {"profile": OuterRef("person"), "organisation__page_links__page": OuterRef("page")}
    begun = Membership.objects.filter(**of_it, status__in=BELONGED, since__lte=clock.today())
    left = Q(Exists(begun)) & ~Q(Exists(Membership.objects.current().filter(**of_it)))
    return Q(role=PersonLink.Role.CONTACT) & left


def mailbox_of(page: SharedPage, organisations: list[OrganisationLink]) -> str:
    """Its own, or that of the first organisation it names that has one. Whoever asks here is asked where no person answers."""
    return page.mailbox or next((link.organisation.mailbox for link in organisations if link.organisation.mailbox), "")


def related_pages(
    page: SharedPage, *, topics: list[Model], goals: list[Model], partnerships: list[Model], limit: int = 3
) -> list[SharedPage]:
    """Pages that share most topics, goals and partnerships with this one; only what everyone may see."""
    weighed = [("topics", topics, 2), ("goals", goals, 1), ("partnerships", partnerships, 3)]
    overlaps = [shared_pages_overlap(name, things) * weight for name, things, weight in weighed if things]
    if not overlaps:
        return []
    shared = sum(overlaps, start=Value(0))
    pages = in_reading_language(SharedPage.objects.visible_to(None), page.locale.language_code)
    near = pages.exclude(translation_key=page.translation_key).annotate(shared=shared).filter(shared__gt=0)
    return list(for_cards(near.order_by("-shared", F("first_published_at").desc(nulls_last=True)))[:limit])


def shared_pages_overlap(name: str, things: list[Model]) -> Count:
    return Count(name, filter=Q(**{f"{name}__in": things}), distinct=True)


def standard_page(role: str, language: str) -> StandardPage | None:
    return StandardPage.objects.live().filter(~is_closed(), role=role, locale__language_code=language).first()
