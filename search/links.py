"""Everybody's part in what was found, in one query: people who agree to be found, and organisations.

What a thing is called and where it stands comes along, so that it can be shown as evidence; only what the viewer may
see counts, asked of the database and not of the index.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, F, Model, OuterRef, QuerySet, Value
from django.db.models.functions import Cast

from cms.models import OrganisationLink, PersonLink, SharedPage
from partnerships import clock
from partnerships.models import Consent, Organisation, Participation, Partnership, Post, Profile, Seat
from partnerships.models.organisations import of_public
from partnerships.prepared import Given, Prepared
from search.query import Viewer
from search.sources import PAGE_KINDS

THINGS = ("page", "post", "partnership", "person", "organisation")
KEPT = 200


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


class Part(NamedTuple):
    """Rows that tie somebody to a thing: the path to who it is, the role, and the thing."""

    rows: QuerySet
    to: str
    part: F | Value
    thing: str
    at: str = ""


def links(keys: Iterable[str], viewer: Viewer) -> Iterator[tuple[str, Link]]:
    """Each with the key it was asked by."""
    known = {_thing_of(key): key for key in keys}
    pks = {wanted: [pk for thing, pk in known if thing == wanted] for wanted in THINGS}
    for row in _prepared(viewer.user.pk, clock.today()).rows(pks):
        link = Link._make(row)
        yield known[(link.thing, link.thing_pk)], link


def _thing_of(key: str) -> tuple[str, int]:
    kind, _colon, pk = key.partition(":")
    return ("page" if kind in PAGE_KINDS.values() else kind), int(pk)


@lru_cache(maxsize=KEPT)
def _prepared(user_pk: int | None, _today: date) -> Prepared:
    """By who asks, for their rights, and by day, for terms that end."""
    user = AnonymousUser() if user_pk is None else get_user_model()(pk=user_pk)
    seen = SharedPage.objects.visible_to(user).filter(id__in=[Given("page")]).order_by().values("pk")
    people = [_columns("person", part) for part in _people(seen, user)]
    organisations = [_columns("organisation", part) for part in _organisations(seen, user)]
    first, *others = people + organisations
    return Prepared.of(first.union(*others, all=True))


def _people(seen: QuerySet, user: Model) -> list[Part]:
    shown = Partnership.objects.shown_whole_to(user).filter(pk__in=[Given("partnership")])
    seats = Seat.objects.current().filter(partnership__in=shown, role__in=Seat.MAY_SPEAK_FOR_IT)
    posts = Post.objects.visible_to(user).filter(pk__in=[Given("post")])
    parts = [
        Part(PersonLink.objects.filter(page__in=seen), "person", F("role"), "page", "page"),
        Part(posts, "author", _word("wrote"), "post"),
        Part(seats, "profile", F("role"), "partnership", "partnership"),
        Part(Profile.objects.filter(pk__in=[Given("person")]), "", _word("self"), "person"),
    ]
    given = Consent.objects.findable().of_present()
    return [
        part._replace(rows=part.rows.filter(Exists(given.filter(profile=OuterRef(part.to or "pk"))))) for part in parts
    ]


def _organisations(seen: QuerySet, user: Model) -> list[Part]:
    shown = Partnership.objects.shown_whole_to(user).filter(pk__in=[Given("partnership")])
    members = Participation.objects.current().filter(of_public(), partnership__in=shown)
    to = "organisation"
    return [
        Part(OrganisationLink.objects.filter(of_public(), page__in=seen), to, F("role"), "page", "page"),
        Part(members, to, _word("member"), "partnership", "partnership"),
        Part(Organisation.objects.public().filter(pk__in=[Given("organisation")]), "", _word("self"), "organisation"),
    ]


def _word(text: str) -> Value:
    return Value(text, CharField())


def _columns(who: str, part: Part) -> QuerySet:
    """The same columns for all, so that they can be one query."""
    name_en, about, about_en = ("name", "headline", "headline_en") if who == "person" else ("name_en", "kind", "kind")
    at = f"{part.to}__" if part.to else ""
    columns = {
        "who": _word(who),
        "pk": F(f"{at}pk"),
        "name": F(f"{at}name"),
        "name_en": F(f"{at}{name_en}"),
        "slug": F(f"{at}slug"),
        "about": F(f"{at}{about}"),
        "about_en": F(f"{at}{about_en}"),
        "part": part.part,
        "thing": _word(part.thing),
        "thing_pk": F(f"{part.at}_id" if part.at else "pk"),
        **_thing(part),
    }
    aliased = {f"link_{name}": expression for name, expression in columns.items()}
    return part.rows.order_by().annotate(**aliased).values_list(*aliased)


def _thing(part: Part) -> dict[str, F | Value | Cast]:
    """What the thing is called in both languages, what its address is made of, and the language it is written in."""
    names = {
        "page": ("page__title", "page__title", "page__url_path", "page__locale__language_code"),
        "post": ("title", "title", "partnership__slug", ""),
        "partnership": ("partnership__name", "partnership__name_en", "partnership__slug", ""),
    }.get(part.thing, ("", "", "", ""))
    columns = ("title", "title_en", "path", "lang")
    return {
        name: Cast(F(field), CharField()) if field else _word("") for name, field in zip(columns, names, strict=True)
    }
