"""Where templates of other apps meet what is shared: one selector call a page, and the card of a page."""

from typing import Any

from django import template

from cms import selectors
from cms.models import SharedPage

register = template.Library()


@register.simple_tag
def shared_pages(limit: int = 12, **about: Any) -> list[SharedPage]:
    """Visible pages about a topic, goal, organisation, person or partnership, newest first."""
    return selectors.cards(selectors.shared_pages(**about)[:limit])


@register.simple_tag
def shared_lines(limit: int = 12, **about: Any) -> list[SharedPage]:
    """The same pages with only what a line of a list shows, in one query."""
    pages = selectors.shared_pages(**about).select_related("locale", "content_type").defer("body")
    return list(pages[:limit])


@register.filter
def page_address(page: SharedPage) -> str:
    return selectors.address(page, page.locale.language_code)


@register.inclusion_tag("cms/_card.html", takes_context=True)
def page_card(context: Any, page: SharedPage, lead: bool = False) -> dict[str, Any]:
    return {"page": page, "lead": lead, "request": context.get("request")}


@register.filter
def last_status(page: SharedPage) -> Any:
    """The last step of a case's status series, from what was fetched with the list."""
    steps = list(page.status_steps.all()) if hasattr(page, "status_steps") else []
    return steps[-1] if steps else None


@register.filter
def years(page: SharedPage) -> str:
    start, end = getattr(page, "year_start", None), getattr(page, "year_end", None)
    if start and end and start != end:
        return f"{start}-{end}"
    return str(start or end or "")
