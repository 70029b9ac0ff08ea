"""Searches as a test asks them."""

from django.contrib.auth.models import AnonymousUser

from search import audience
from search.finding import find
from search.query import Query


def ask(text="", *, user=None, language="da", **filters):
    plain = {name: filters.pop(name) for name in ("sort", "page", "since", "until", "exact") if name in filters}
    chosen = {
        name: tuple(values) if isinstance(values, list | tuple) else (values,) for name, values in filters.items()
    }
    query = Query(text=text, language=language, filters=chosen, **plain)
    return find(query, audience.viewer(user or AnonymousUser()))


def titles(results):
    return [hit.name for hit in results.hits]


def counts(results, name):
    return next({value.value: value.count for value in facet.values} for facet in results.facets if facet.name == name)
