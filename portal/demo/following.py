"""What the demo's people follow, and the notices that came of it."""

from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from cms.models import CaseStoryPage
from partnerships import clock
from partnerships.models import Organisation, Partnership, Place, Topic
from partnerships.services import following_notices, follows

from .content import table

KINDS: dict[str, type[Model]] = {
    "topic": Topic,
    "place": Place,
    "organisation": Organisation,
    "partnership": Partnership,
    "page": CaseStoryPage,
}


def make_follows() -> None:
    for row in table("following")["follow"]:
        user = get_user_model().objects.get(email=row["who"])
        with clock.at(clock.now() - timedelta(days=row["days_ago"])):
            follows.follow(actor=user, thing=_thing(row), rhythm=row.get("rhythm", ""))
    following_notices.note_what_is_new()


def _thing(row: dict[str, Any]) -> Model:
    name = next(name for name in KINDS if name in row)
    known = {"locale__language_code": "da"} if name == "page" else {}
    return KINDS[name].objects.get(slug=row[name], **known)
