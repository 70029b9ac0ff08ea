"""What the demo's members have shared and met about, made through the same services."""

from datetime import time
from typing import Any

from django.db.models import Model

from partnerships import clock
from partnerships.meeting_times import moment as hour
from partnerships.models import Partnership, Profile
from partnerships.services import meetings, minutes, room_documents

from .content import day, moment, table
from .documents import WRITERS


def make_rooms() -> None:
    content = table("rooms")
    for row in content["document"]:
        _share(row)
    for row in content["meeting"]:
        _meet(row)


def _user(slug: str) -> Model:
    return Profile.objects.get(slug=slug).user


def _share(row: dict[str, Any]) -> None:
    first, *later = row["version"]
    with clock.at(moment(first["date"])):
        document = room_documents.share_document(
            partnership=Partnership.objects.get(slug=row["partnership"]),
            actor=_user(row["author"]),
            title=row["title"],
            audience=row["audience"],
            **_file(first),
        )
    for version in later:
        with clock.at(moment(version["date"])):
            room_documents.add_version(
                document=document, actor=_user(version["author"]), why=version["why"], **_file(version)
            )


def _file(version: dict[str, Any]) -> dict[str, Any]:
    kind = version["file"].rpartition(".")[2]
    return {"data": WRITERS[kind](version["pages"]), "name": version["file"]}


def _meet(row: dict[str, Any]) -> None:
    actor, date = _user(row["author"]), day(row["day"])
    with clock.at(moment(row["called"])):
        meeting = meetings.call_meeting(
            partnership=Partnership.objects.get(slug=row["partnership"]),
            actor=actor,
            begins=hour(date, time.fromisoformat(row["begins"])),
            ends=hour(date, time.fromisoformat(row["ends"])),
            **{name: row.get(name, "") for name in ("title", "place", "link", "agenda", "audience")},
        )
        for slug, answer in row.get("answers", {}).items():
            meetings.answer(meeting=meeting, actor=_user(slug), answer=answer)
    if "minutes" in row:
        with clock.at(moment(row["approved"])):
            decisions = [_decision(one) for one in row["decision"]]
            minutes.write_minutes(
                meeting=meeting, actor=actor, text=row["minutes"], decisions=decisions, is_public=True
            )
            minutes.approve_minutes(meeting=meeting, actor=actor)


def _decision(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "responsible": Profile.objects.get(slug=row["responsible"]), "due": day(row["due"])}
