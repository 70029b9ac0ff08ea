"""Where templates of other apps meet search: what stands near a thing, and who knows. Each is asked once a page."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.template.context import Context
from django.utils.translation import get_language

from search import audience
from search.query import Expert
from search.similar import Company, company_of
from search.who_knows import who_knows_of

register = template.Library()


@register.simple_tag(takes_context=True)
def near(context: Context, thing: Model, topics: Iterable[Model] = (), experts: bool = False) -> Company:
    """Similar things, and with `experts=True` also who knows about them."""
    viewer = audience.viewer(context["request"].user)
    return company_of(thing, viewer, get_language() or "da", topics=topics, with_experts=experts)


@register.simple_tag(takes_context=True)
def known_by(context: Context, **about: Any) -> tuple[Expert, ...]:
    """Who knows about a topic or a goal: `topic=topic`."""
    viewer = audience.viewer(context["request"].user)
    return who_knows_of(viewer, get_language() or "da", **{name: thing.slug for name, thing in about.items()})
