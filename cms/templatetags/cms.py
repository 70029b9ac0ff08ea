"""Where templates of other apps meet what is shared: one selector call a page, and the card of a page."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from cms import selectors
from cms.models import SharedPage, StatusStep

register = template.Library()


@register.simple_tag
def shared_pages(limit: int = 12, **about: Any) -> list[SharedPage]:
    """Visible pages about a topic, goal, organisation, person or partnership, newest first."""
    return list(selectors.for_cards(selectors.shared_pages(**about))[:limit])


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


def _story(page: SharedPage) -> SharedPage:
    """The case story's own fields, of a page that was fetched as what all kinds have in common."""
    return getattr(page, "casestorypage", page) if type(page) is SharedPage else page


@register.filter
def status_label(page: SharedPage) -> str:
    """The last step of a case's status series in words; nothing for other kinds."""
    code = status_code(page)
    return str(StatusStep.Code(code).label) if code else ""


@register.filter
def status_code(page: SharedPage) -> str:
    return getattr(_story(page), "status", "")


@register.filter
def years(page: SharedPage) -> str:
    story = _story(page)
    start, end = getattr(story, "year_start", None), getattr(story, "year_end", None)
    if start and end and start != end:
        return f"{start}-{end}"
    if start and not end and getattr(story, "status", "") == StatusStep.Code.RUNNING:
        return _("since %(year)s") % {"year": start}
    return str(start or end or "")
