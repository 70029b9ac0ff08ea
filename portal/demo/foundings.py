"""Proposals, statutes and a pause, through the same services a visitor uses."""

from partnerships import clock
from partnerships.models import Organisation, Partnership, Profile, Topic
from partnerships.services import founding, lifecycle
from partnerships.services.statutes import enter_statutes

from .content import day, moment, table


def make_foundings() -> None:
    said = table("foundings")
    for row in said["proposal"]:
        _propose(row)
    for row in said["statutes"]:
        with clock.at(moment(row["since"])):
            about = {"since": day(row["since"]), "text": row["text"], "note": row.get("note", "")}
            enter_statutes(partnership=_partnership(row), actor=_user(row["by"]), **about)
    for row in said["pause"]:
        with clock.at(moment(row["from"])):
            lifecycle.pause(partnership=_partnership(row), actor=_user(row["by"]), reason=row["reason"])
        with clock.at(moment(row["until"])):
            lifecycle.reopen(partnership=_partnership(row), actor=_user(row["by"]), reason=row["again"])


def _propose(row: dict[str, str]) -> None:
    typed = {name: row.get(name, "") for name in ("slug", "name", "summary", "purpose", "mailbox")}
    with clock.at(moment(row["at"])):
        proposal = founding.propose(
            actor=_user(row["by"]),
            responsible=Organisation.objects.get(slug=row["responsible"]),
            topics=Topic.objects.filter(slug__in=row["topics"]),
            **typed,
        )
    if "declined" in row:
        facilitator = Profile.objects.filter(user__groups__permissions__codename="facilitate").first()
        with clock.at(moment(row["declined"])):
            founding.decline(partnership=proposal, actor=facilitator.user, reason=row["reason"])


def _partnership(row: dict[str, str]) -> Partnership:
    return Partnership.objects.get(slug=row["partnership"])


def _user(slug: str) -> object:
    return Profile.objects.get(slug=slug).user
