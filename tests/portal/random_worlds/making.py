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
    make_membership,
    make_organisation,
    make_participation,
    make_partnership,
    make_person,
    make_post,
    make_seat,
)

from .world import EDITOR, FACILITATOR, ORGANISATIONS, SITE_ADMINISTRATOR, World

Made = namedtuple("Made", "people organisations partnerships posts applications users")
GROUPS = {FACILITATOR: FACILITATORS, EDITOR: EDITORS, SITE_ADMINISTRATOR: ADMINISTRATORS}


def day(offset: int | None):
    return None if offset is None else clock.today() + timedelta(days=offset)


def dates(row):
    return {"since": day(row.term.since), "until": day(row.term.until)}


def make(world: World) -> Made:
    people = [make_person(f"Person {number}", consents=yes) for number, yes in enumerate(world.consents)]
    organisations = [make_organisation(f"Organisation {number}") for number in range(ORGANISATIONS)]
    partnerships = [
        make_partnership(
            f"Partnerskab {number}",
            responsible=organisations[0],
            visibility=row.visibility,
            state=row.state,
            proposed_by=people[row.proposer],
        )
        for number, row in enumerate(world.partnerships)
    ]
    for row in world.memberships:
        about = {"role": row.role, "status": row.status, **dates(row)}
        make_membership(people[row.person], organisations[row.organisation], **about)
    for row in world.participations:
        make_participation(organisations[row.organisation], partnerships[row.partnership], **dates(row))
    for row in world.seats:
        make_seat(people[row.person], partnerships[row.partnership], role=row.role, **dates(row))
    posts = [
        make_post(
            partnerships[row.partnership],
            people[row.author],
            audience=row.audience,
            title=title_of(number),
            removed=clock.now() if row.removed else None,
        )
        for number, row in enumerate(world.posts)
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
    return Made(people, organisations, partnerships, posts, applications, users)


def title_of(post: int) -> str:
    """Stands nowhere else, so that a page that names it has told of the post."""
    return f"Zqopslag{post}z"


def address(made: Made, kind: str, number: int, language: str) -> str:
    with translation.override(language):
        return reverse(f"partnerships:{kind}", args=_arguments(made, kind, number))


def _arguments(made: Made, kind: str, number: int) -> list:
    match kind:
        case "post" | "post_edit":
            return [made.posts[number].partnership.slug, made.posts[number].pk]
        case "application":
            return [made.applications[number].partnership.slug, made.applications[number].pk]
        case "person":
            return [made.people[number].slug]
        case "organisation" | "organisation_edit":
            return [made.organisations[number].slug]
    return [made.partnerships[number].slug]
