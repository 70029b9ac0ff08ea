"""Writes an invented portal into an empty site, in bulk: 100,000 things in minutes instead of hours.

Pages get the paths that treebeard would have given them one by one. Nothing is sent, no history is written and no signal
is heard, so the index has to be built afterwards.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, Model
from django.utils.text import slugify
from django.utils.timezone import get_current_timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.models import (
    CaseIndexPage,
    CaseStoryPage,
    HomePage,
    IdeaIndexPage,
    OrganisationLink,
    PersonLink,
    SharedPage,
    SolutionIdeaPage,
    UpdateIndexPage,
    UpdatePage,
)
from partnerships.consent_texts import CONSENTS
from partnerships.models import (
    Consent,
    Membership,
    Organisation,
    Participation,
    Partnership,
    Post,
    Profile,
    Seat,
    Tier,
    Topic,
)
from partnerships.text.folding import collation_key
from search.evaluation.portal_plan import LAST_DAY, YEARS, Plan, Planner, Writing

AT_ONCE = 1_000
BEGAN = date(LAST_DAY.year - YEARS, 1, 1)
KINDS = {
    "story": (CaseIndexPage, CaseStoryPage),
    "idea": (IdeaIndexPage, SolutionIdeaPage),
    "update": (UpdateIndexPage, UpdatePage),
}
PLACES_OF_ONE = 3
FIRST_TOPIC = "emne-0"


class NotEmpty(RuntimeError):
    """There is content already; it would be mixed with invented things."""


class NotFounded(RuntimeError):
    """There is no site yet to put the content into."""


@transaction.atomic
def fill(*, planner: Planner, rng: random.Random, say: Callable[[str], None] = lambda text: None) -> None:
    """All or nothing."""
    refuse_unless_empty()
    rows = Rows(planner.plan, rng)
    rows.write_partners()
    say("topics, organisations, people and partnerships")
    for number, batch in enumerate(_batches(planner.writings()), start=1):
        rows.write(batch)
        say(f"{number * AT_ONCE} texts at most")
    rows.count_children()


def refuse_unless_empty() -> None:
    if not HomePage.objects.exists():
        raise NotFounded("There is no site yet. Run: manage.py found_site")
    if any(model.objects.exists() for model in (SharedPage, Organisation, Partnership, Post)):
        raise NotEmpty("There is content already, and invented things are not mixed with it.")


def _batches(writings: Iterator[Writing]) -> Iterator[list[Writing]]:
    while batch := list(islice(writings, AT_ONCE)):
        yield batch


class Rows:
    """A plan's things as rows; their place in the plan's lists is their place in these."""

    def __init__(self, plan: Plan, rng: random.Random) -> None:
        self.plan, self.rng = plan, rng
        self.parents = {
            kind: parent.objects.filter(locale__language_code="da").get() for kind, (parent, _) in KINDS.items()
        }
        self.children = dict.fromkeys(KINDS, 0)

    def write_partners(self) -> None:
        self.topics = Topic.objects.bulk_create(
            Topic(slug=f"emne-{at}", name_da=words[0].capitalize(), name_en=words[0], sort_key=_key(words[0]))
            for at, words in enumerate(self.plan.topics)
        )
        self.organisations = Organisation.objects.bulk_create(
            (self._organisation(at, name) for at, name in enumerate(self.plan.organisations)), batch_size=AT_ONCE
        )
        self.people = Profile.objects.bulk_create(
            (
                Profile(
                    slug=f"{slugify(person.name)}-{at}",
                    name=person.name,
                    headline=person.headline,
                    expertise=person.expertise,
                    created=_moment(BEGAN),
                    sort_key=_key(person.name),
                )
                for at, person in enumerate(self.plan.people)
            ),
            batch_size=AT_ONCE,
        )
        self._tie_people()
        self._write_partnerships()

    def _organisation(self, at: int, name: str) -> Organisation:
        kind = Organisation.Kind.COMPANY if name.endswith("A/S") else Organisation.Kind.ASSOCIATION
        slug = f"{slugify(name)}-{at}"
        return Organisation(slug=slug, name=name, kind=kind, created=_moment(BEGAN), sort_key=_key(name))

    def _tie_people(self) -> None:
        subjects, people = self.plan.subjects, list(zip(self.people, self.plan.people, strict=True))
        _bulk(
            Profile.topics.through(profile_id=profile.pk, topic_id=self.topics[topic].pk)
            for profile, person in people
            for topic in dict.fromkeys(subjects[one].topic for one in person.fields)
        )
        _bulk(
            Membership(
                profile=profile,
                organisation=self.organisations[person.organisation],
                status=Membership.Status.ACTIVE,
                since=BEGAN,
            )
            for profile, person in people
        )
        _bulk(
            Consent(profile=profile, purpose=purpose, text_version=CONSENTS[purpose].version, given=_moment(BEGAN))
            for profile, person in people
            for purpose in (Consent.Purpose.CONTACT, Consent.Purpose.SEARCH)
            if person.agrees
        )

    def _write_partnerships(self) -> None:
        """Each has an administrator and a few organisations; half of those in it stand in another one too."""
        responsible = self.organisations[0]
        Organisation.objects.filter(pk=responsible.pk).update(kind=Organisation.Kind.AUTHORITY)
        self.partnerships = Partnership.objects.bulk_create(
            Partnership(
                slug=f"{slugify(name)}-{at}",
                name=name,
                kind=Partnership.Kind.NETWORK,
                purpose=name,
                purpose_html=f"<p>{name}</p>",
                responsible=responsible,
                since=BEGAN,
                created=_moment(BEGAN),
                sort_key=_key(name),
            )
            for at, name in enumerate(self.plan.partnerships)
        )
        full = Tier.Kind.FULL
        tiers = Tier.objects.bulk_create(
            Tier(partnership=one, kind=full, name_da=full.label) for one in self.partnerships
        )
        few = min(len(self.organisations), PLACES_OF_ONE)
        _bulk(
            Participation(partnership=tier.partnership, organisation=organisation, tier=tier, since=BEGAN)
            for tier in tiers
            for organisation in self.rng.sample(self.organisations, few)
        )
        _bulk(
            Seat(partnership=one, profile=self.rng.choice(self.people), role=Seat.Role.ADMINISTRATOR, since=BEGAN)
            for one in self.partnerships
        )

    def write(self, writings: Iterable[Writing]) -> None:
        posts = [writing for writing in writings if writing.kind == "post"]
        _bulk(self._post(writing) for writing in posts)
        for kind in KINDS:
            self._write_pages(kind, [writing for writing in writings if writing.kind == kind])

    def _post(self, writing: Writing) -> Post:
        return Post(
            partnership=self.partnerships[writing.partnership],
            author=self.people[writing.author],
            organisation=self.organisations[writing.organisation],
            audience=Post.Audience.MEMBERS if writing.is_private else Post.Audience.PUBLIC,
            title=writing.title[:160],
            body="\n\n".join(writing.paragraphs),
            body_html=_html(writing.paragraphs),
            published=_moment(writing.day),
        )

    def _write_pages(self, kind: str, writings: list[Writing]) -> None:
        """A page is a row in three tables with one key; Django's own bulk_create refuses such, so each table is filled."""
        model = KINDS[kind][1]
        content_type = ContentType.objects.get_for_model(model)
        pages = Page.objects.bulk_create(self._page(kind, writing, content_type) for writing in writings)
        _insert(SharedPage, [_shared_part(page.pk, one) for page, one in zip(pages, writings, strict=True)])
        _insert(model, [_own_part(model, page.pk, one) for page, one in zip(pages, writings, strict=True)])
        self._tie_pages(pages, writings)

    def _page(self, kind: str, writing: Writing, content_type: ContentType) -> Page:
        parent = self.parents[kind]
        self.children[kind] += 1
        number = self.children[kind]
        slug = f"{slugify(writing.title)[:100]}-{number}"
        return Page(
            path=Page._get_path(parent.path, parent.depth + 1, number),
            depth=parent.depth + 1,
            numchild=0,
            title=writing.title,
            draft_title=writing.title,
            slug=slug,
            url_path=f"{parent.url_path}{slug}/",
            content_type=content_type,
            locale_id=parent.locale_id,
            translation_key=uuid.UUID(int=self.rng.getrandbits(128), version=4),
            live=True,
            first_published_at=_moment(writing.day),
            last_published_at=_moment(writing.day),
        )

    def _tie_pages(self, pages: list[Page], writings: list[Writing]) -> None:
        both = list(zip(pages, writings, strict=True))
        topics, partnerships = SharedPage.topics.through, SharedPage.partnerships.through
        _bulk(topics(sharedpage_id=page.pk, topic_id=self.topics[one.topic].pk) for page, one in both)
        _bulk(
            partnerships(sharedpage_id=page.pk, partnership_id=self.partnerships[one.partnership].pk)
            for page, one in both
            if one.kind == "story"
        )
        _bulk(
            PersonLink(page_id=page.pk, person=self.people[person], role=role, sort_order=at)
            for page, one in both
            for at, (role, person) in enumerate(one.people)
        )
        _bulk(
            OrganisationLink(
                page_id=page.pk, organisation=self.organisations[one.organisation], role="owner", sort_order=0
            )
            for page, one in both
        )

    def count_children(self) -> None:
        for kind, parent in self.parents.items():
            Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + self.children[kind])


