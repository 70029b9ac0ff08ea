"""A small portal made by chance: what everyone may see, and on request what hardly anyone may.

The hidden things share words, topics, names and people with the others, and bring words of their own. They come last, so
that all else has the same keys with and without them.
"""

import random
from datetime import UTC, date, datetime, timedelta
from itertools import count

from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction

from cms.models import CaseIndexPage, CaseStoryPage, DocumentLink, StatusStep, UpdateIndexPage, UpdatePage
from partnerships.models import Consent, Document, DocumentPage, Post, Seek
from partnerships.models.organisations import FormerName
from search.sources import SOURCES
from tests.factories import (
    make_application,
    make_goal,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_place,
    make_post,
    make_seat,
    make_topic,
    yesterday,
)

WORDS = (
    "varme vand damp gips halm biogas spildevand køling fjernvarme energi slam aske kajen rør data overskudsvarme anlæg "
    "ålegræs jordvarme pumpe måling rensning kystnær brønd genbrug affald kompost solceller vindmølle byggeri netværk "
    "fælles kommunen havnen virksomhed aftale klima plan næringsstof grundvand"
).split()
ENGLISH = "heat water steam gypsum straw sewage cooling energy sludge ash harbour plan reuse waste wind".split()
SECRET = "zirkonium yttrium xenonlampe wolfram hemmelighed zirkoniumanlæg".split()
STATUSES = ("planned", "running", "completed", "stopped")
FIRST_DAY = date(2009, 1, 1)
numbers = count(1)


