"""What one may not see does not exist, whichever page or document is asked for; and the look of the editors' screens."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.models import Page

from partnerships.models import Document


@hooks.register("on_serve_page", order=-1)
def closed_pages_do_not_exist(serve_page: Any) -> Any:
    """In place of Wagtail's own rule, which would lead to a sign-in or a password and so tell that something is there."""

    def serve(page: Page, request: HttpRequest, args: list, kwargs: dict) -> Any:
        restrictions = [] if getattr(page, "is_open", False) else page.get_view_restrictions()
        if any(not restriction.accept_request(request) for restriction in restrictions):
            raise Http404
        request.served_page = page
        return page.serve(request, *args, **kwargs)

    return serve


@hooks.register("before_serve_document", order=-1)
def closed_documents_do_not_exist(document: Document, request: HttpRequest) -> None:
    restrictions = document.collection.get_view_restrictions()
    if any(not restriction.accept_request(request) for restriction in restrictions):
        raise Http404


@hooks.register("insert_global_admin_css")
def the_portals_colours() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("portal/admin.css"))


@hooks.register("construct_help_menu")
def no_news_of_wagtail(request: HttpRequest, menu_items: list) -> None:
    """What is new in Wagtail is told to its administrators, in English and elsewhere."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
