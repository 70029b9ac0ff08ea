"""Rules for every request: what a browser may run and keep, that a change is whole or not at all, and is seen at once."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from portal.waiting_figure import count_anew

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}


class ContentSecurityPolicy(CSPMiddleware):
    """Strict everywhere; the editors' screens have a policy of their own, because Wagtail's widgets write inline scripts."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith("/admin/"):
            response._csp_update = settings.ADMIN_CONTENT_SECURITY_POLICY
            response._csp_replace = {"frame-ancestors": settings.ADMIN_MAY_BE_FRAMED_BY}
            # A preview has been through here once already, as the page it shows, which nothing may frame.
            response.headers.pop(HEADER, None)
        return super().process_response(request, response)


class NothingOfAPersonIsKept:
    """What was made for somebody signed in stays in no cache, so that after they log out nobody reads it by going back.

    Asked only where the session was read on the way, so that pictures and other files cost no query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.session.accessed and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class WhoActsIsCountedForAnew:
    """After the commit, so around the transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE_METHODS and request.user.is_authenticated:
            count_anew(request.user.pk)
        return response


class UnsafeRequestsInOneTransaction:
    """Wagtail publishes, moves and restricts outside a transaction; a change and its outbox rows must be one.

    An answer of 500 or above rolls back, for the error page hides the exception from this middleware.
    Reading requests get no transaction: on SQLite each would wait behind a writer.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        with transaction.atomic():
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response
