"""Lists narrowed in the address: values of one facet are "or", facets are "and", and each value shows its count.

A facet's counts ignore its own chosen values, so that a second value can be added to the first.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from partnerships.text.folding import collation_key, normal

PER_PAGE = 24
LONGEST_TEXT = 200


@dataclass(frozen=True)
class Value:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    values: list[Value]

    @property
    def chosen(self) -> list[Value]:
        return [value for value in self.values if value.selected]


def no_condition() -> Q:
    return Q()


@dataclass(frozen=True)
class Rule:
    """How one parameter narrows the rows; `only` is about the row that `lookup` reaches, say a current membership."""

    name: str
    label: str
    lookup: str
    options: Callable[[], Iterable[tuple[str, str]]]
    only: Callable[[], Q] = no_condition

    def narrow(self, rows: QuerySet, values: list[str]) -> QuerySet:
        if not values:
            return rows
        matching = rows.model.objects.filter(self.only(), **{f"{self.lookup}__in": values})
        return rows.filter(pk__in=matching.order_by().values("pk"))

    def counts(self, rows: QuerySet) -> dict[str, int]:
        inside = rows.model.objects.filter(self.only(), pk__in=rows.order_by().values("pk")).order_by()
        return dict(inside.values_list(self.lookup).annotate(Count("pk", distinct=True)))


@dataclass(frozen=True)
class Listing:
    page: Page
    text: str
    facets: list[Facet] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @property
    def chosen(self) -> int:
        return sum(len(facet.chosen) for facet in self.facets) + bool(self.text)


def text_in(parameters: QueryDict) -> str:
    """What was typed into the text filter, without what a database would refuse to compare."""
    return " ".join(normal(parameters.get("q", "")[:LONGEST_TEXT]).split())


def named_like(text: str, *other_names: str) -> Q:
    """The name in any Danish spelling, or another name; SQLite knows small and capital letters only in ASCII."""
    found = Q(sort_key__contains=collation_key(text))
    for name in other_names:
        for spelling in (text, text.capitalize()):
            found |= Q(**{f"{name}__icontains": spelling})
    return found


def narrowed(rows: QuerySet, rules: Iterable[Rule], parameters: QueryDict) -> Listing:
    """The page asked for, with its facets. `rows` are those that this viewer may see and the text filter has left."""
    rules = list(rules)
    options = {rule.name: list(rule.options()) for rule in rules}
    chosen = {rule.name: _known(parameters.getlist(rule.name), options[rule.name]) for rule in rules}
    facets = [_facet(rule, options[rule.name], chosen, _apply(rows, rules, chosen, leave_out=rule)) for rule in rules]
    page = Paginator(_apply(rows, rules, chosen), PER_PAGE).get_page(parameters.get("page"))
    return Listing(page, parameters.get("q", "")[:LONGEST_TEXT].strip(), facets)


def _known(values: list[str], options: list[tuple[str, str]]) -> list[str]:
    known = {value for value, _ in options}
    return [value for value in dict.fromkeys(values) if value in known]


def _apply(rows: QuerySet, rules: list[Rule], chosen: dict[str, list[str]], leave_out: Rule | None = None) -> QuerySet:
    for rule in rules:
        if rule is not leave_out:
            rows = rule.narrow(rows, chosen[rule.name])
    return rows


def _facet(rule: Rule, options: list[tuple[str, str]], chosen: dict[str, list[str]], rows: QuerySet) -> Facet:
    counts = rule.counts(rows)
    values = [Value(value, label, counts.get(value, 0), value in chosen[rule.name]) for value, label in options]
    return Facet(rule.name, rule.label, values)
