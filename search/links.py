"""Everybody's part in what was found: people who agree to be shown, and organisations.

What a thing is called and where it stands comes along, so that it can be shown as evidence; only what the viewer may
see counts, asked of the database and not of the index. Things, people and organisations are each asked for once and put
together here: one query that joins them all says each name hundreds of times and costs more to write than to answer.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cms.models import OrganisationLink, PersonLink, SharedPage
from partnerships.models import Organisation, Participation, Partnership, Post, Profile, Seat
from search.query import Viewer
from search.sources import PAGE_KINDS


class Link(NamedTuple):
    """`part` is the role somebody has in a thing; `about` is a person's headline or an organisation's kind.

    `path` is what the thing's address is made of: a page's path, a partnership's address name.
    """

    who: str
    pk: int
    name: str
    name_en: str
    slug: str
    about: str
    about_en: str
    part: str
    thing: str
    thing_pk: int
    title: str
    title_en: str
    path: str
    lang: str


class Thing(NamedTuple):
    """What is the same in all links to one thing."""

    title: str = ""
    title_en: str = ""
    path: str = ""
    lang: str = ""


class Who(NamedTuple):
    """What is the same in all links of one person or organisation."""

    name: str
    name_en: str
    slug: str
    about: str
    about_en: str


class Tie(NamedTuple):
    """A row that ties somebody to a thing."""

    who: int
    part: str
    kind: str
    thing: int


Things = dict[tuple[str, int], Thing]
ITSELF = Thing()


def links(keys: Iterable[str], viewer: Viewer) -> Iterator[Link]:
    pks: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, pk = key.partition(":")
        pks["page" if kind in PAGE_KINDS.values() else kind].append(int(pk))
    things = {**_pages(pks["page"], viewer), **_partnerships(pks["partnership"])}
    posts = list(_posts(pks["post"], viewer))
    things |= {("post", pk): Thing(title, title, slug) for pk, _author, title, slug in posts}
    pages = [pk for kind, pk in things if kind == "page"]
    wrote = [Tie(author, "wrote", "post", pk) for pk, author, *_ in posts if author]
    people = [*_of_people(pages, pks["partnership"]), *wrote, *_themselves("person", pks["person"])]
    organisations = [*_of_organisations(pages, pks["partnership"]), *_themselves("organisation", pks["organisation"])]
    yield from _linked("person", people, _people(people), things)
    yield from _linked("organisation", organisations, _organisations(organisations), things)


def _linked(who: str, ties: Iterable[Tie], known: dict[int, Who], things: Things) -> Iterator[Link]:
    """Only those who may be shown are known."""
    for tie in ties:
        if tie.who in known:
            thing = things.get((tie.kind, tie.thing), ITSELF)
            yield Link(who, tie.who, *known[tie.who], tie.part, tie.kind, tie.thing, *thing)


def _pages(pks: list[int], viewer: Viewer) -> Things:
    seen = (
        SharedPage.objects.visible_to(viewer.user).filter(pk__in=pks).order_by() if pks else SharedPage.objects.none()
    )
    columns = seen.values_list("pk", "title", "url_path", "locale__language_code")
    return {("page", pk): Thing(title, title, path, lang) for pk, title, path, lang in columns}


def _partnerships(pks: list[int]) -> Things:
    rows = Partnership.objects.filter(pk__in=pks).order_by().values_list("pk", "name", "name_en", "slug")
    return {("partnership", pk): Thing(*columns) for pk, *columns in rows}


def _posts(pks: list[int], viewer: Viewer) -> Iterable[tuple]:
    seen = Post.objects.visible_to(viewer.user).filter(pk__in=pks).order_by() if pks else Post.objects.none()
    return seen.values_list("pk", "author_id", "title", "partnership__slug")


def _of_people(pages: list[int], partnerships: list[int]) -> Iterator[Tie]:
    for row in PersonLink.objects.filter(page__in=pages).order_by().values_list("person_id", "role", "page_id"):
        yield Tie(row[0], row[1], "page", row[2])
    seats = Seat.objects.current().filter(partnership__in=partnerships, role__in=Seat.MAY_SPEAK_FOR_IT)
    for row in seats.order_by().values_list("profile_id", "role", "partnership_id"):
        yield Tie(row[0], row[1], "partnership", row[2])


def _of_organisations(pages: list[int], partnerships: list[int]) -> Iterator[Tie]:
    rows = OrganisationLink.objects.filter(page__in=pages).order_by()
    for row in rows.values_list("organisation_id", "role", "page_id"):
        yield Tie(row[0], row[1], "page", row[2])
    members = Participation.objects.current().filter(partnership__in=partnerships).order_by()
    for row in members.values_list("organisation_id", "partnership_id"):
        yield Tie(row[0], "member", "partnership", row[1])


def _themselves(who: str, pks: Iterable[int]) -> Iterator[Tie]:
    return (Tie(pk, "self", who, pk) for pk in pks)


def _people(ties: Iterable[Tie]) -> dict[int, Who]:
    """Those who now agree to be shown."""
    rows = Profile.objects.consenting().filter(pk__in={tie.who for tie in ties}).order_by()
    columns = rows.values_list("pk", "name", "slug", "headline", "headline_en")
    return {pk: Who(name, name, slug, about, about_en) for pk, name, slug, about, about_en in columns}


def _organisations(ties: Iterable[Tie]) -> dict[int, Who]:
    rows = Organisation.objects.filter(pk__in={tie.who for tie in ties}).order_by()
    columns = rows.values_list("pk", "name", "name_en", "slug", "kind")
    return {pk: Who(name, name_en, slug, kind, kind) for pk, name, name_en, slug, kind in columns}
