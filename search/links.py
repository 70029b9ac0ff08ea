"""Everybody's part in what was found, in one query: people who agree to be shown, and organisations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, Value

from cms.models import OrganisationLink, PersonLink
from partnerships.models import Consent, Organisation, Participation, Post, Profile, Seat
from search.sources import PAGE_KINDS


class Link(NamedTuple):
    """`part` is the role somebody has in a thing; `about` is a person's headline or an organisation's kind."""

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
    thing_name: str


class Part(NamedTuple):
    """Rows that tie somebody to a thing: the path to who it is, the role, and the thing."""

    rows: QuerySet
    to: str
    part: F | Value
    thing: str
    thing_pk: str
    thing_name: F | Value = Value("")


def links(keys: Iterable[str]) -> Iterator[Link]:
    pks: dict[str, list[int]] = defaultdict(list)
    for key in keys:
        kind, _, pk = key.partition(":")
        pks["page" if kind in PAGE_KINDS.values() else kind].append(int(pk))
    people = [_columns("person", part) for part in _people(pks)]
    organisations = [_columns("organisation", part) for part in _organisations(pks)]
    first, *others = people + organisations
    return (Link(*row) for row in first.union(*others, all=True))


def _people(pks: dict[str, list[int]]) -> list[Part]:
    seats = Seat.objects.current().filter(partnership__in=pks["partnership"], role__in=Seat.MAY_SPEAK_FOR_IT)
    parts = [
        Part(PersonLink.objects.filter(page__in=pks["page"]), "person", F("role"), "page", "page_id"),
        Part(Post.objects.filter(pk__in=pks["post"]), "author", _word("wrote"), "post", "pk"),
        Part(seats, "profile", F("role"), "partnership", "partnership_id", F("partnership__name")),
        Part(Profile.objects.filter(pk__in=pks["person"]), "", _word("self"), "person", "pk"),
    ]
    given = Consent.objects.as_contact()
    return [
        part._replace(rows=part.rows.filter(Exists(given.filter(profile=OuterRef(part.to or "pk"))))) for part in parts
    ]


def _organisations(pks: dict[str, list[int]]) -> list[Part]:
    members = Participation.objects.current().filter(partnership__in=pks["partnership"])
    to = "organisation"
    return [
        Part(OrganisationLink.objects.filter(page__in=pks["page"]), to, F("role"), "page", "page_id"),
        Part(members, to, _word("member"), "partnership", "partnership_id", F("partnership__name")),
        Part(Organisation.objects.filter(pk__in=pks["organisation"]), "", _word("self"), "organisation", "pk"),
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
        "thing_pk": F(part.thing_pk),
        "thing_name": part.thing_name,
    }
    aliased = {f"link_{name}": expression for name, expression in columns.items()}
    return part.rows.order_by().annotate(**aliased).values_list(*aliased)
