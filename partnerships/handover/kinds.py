"""The kinds of things that stand to be handed over. Each app adds its own when it is ready."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from partnerships.models import Profile


class Kind(Protocol):
    """`rows` are those this user may see, that are to be handed over, marked with `from_organisation` and `from_person`:
    whose queue they stand in, and whose they were. `give` carries one over, or refuses because it is another's by now."""

    name: str
    history: str
    """The key under which the thing has a history of its own, where it has."""
    label: str | Promise

    def rows(self, user: Model) -> QuerySet: ...

    def item(self, row: Model) -> "Item": ...

    def give(self, row: Model, successor: Profile, actor: Model) -> None: ...


@dataclass(frozen=True)
class Item:
    """One thing, as its new keeper reads of it. `what` says what they would be: its contact, the representative."""

    kind: Kind = field(repr=False)
    row: Model
    title: str
    what: str
    address: Callable[[], str]
    alike: tuple = ()
    """What is equal for two rows that are one thing, such as a page and its translation."""

    @property
    def url(self) -> str:
        return self.address()

    @property
    def key(self) -> str:
        return f"{self.kind.name}:{self.row.pk}"

    @property
    def from_person(self) -> int:
        return self.row.from_person


KINDS: list[Kind] = []


def register(*kinds: Kind) -> None:
    known = {kind.name for kind in KINDS}
    KINDS.extend(kind for kind in kinds if kind.name not in known)
