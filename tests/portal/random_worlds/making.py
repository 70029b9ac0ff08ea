"""A world in the database, and the addresses that lead to what is in it."""

from collections import namedtuple
from datetime import timedelta

from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import translation

from cms.editors import ADMINISTRATORS, EDITORS, FACILITATORS
from partnerships import clock
from tests.factories import (
    make_application,
    make_meeting,
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_room_document,
    make_seat,
)

from .world import EDITOR, FACILITATOR, SITE_ADMINISTRATOR, World

Made = namedtuple("Made", "people organisations partnerships participations pieces applications users")
MAKE = {"post": make_post, "room_document": make_room_document, "meeting": make_meeting}
GROUPS = {FACILITATOR: FACILITATORS, EDITOR: EDITORS, SITE_ADMINISTRATOR: ADMINISTRATORS}


def day(offset: int | None):
    return None if offset is None else clock.today() + timedelta(days=offset)


def dates(row):
    return {"since": day(row.term.since), "until": day(row.term.until)}


def make(world: World) -> Made:
    people = [make_person(f"Person {number}", consents=yes) for number, yes in enumerate(world.consents)]
    organisations = [
        make_organisation(name_of(number), state="draft" if draft else "published")
        for number, draft in enumerate(world.drafts)
    ]
    partnerships = [
        make_partnership(
            f"Partnerskab {number}",
            visibility=row.visibility,
            state=row.state,
            proposed_by=people[row.proposer],
        )
        for number, row in enumerate(world.partnerships)
    ]
    for row in world.memberships:
        about = {"role": row.role, "status": row.status, **dates(row)}
        make_membership(people[row.person], organisations[row.organisation], **about)
    participations = [
        make_participation(organisations[row.organisation], partnerships[row.partnership], **dates(row))
        for row in world.participations
    ]
    for row in world.seats:
        make_seat(people[row.person], partnerships[row.partnership], role=row.role, **dates(row))
    pieces = [
        MAKE[row.kind](
            partnerships[row.partnership],
            people[row.author],
            audience=row.audience,
            title=title_of(number),
            removed=clock.now() if row.removed else None,
        )
        for number, row in enumerate(world.pieces)
    ]
    applications = [
        make_application(
            partnerships[row.partnership], organisations[row.organisation], people[row.applicant], state=row.state
        )
        for row in world.applications
    ]
    users = {number: person.user for number, person in enumerate(people)} | {None: None}
    for name, group in GROUPS.items():
        users[name] = make_person(name.title()).user
        users[name].groups.add(Group.objects.get(name=group))
    return Made(people, organisations, partnerships, participations, pieces, applications, users)


def title_of(piece: int) -> str:
    """Stands nowhere else, so that a page that says it has told of the piece."""
    return f"Zqstykke{piece}z"


def name_of(organisation: int) -> str:
    return f"Zqfirma{organisation}z"


def address(made: Made, kind: str, number: int, language: str) -> str:
    with translation.override(language):
        return reverse(f"partnerships:{kind}", args=_arguments(made, kind, number))


def _arguments(made: Made, kind: str, number: int) -> list:
    match kind:
        case "post" | "post_edit" | "room_document" | "meeting":
            return [made.pieces[number].partnership.slug, made.pieces[number].pk]
        case "participation":
            return [made.participations[number].partnership.slug, made.participations[number].pk]
        case "application":
            return [made.applications[number].partnership.slug, made.applications[number].pk]
        case "person":
            return [made.people[number].slug]
        case "organisation" | "organisation_edit":
            return [made.organisations[number].slug]
    return [made.partnerships[number].slug]
