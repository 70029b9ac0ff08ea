"""Who points at a person or an organisation: the registry that merging, handing over and leaving go through.

Each app registers its own foreign keys, one-to-ones and many-to-manys (by their through model) when it is ready, so that
this app need not know those to its left:

    references.register(PersonLink, "person", leaving=Leaving.TASK)
    references.register(Follow, "organisation", carry=references.without_doubles)      # the default
    references.register(Membership, "organisation", carry=as_one_belonging)            # where doubles need thought

Then:

    references.pointing_at(Profile, Leaving.TASK)       what somebody else can take on when this person leaves
    reference.rows(profile)                             its rows, as a queryset
    references.carry_over(old, new)                     everything that points at the old one now points at the new one

What names an organisation or a person otherwise, in the text of an address or in JSON, is carried by a function of its
app: `references.also(Organisation, function)`; it gets the old and the new one. A key that nobody registered fails
tests/partnerships/test_references.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet


class Leaving(Enum):
    """What becomes of a row when the person it points at leaves."""

    TASK = "somebody else can take it on: a seat, a page's contact"
    RECORD = "they did it, and it stays done by them: a decision, a post, history"
    ENDS = "it ends with them, and that it was stays: belonging to an organisation, an application of their own"
    OWN = "it is about them alone and goes with them: a consent, a topic, what they follow"


@dataclass(frozen=True)
class Reference:
    model: type[Model]
    field: str
    carry: Callable[["Reference", Model, Model], None]
    leaving: Leaving

    @property
    def to(self) -> type[Model]:
        return self.model._meta.get_field(self.field).related_model

    def rows(self, thing: Model) -> QuerySet:
        return self.model._base_manager.filter(**{self.field: thing}).order_by("pk")


Carried = Callable[[Model, Model], None]
_registered: dict[tuple[str, str], Reference] = {}
_also: dict[type[Model], list[Carried]] = {}


def without_doubles(reference: Reference, old: Model, new: Model) -> None:
    """Row by row. What the new one has already stays with it, and its double goes."""
    for row in reference.rows(old):
        setattr(row, reference.field, new)
        try:
            with transaction.atomic():
                row.save(update_fields=[reference.field])
        except IntegrityError:
            row.delete()


def all_at_once(reference: Reference, old: Model, new: Model) -> None:
    """For many rows of which none can be a double."""
    reference.rows(old).update(**{reference.field: new})


def register(
    model: type[Model],
    field: str,
    *,
    carry: Callable[[Reference, Model, Model], None] = without_doubles,
    leaving: Leaving = Leaving.RECORD,
) -> None:
    _registered[(model._meta.label, field)] = Reference(model, field, carry, leaving)


def also(model: type[Model], carried: Carried) -> None:
    known = _also.setdefault(model, [])
    if carried not in known:
        known.append(carried)


def pointing_at(model: type[Model], leaving: Leaving | None = None) -> list[Reference]:
    """In the order in which they were registered."""
    return [one for one in _registered.values() if one.to is model and leaving in (None, one.leaving)]


def carry_over(old: Model, new: Model) -> None:
    """In one transaction with what the caller does; afterwards nothing points at the old one."""
    with transaction.atomic():
        for reference in pointing_at(type(old)):
            reference.carry(reference, old, new)
        for carried in _also.get(type(old), []):
            carried(old, new)
