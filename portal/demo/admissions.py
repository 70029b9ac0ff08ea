"""The demo's rules of admission and its applications, made through the same services a visitor uses."""

from typing import Any

from django.db import models

from partnerships import clock
from partnerships.models import Application, Organisation, Partnership, Profile
from partnerships.services import admission, admission_inquiries, admission_rules, admission_votes

from .content import moment, table


def make_applications() -> None:
    """Each under the rule of its day; questions come last, for those who apply from now on."""
    rules = sorted(table("admission")["rule"], key=lambda row: row["from"])
    tiers = {
        row["slug"]: {tier["slug"]: order for order, tier in enumerate(row["tiers"])}
        for row in table("partnerships")["partnership"]
    }
    for row in sorted(table("applications")["application"], key=lambda row: row["sent"]):
        while rules and rules[0]["from"] <= row["sent"]:
            _rule(rules.pop(0))
        _apply(row, tiers[row["partnership"]][row["tier"]])
    for row in rules:
        _rule(row)
    _ask_of_everybody(table("admission")["question"])


def _user(slug: str) -> models.Model:
    return Profile.objects.get(slug=slug).user


def _rule(row: dict[str, Any]) -> None:
    fields = {name: value for name, value in row.items() if name not in ("partnership", "by", "from")}
    with clock.at(moment(row["from"])):
        partnership = Partnership.objects.get(slug=row["partnership"])
        admission_rules.set_rule(partnership=partnership, actor=_user(row["by"]), **fields)


def _ask_of_everybody(rows: list[dict[str, Any]]) -> None:
    for slug, by in {row["partnership"]: row["by"] for row in rows}.items():
        partnership = Partnership.objects.get(slug=slug)
        own = [row for row in rows if row["partnership"] == slug]
        admission_rules.set_questions(partnership=partnership, actor=_user(by), questions=own)


def _apply(row: dict[str, Any], order: int) -> None:
    partnership = Partnership.objects.get(slug=row["partnership"])
    with clock.at(moment(row["sent"])):
        application = admission.apply(
            partnership=partnership,
            organisation=Organisation.objects.get(slug=row["organisation"]),
            tier=partnership.tiers.get(order=order),
            message=row["message"],
            actor=_user(row["applicant"]),
        )
    _talk(application, row)
    for vote in row.get("votes", []):
        with clock.at(moment(vote["on"])):
            admission_votes.cast_vote(application=application, actor=_user(vote["person"]), choice=vote["choice"])
    if row["state"] != "sent":
        _answer(application, row)


def _talk(application: Application, row: dict[str, Any]) -> None:
    if asked := row.get("asked"):
        with clock.at(moment(asked["on"])):
            admission_inquiries.ask(application=application, actor=_user(asked["by"]), question=asked["question"])
    if said := row.get("answered"):
        with clock.at(moment(said["on"])):
            admission_inquiries.answer(application=application, actor=_user(said["by"]), answer=said["answer"])


def _answer(application: Application, row: dict[str, str]) -> None:
    actor = _user(row["decided_by"])
    with clock.at(moment(row["decided"])):
        if row["state"] == "accepted":
            admission.accept(application=application, actor=actor, message=row["reason"])
        else:
            admission.refuse(application=application, actor=actor, reason=row["reason"])
