"""Whether the editors' tables are still what this process has read: asked once a search, for both tables in one query."""

from collections.abc import Mapping

from django.db.models import Count, Max, Model, QuerySet, Value

from search.models import Promotion, Synonym

Stamp = tuple
UNTOUCHED: Stamp = (None, None, 0)


def stamps() -> Mapping[type[Model], Stamp]:
    """Another after every change of that table."""
    found = {name: tuple(stamp) for name, *stamp in _of(Synonym).union(_of(Promotion))}
    return {model: found.get(model.__name__, UNTOUCHED) for model in (Synonym, Promotion)}


def _of(model: type[Model]) -> QuerySet:
    named = model.objects.order_by().annotate(of=Value(model.__name__)).values("of")
    return named.annotate(at=Max("changed"), last=Max("pk"), rows=Count("pk")).values_list("of", "at", "last", "rows")
