"""What shows that somebody knows: the things they have a part in, each with its address and their role in it."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.models import OrganisationLink, PersonLink
from cms.selectors import address_at
from partnerships.models import Seat
from search.links import Link
from search.query import Evidence

MOST = 3
OWN = "self"
ROLES = {
    "wrote": dict(PersonLink.Role.choices)["author"],
    "member": _("member"),
    **dict([*PersonLink.Role.choices, *OrganisationLink.Role.choices, *Seat.Role.choices]),
}
"""Looked up in the reader's language when they are shown."""


def evidence(by_thing: Mapping[str, tuple[float, Link]], language: str) -> tuple[Evidence, ...]:
    """Up to three, what weighs most first. One's own profile is no evidence: one's name leads there already."""
    shown = [(-round(worth, 9), key, link) for key, (worth, link) in by_thing.items() if link.part != OWN]
    return tuple(_evidence(key, link, language) for _worth, key, link in sorted(shown)[:MOST])


def _evidence(key: str, link: Link, language: str) -> Evidence:
    return Evidence(
        id=key,
        title=(language == "en" and link.title_en) or link.title,
        url=_address(link),
        lang=_language(link, language),
        role=role_label(link.part),
    )


def _language(link: Link, language: str) -> str:
    """Posts are written in Danish; a partnership's name without an English one is a name all the same."""
    return link.lang or ("da" if link.thing == "post" else language)


def _address(link: Link) -> str:
    if link.thing == "page":
        return address_at(link.path, link.lang)
    args = [link.path, link.thing_pk] if link.thing == "post" else [link.path]
    return reverse(f"partnerships:{link.thing}", args=args)


def role_label(part: str) -> str:
    return str(ROLES[part]).lower()