class RandomPortal:
    """`users` are who looks; `insider` alone may read some of what `hide` brings, and nobody the rest."""

    def __init__(self, seed: int, users: dict) -> None:
        self.chance, self.users = random.Random(seed), users
        self.topics = [make_topic(word) for word in self.words(3)]
        self.places, self.goals = [make_place(word) for word in self.words(2)], [make_goal(self.text(3))]
        self.people = [self._person(f"{word.title()} Jensen", consents=True) for word in self.words(4)]
        self.organisations = [self._organisation(word) for word in self.words(4)]
        one, other = self.organisations[:2]
        self.ours = self._partnership(members=[one], administrator=self.people[0])
        self.theirs = self._partnership(members=[other], administrator=self.people[1])
        self._seat_the_viewers()
        self.pages = [self.page() for _ in range(9)]
        for audience in ("public", "public", "members", "members"):
            self.post(self.ours, audience)
        for page in self.chance.sample(self.pages, 3):
            self._document(page)
        self.translations = [self._translation(page) for page in self.pages[:2]]
        self.to_come = [self.page(live=False) for _ in range(3)]

    def words(self, most: int, more: tuple = ()) -> list[str]:
        return self.chance.sample(WORDS, most) + list(more)

    def text(self, most: int = 5, more: tuple = ()) -> str:
        words = self.words(self.chance.randint(1, most), more)
        self.chance.shuffle(words)
        return " ".join(words).capitalize()

    # --- What everyone may see

    def _seat_the_viewers(self) -> None:
        """One belongs to an organisation of our partnership, one administered theirs until yesterday, one administers both."""
        person = {name: make_person(f"Navnløs {name}", user=user) for name, user in self.users.items()}
        make_membership(person["member"], self.organisations[0])
        make_seat(person["leaver"], self.theirs, until=yesterday())
        make_seat(person["insider"], self.theirs)
        make_seat(person["insider"], self.ours)

    def _person(self, name, **fields):
        topics = self.chance.sample(self.topics, 1)
        return make_person(name, user=False, topics=topics, headline=self.text(3), expertise=self.text(6), **fields)

    def _organisation(self, word):
        made = make_organisation(
            f"{word.title()} ApS",
            topics=self.chance.sample(self.topics, 1),
            places=self.chance.sample(self.places, 1),
            about_html=f"<p>{self.text(8)}</p>",
        )
        FormerName.objects.create(organisation=made, name=f"{self.text(1)} I/S")
        return made

    def _partnership(self, **fields):
        made = make_partnership(
            self.text(3),
            responsible=self.organisations[2],
            purpose_html=f"<p>{self.text(8)}</p>",
            summary=self.text(4),
            topics=self.chance.sample(self.topics, 1),
            **fields,
        )
        Seek.objects.create(partnership=made, whom_da=self.text(2))
        return made

    def page(self, *, live=True, more=(), people=(), **fields):
        """A case or a piece of news, tied to whatever there is."""
        is_case = self.chance.random() < 0.7
        model, parent = (CaseStoryPage, CaseIndexPage) if is_case else (UpdatePage, UpdateIndexPage)
        body = f"<p>{self.text(9, more)}</p>"
        begins = self.chance.randint(1995, 2025)
        own = {"problem": body, "year_start": begins, "year_end": begins} if is_case else {"date": self._day()}
        page = model(
            title=fields.pop("title", None) or self.text(3, more),
            slug=f"page-{next(numbers)}",
            summary=self.text(5, more),
            live=live,
            locale=Locale.objects.get(language_code="da"),
            first_published_at=self._moment(),
            topics=self.chance.sample(self.topics, self.chance.randint(0, 2)),
            places=self.chance.sample(self.places, self.chance.randint(0, 1)),
            goals=self.chance.sample(self.goals, self.chance.randint(0, 1)),
            partnerships=self.chance.sample([self.ours, self.theirs], self.chance.randint(0, 1)),
            **own,
            **fields,
        )
        if is_case:
            page.status = self.chance.choice(STATUSES)
            page.status_steps = [StatusStep(code=page.status)]
        parent.objects.get(locale__language_code="da").add_child(instance=page)
        for person in people or self.chance.sample(self.people, self.chance.randint(0, 2)):
            page.person_links.create(person=person, role=self.chance.choice(["author", "contact"]))
        for organisation in self.chance.sample(self.organisations, self.chance.randint(0, 2)):
            page.organisation_links.create(organisation=organisation, role=self.chance.choice(["owner", "partner"]))
        return page

    def post(self, partnership, audience, *, more=(), **fields):
        return make_post(
            partnership,
            self.chance.choice(self.people),
            audience=audience,
            title=self.text(3, more),
            body_html=f"<p>{self.text(8, more)}</p>",
            organisation=self.chance.choice([None, *self.organisations]),
            published=self._moment(),
            **fields,
        )

    def _document(self, page=None, *, more=(), **fields):
        """As if uploaded and read; nothing here opens the file."""
        name = f"documents/{next(numbers)}.{self.chance.choice(['pdf', 'docx'])}"
        made = Document.objects.create(title=self.text(2, more), file=name, file_size=1_000, **fields)
        for number in range(1, self.chance.randint(2, 4)):
            text = " ".join(self.text(9, more) for _ in range(4))
            DocumentPage.objects.create(document=made, number=number, text=text)
        if page is not None:
            DocumentLink.objects.get_or_create(page_id=page.pk, document=made)
        return made

    def _translation(self, page, *, live=True, more=()):
        other = page.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
        other.title = " ".join([*self.chance.sample(ENGLISH, 3), *more]).capitalize()
        other.summary, other.live = " ".join(self.chance.sample(ENGLISH, 4)), live
        other.save()
        return other

    def _day(self):
        return FIRST_DAY + timedelta(days=self.chance.randrange(6_000))

    def _moment(self):
        return datetime.combine(self._day(), datetime.min.time(), UTC)

    # --- What hardly anyone may see

    def hide(self) -> None:
        """Everything that the portal can keep from a reader, some of each; `hidden` are the ids."""
        before = set(self.keys())
        more = tuple(self.chance.sample(SECRET, 3))
        self.posts = [self.post(self.theirs, audience, more=more) for audience in ("members", "administrators") * 2]
        self.posts.append(self.post(self.ours, "administrators", more=more))
        self.removed = [self.post(self.ours, "public", more=more, removed=self._moment())]
        silent = [self._person(f"{word.title()} Jensen") for word in self.words(2, more)]
        Consent.objects.create(
            profile=silent[0], purpose="contact", text_version="t", given=self._moment(), withdrawn=self._moment()
        )
        make_seat(silent[1], self.ours, role="board")
        self.silent = silent
        self.chance.choice(self.pages).person_links.create(person=silent[0], role="author")
        self.drafts = [self.page(live=False, more=more, people=silent) for _ in range(2)]
        self.closed = [self.page(more=more, people=silent + self.people) for _ in range(3)]
        for page, kind in zip(self.closed, ("login", "password", "groups"), strict=True):
            PageViewRestriction.objects.create(page=page, restriction_type=kind, password="x" * 8)
        self.drafts.append(self._translation(self.pages[2], live=False, more=more))
        self._hide_documents(more)
        self._hide_what_has_no_page(more)
        self.hidden = set(self.keys()) - before

    def _hide_documents(self, more) -> None:
        closed = Collection.get_first_root_node().add_child(name="Lukket")
        CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
        self.documents = [
            self._document(more=more),
            self._document(self.drafts[0], more=more),
            self._document(self.closed[0], more=more),
            self._document(self.pages[0], more=more, collection=closed),
        ]

    def _hide_what_has_no_page(self, more) -> None:
        """Messages of those who ask, and what is over."""
        asking, ended = self.silent[0], yesterday()
        make_membership(self.people[2], self.organisations[3], status="requested", message=self.text(4, more))
        make_membership(self.people[3], self.organisations[3], status="ended", until=ended)
        make_participation(self.organisations[3], self.theirs, until=ended)
        make_application(self.ours, self.organisations[3], asking, message=self.text(4, more))
        Seek.objects.create(partnership=self.theirs, whom_da=self.text(2, more), until=ended)

    def open_up(self) -> None:
        """All that was hidden is there for everyone."""
        Post.objects.update(audience="public", removed=None)
        for person in self.silent:
            for purpose in ("contact", "search"):
                Consent.objects.create(profile=person, purpose=purpose, text_version="t", given=self._moment())
        PageViewRestriction.objects.all().delete()
        CollectionViewRestriction.objects.all().delete()
        _put_online(self.drafts)
        for document in self.documents:
            DocumentLink.objects.get_or_create(page_id=self.pages[0].pk, document=document)

    def close_again(self) -> None:
        """After `open_up`, without a word to the index."""
        posts = Post.objects.filter(pk__in=[post.pk for post in (*self.posts, *self.removed)])
        posts.update(audience="administrators", partnership=self.theirs)
        Consent.objects.filter(profile__in=self.silent).update(withdrawn=self._moment())
        pages = Page.objects.filter(pk__in=[page.pk for page in (*self.drafts, *self.closed)])
        pages.update(live=False)
        DocumentLink.objects.filter(document__in=self.documents).delete()

    def reveal(self) -> None:
        """News, for everyone."""
        _put_online(self.to_come)

    def keys(self) -> list[str]:
        """Of all there is, whoever may see it."""
        kinds = ((kind, source.model.objects.values_list("pk", flat=True)) for kind, source in SOURCES.items())
        return [f"{kind}:{pk}" for kind, pks in kinds for pk in pks]


def _put_online(pages) -> None:
    """Read anew, because a page kept in hand would write back what it was tied to."""
    for page in pages:
        page = type(page).objects.get(pk=page.pk)
        page.live = True
        page.save()
