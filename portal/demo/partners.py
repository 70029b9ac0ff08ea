"""The demo's people, organisations and partnerships, made through the same services a visitor uses."""

from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models

from cms.editors import EDITORS, FACILITATORS
from partnerships import clock
from partnerships.models import (
    Consent,
    Goal,
    Image,
    Membership,
    Organisation,
    Partnership,
    Place,
    PlanEdition,
    Profile,
    Sector,
    Topic,
)
from partnerships.services import (
    agreements,
    consents,
    dialogue,
    logos,
    organisations,
    participation,
    people,
    seats,
    vocabulary,
)
from search.models import SavedSearch
from search.query import Query
from search.services import saved_searches

from .content import day, moment, table

GROUP_OF = {"editor": EDITORS, "facilitator": FACILITATORS}
OPENED = "2026-01-12"
"""The day the demo's portal opened: nothing was entered in it before."""


def make_vocabulary(editor: models.Model) -> None:
    """Topics, sectors, places, plan editions and their goals."""
    for row in table("topics")["topic"]:
        row["mailbox"] = row.pop("role_mailbox", "")
        vocabulary.save(term=Topic(**row), actor=editor)
    for row in table("sectors")["sector"]:
        vocabulary.save(term=Sector(**row), actor=editor)
    for row in table("places")["place"]:
        row["latitude"], row["longitude"] = row.pop("lat"), row.pop("lon")
        vocabulary.save(term=Place(**row), actor=editor)
    for row in table("plans")["edition"]:
        _make_edition(row, editor)


def _make_edition(row: dict[str, Any], editor: models.Model) -> None:
    goals = row.pop("goal", [])
    row["adopted"], row["period_end"] = day(row["adopted"]), row["period_end"] or None
    edition = vocabulary.save(term=PlanEdition(**row), actor=editor)
    for goal in goals:
        goal["number"] = goal["number"] or None
        goal["predecessor"] = Goal.objects.filter(slug=goal.get("predecessor") or "-").first()
        vocabulary.save(term=Goal(edition=edition, **goal), actor=editor)


def make_editor() -> models.Model:
    """The editor signs in first, for everything else is entered by one."""
    row = next(row for row in table("people")["person"] if row["demo_key"] == "editor")
    return _make_user(row)


def _make_user(row: dict[str, Any]) -> models.Model:
    users = get_user_model().objects
    user = users.filter(email=row["email"]).first() or users.create_user(row["email"])
    user.first_name, _space, user.last_name = row["name"].rpartition(" ")
    user.save()
    user.emailaddress_set.get_or_create(email=user.email, defaults={"verified": True, "primary": True})
    if row["demo_key"] in GROUP_OF:
        user.groups.add(Group.objects.get(name=GROUP_OF[row["demo_key"]]))
    people.create_profile(user=user, name=row["name"])
    return users.get(pk=user.pk)


def make_organisations(editor: models.Model) -> None:
    for row in table("organisations")["organisation"]:
        organisation = organisations.enter(
            actor=editor,
            name=row["name"],
            name_en=row.get("name_en", ""),
            slug=row["slug"],
            kind=row["kind"],
            size=row.get("size", ""),
            about=row["about_da"],
            about_en=row.get("about_en", ""),
            mailbox=row["role_mailbox"],
            website=row.get("website", ""),
            sectors=Sector.objects.filter(slug=row["sector"] or "-"),
            places=Place.objects.filter(slug__in=row["places"]),
            topics=Topic.objects.filter(slug__in=row["topics"]),
            parent=Organisation.objects.filter(slug=row["parent"] or "-").first(),
            former_names=[
                {"name": old["name"], "since": str(old["from"]), "until": str(old["to"])}
                for old in row.get("former_names", [])
            ],
        )
        if row["verified"]:
            organisations.verify(organisation=organisation, actor=editor)


def give_logos(editor: models.Model, pictures: dict[str, Image]) -> None:
    """Uploaded like everybody's, so that what is shown is drawn anew."""
    for row in table("organisations")["organisation"]:
        if picture := pictures.get(row.get("logo", "")):
            with picture.file.open("rb") as file:
                upload = SimpleUploadedFile(f"{picture.title}.png", file.read())
            organisation = Organisation.objects.get(slug=row["slug"])
            logos.change_logo(organisation=organisation, actor=editor, file=upload, alt=row["logo_alt"])


def register_drafts() -> None:
    for row in table("organisations")["draft"]:
        actor = Profile.objects.get(slug=row["by"]).user
        with clock.at(moment(row["on"])):
            organisations.register(
                actor=actor, name=row["name"], kind=row["kind"], about=row["about"].strip(), draft=True
            )


