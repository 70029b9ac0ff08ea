"""Error pages, and the few addresses that belong to no domain."""

import re
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.models import Municipality
from cms.selectors import address, standard_page


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Missing, closed and not agreed to look the same. The search is filled with the last word of the address."""
    return render(request, "404.html", {"word": _word_of(request.path)}, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    return render(
        request=None, template_name="500.html", context={"english": request.path.startswith("/en/")}, status=500
    )


def _word_of(path: str) -> str:
    words = re.findall(r"[^\W\d_]{3,}", unquote(path, errors="ignore"))
    return words[-1][:40] if words else ""


@never_cache
def to_login(request: HttpRequest) -> HttpResponseRedirect:
    """Wagtail's and Django's own login pages lead to the one way in, and keep where one was going."""
    target = request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    query = f"?{urlencode({'next': target})}" if target and own else ""
    return redirect(f"{reverse('account_login')}{query}")


def to_logout(request: HttpRequest) -> HttpResponseRedirect:
    return redirect("account_logout")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """The demo asks robots to stay away."""
    rules = ["User-agent: *"]
    rules += ["Disallow: /"] if settings.DEMO else ["Disallow: /admin/", f"Sitemap: {settings.SITE_URL}/sitemap.xml"]
    return HttpResponse("\n".join(rules) + "\n", content_type="text/plain")


@require_safe
def favicon(request: HttpRequest) -> HttpResponseRedirect:
    """For those who ask at the root without reading the page."""
    return HttpResponseRedirect(static("portal/img/maerke.svg"))


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponsePermanentRedirect | HttpResponseRedirect:
    """The statement in the state's own tool; until its address is set, the site's page about it."""
    url = Municipality.here().accessibility_url
    page = None if url else standard_page("accessibility", "da")
    return redirect(url or (address(page, "da") if page else "/"))