def _shared_part(pk: int, writing: Writing) -> SharedPage:
    """News has its whole text in the free body; cases and ideas have fields for it."""
    text = [("text", RichText(_html(writing.paragraphs)))] if writing.kind == "update" else []
    return SharedPage(page_ptr_id=pk, summary=writing.summary[:500], body=text)


def _own_part(model: type[SharedPage], pk: int, writing: Writing) -> SharedPage:
    """What only this kind of page has, without the fields of the tables above it."""
    half = max(1, len(writing.paragraphs) // 2)
    first, second = _html(writing.paragraphs[:half]), _html(writing.paragraphs[half:])
    own: dict[type[SharedPage], dict] = {
        CaseStoryPage: {
            "problem": first,
            "solution": second,
            "year_start": writing.day.year,
            "year_end": writing.day.year,
        },
        SolutionIdeaPage: {"need": first, "idea": second},
        UpdatePage: {"date": writing.day},
    }
    return model(sharedpage_ptr_id=pk, **own[model])


def _insert(model: type[Model], rows: list[Model]) -> None:
    model._base_manager.get_queryset()._batched_insert(rows, model._meta.local_concrete_fields, batch_size=None)


def _bulk(rows: Iterable[Model]) -> None:
    rows = list(rows)
    if rows:
        type(rows[0])._base_manager.bulk_create(rows, batch_size=AT_ONCE)


def _html(paragraphs: Iterable[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(12), get_current_timezone())


def _key(name: str) -> str:
    return collation_key(name)[:300]
