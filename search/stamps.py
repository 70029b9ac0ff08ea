"""Whether the editors' tables are still what this process has read: asked once a search, for all tables in one query."""

from collections.abc import Mapping
from functools import cache

from django.db.models import Aggregate, CharField, Count, Max, Model, QuerySet, Sum, Value
from django.db.models.functions import Cast

from partnerships.prepared import Prepared
from search.models import Promotion, Synonym, WordRule

Stamp = tuple
UNTOUCHED: Stamp = (None, None, 0)
TOLD_BY: dict[type[Model], Aggregate] = {Synonym: Max("changed"), Promotion: Max("changed"), WordRule: Sum("mark")}


def stamps() -> Mapping[type[Model], Stamp]:
    """Another after every change of that table."""
    found = {name: tuple(stamp) for name, *stamp in _prepared().rows({})}
    return {model: found.get(model.__name__, UNTOUCHED) for model in TOLD_BY}


@cache
def _prepared() -> Prepared:
    first, *others = map(_of, TOLD_BY)
    return Prepared.of(first.union(*others, all=True))


def _of(model: type[Model]) -> QuerySet:
    named = model.objects.order_by().annotate(of=Value(model.__name__, CharField())).values("of")
    told = named.annotate(at=Cast(TOLD_BY[model], CharField()), last=Max("pk"), rows=Count("pk"))
    return told.values_list("of", "at", "last", "rows")