def make_people(editor: models.Model) -> None:
    """Who agreed, agreed themselves; who belongs to an organisation was let in by its first administrator."""
    rows = table("people")["person"]
    for row in rows:
        user = _make_user(row)
        people.update_profile(
            profile=user.profile,
            actor=user,
            name=row["name"],
            headline=row["headline_da"],
            headline_en=row["headline_en"],
            expertise=row["expertise_da"],
            expertise_en=row["expertise_en"],
            topics=Topic.objects.filter(slug__in=row["topics"]),
            languages=row["languages"],
            ask_about="\n".join(row.get("ask_about_da", ())),
            ask_about_en="\n".join(row.get("ask_about_en", ())),
        )
        if row["consent"]:
            with clock.at(moment("2026-03-03")):
                for purpose in Consent.Purpose:
                    consents.give_consent(profile=user.profile, actor=user, purpose=purpose)
    for row in rows:
        for one in row["memberships"]:
            _let_in(Profile.objects.get(slug=row["slug"]), one)


def _let_in(profile: Profile, row: dict[str, str]) -> None:
    """From before the portal: entered as it stands, for nobody could ask or answer then."""
    Membership.objects.create(
        profile=profile,
        organisation=Organisation.objects.get(slug=row["organisation"]),
        role=row["role"],
        title=row.get("title", ""),
        status=Membership.Status.ACTIVE,
        since=day(row["since"]),
    )


def make_partnerships(editor: models.Model, pictures: dict[str, Image]) -> None:
    for row in table("partnerships")["partnership"]:
        partnership = _open(row, editor, pictures)
        tiers = dict(zip([tier["slug"] for tier in row["tiers"]], partnership.tiers.all(), strict=False))
        members = {}
        for one in row["participations"]:
            with clock.at(entered(one)):
                members[one["organisation"]] = participation.begin_participation(
                    partnership=partnership,
                    organisation=Organisation.objects.get(slug=one["organisation"]),
                    tier=tiers[one["tier"]],
                    actor=editor,
                    since=day(one["since"]),
                    until=day(one["until"]),
                    since_is_known=one.get("since_is_known", True),
                )
        for one in row["seats"]:
            with clock.at(entered(one)):
                seats.appoint(
                    partnership=partnership,
                    profile=Profile.objects.get(slug=one["person"]),
                    role=one["role"],
                    participation=members.get(one.get("organisation", "")),
                    actor=editor,
                    since=day(one["since"]),
                    until=day(one["until"]),
                )


def entered(row: dict[str, Any]) -> datetime:
    """When the row was entered: the day it began, or the portal's first day if that is later."""
    return moment(max(row["since"] or OPENED, OPENED))


def _open(row: dict[str, Any], editor: models.Model, pictures: dict[str, Image]) -> Partnership:
    danish = {name: row[f"{name}_da"] for name in ("name", "summary", "purpose", "admission")}
    english = {f"{name}_en": row[f"{name}_en"] for name in danish}
    return agreements.create(
        actor=editor,
        slug=row["slug"],
        kind=row["kind"],
        responsible=Organisation.objects.get(slug=row["responsible"]),
        organisation=Organisation.objects.filter(slug=row["organisation"] or "-").first(),
        mailbox=row["contact_mailbox"],
        since=day(row["period_start"]),
        until=day(row["period_end"]),
        applications_open=row["applications_open"],
        answer_days=row.get("answer_days", 10),
        picture=pictures.get(row["picture"]),
        topics=Topic.objects.filter(slug__in=row["topics"]),
        places=Place.objects.filter(slug__in=row["places"]),
        goals=Goal.objects.filter(slug__in=row["goals"]),
        tiers=[
            {**{k: v for k, v in tier.items() if k != "slug"}, "places": tier["places"] or None}
            for tier in row["tiers"]
        ],
        seeks=[{**seek, "until": day(seek["until"])} for seek in row["seeks"]],
        **danish,
        **english,
    )


def make_posts() -> None:
    for row in sorted(table("posts")["post"], key=lambda row: row["date"]):
        with clock.at(moment(row["date"])):
            dialogue.publish_post(
                partnership=Partnership.objects.get(slug=row["partnership"]),
                actor=Profile.objects.get(slug=row["author"]).user,
                title=row["title"],
                body=row["body"],
                audience=row["audience"],
                organisation=Organisation.objects.filter(slug=row.get("organisation") or "-").first(),
            )


def save_a_search() -> None:
    """The member saved a search a while ago, so that there is something new in it."""
    member = next(row for row in table("people")["person"] if row["demo_key"] == "member")
    with clock.at(moment("2026-11-10")):
        saved_searches.save_search(
            actor=get_user_model().objects.get(email=member["email"]),
            query=Query(text="vand", language="da"),
            name="Nyt om vand",
            rhythm=SavedSearch.Rhythm.DAILY,
        )
