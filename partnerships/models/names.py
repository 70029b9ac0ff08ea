"""The name of a person, which outlives them as what they were."""

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext as _

MARK = "\x1f"
"""Stands before the organisation's name in the column of who has left. Nobody can type it (services/typed.py)."""


class Former(str):
    """What somebody was who has left, in the reader's language. Saved, it is what it was read from."""

    organisation: str

    @classmethod
    def of(cls, organisation: str) -> Self:
        said = _("former representative of %(organisation)s") % {"organisation": organisation}
        former = cls(said if organisation else _("a former user"))
        former.organisation = organisation
        return former


class PersonName(models.CharField):
    """Text, as the database has it; whoever has left is read as a `Former`, wherever the name is read."""

    def from_db_value(self, value: str | None, *_connection: Any) -> str | None:
        return Former.of(value[1:]) if value and value.startswith(MARK) else value

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Former):
            return f"{MARK}{value.organisation}"[: self.max_length]
        return super().get_prep_value(value)

    def deconstruct(self) -> tuple[str, str, list, dict]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
